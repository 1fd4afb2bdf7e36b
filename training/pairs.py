"""Pairs as the product frames them, `[CLS] query [SEP] passage [SEP]`, put together on the device.

All texts lie there as one run of token ids each, so a batch costs two gathers and no copies.
"""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

SPECIAL_TOKENS = 3
QUERY_TOKENS = 48
# Of a passage by itself, as an embedder reads it.
PASSAGE_TOKENS = 128
ROUND = 8
# So many pairs' windows are looked for at once.
WINDOWS = 4096
# The engine's: how much of a window its first word may lead, and how much text may stand before that word.
REACH, BEFORE = 0.8, 0.2
# How a passage is read: whole, without title and headings, without its first sentence.
WHOLE, BARE, CLOZE = range(3)


class Rows:
    """Rows of numbers on a device, one after another."""

    def __init__(self, values, ends, device):
        starts = np.concatenate([[0], ends[:-1]])
        # One number more, so that an empty row at the end has something to point at.
        padded = np.append(values.astype(np.int32), 0)
        self.values = torch.from_numpy(padded).to(device)
        self.starts = torch.from_numpy(starts.astype(np.int64)).to(device)
        self.lengths = torch.from_numpy((ends - starts).astype(np.int64)).to(device)

    def take(self, rows, places, skip=0):
        """rows [B], places [B, L] counted from each row's start (may lie outside) -> numbers [B, L]"""
        at = self.starts[rows][:, None] + skip + places
        return self.values[at.clamp(0, len(self.values) - 1)].long()


@dataclass
class Read:
    """What of each pair is read, in tokens: int64 [B] each."""

    query: torch.Tensor
    context: torch.Tensor  # of title and headings
    dropped: torch.Tensor  # in front of these
    skipped: torch.Tensor  # between these and the text
    text: torch.Tensor

    def length(self, most):
        return (self.query + self.context + self.text + SPECIAL_TOKENS).clamp(max=most)

    def of(self, part):
        return Read(*(values[part] for values in vars(self).values()))


class Pairs:
    """
    The texts of a corpus, and batches of pairs of them.

    window: of a passage's own text so many characters are read, those with the most different words of the
    query, as the engine cuts what a visitor's browser reads (src/engine/excerpt.ts); 0: all
    """

    def __init__(self, corpus, device, max_tokens, window=0):
        self.device = torch.device(device)
        self.passages = Rows(corpus.tokens, corpus.ends, self.device)
        self.queries = Rows(corpus.query_tokens, corpus.query_ends, self.device)
        move = lambda values: torch.from_numpy(values.astype(np.int64)).to(self.device)
        self.context, self.sentence, self.characters = move(corpus.context), move(corpus.sentence), move(corpus.characters)
        self.cls, self.sep = corpus.vocabulary.cls, corpus.vocabulary.sep
        self.max_tokens, self.window = max_tokens, window
        if window:
            self.places, self.terms = (Rows(each, corpus.ends, self.device) for each in (corpus.places, corpus.terms))
            self.asked = Rows(corpus.query_terms, corpus.query_term_ends, self.device)

    def read(self, queries, passages, mode):
        """queries, passages, mode int64 [B] -> Read"""
        query = self.queries.lengths[queries].clamp(max=QUERY_TOKENS)
        context = self.context[passages]
        text = self.passages.lengths[passages] - context
        # A passage that is all headings keeps them, one that is a sentence keeps it.
        dropped = context * ((mode == BARE) & (text > 0))
        sentence = self.sentence[passages]
        skipped = sentence * ((mode == CLOZE) & (text > sentence))
        read = Read(query, context - dropped, dropped, skipped, text - skipped)
        if not self.window or len(queries) == 0:
            return read
        every = torch.arange(len(queries), device=self.device)
        cuts = [self.windows(queries[part], passages[part], read.of(part)) for part in every.split(WINDOWS)]
        start, end = (torch.cat(each) for each in zip(*cuts))
        return Read(query, read.context, dropped, skipped + start, end - start)

    def frame(self, queries, passages, mode):
        """queries, passages, mode int64 [B] -> ids, types int64 [B, L], mask bool [B, L]"""
        return self.framed(queries, passages, self.read(queries, passages, mode))

    def framed(self, queries, passages, read):
        query, context, dropped, skipped = (part[:, None] for part in (read.query, read.context, read.dropped, read.skipped))
        length = read.length(self.max_tokens)[:, None]
        place = self.columns(length)
        in_query = self.queries.take(queries, place - 1)
        at = place - query - 2
        in_passage = self.passages.take(passages, at + torch.where(at < context, 0, skipped), dropped)
        ids = torch.where(place <= query, in_query, in_passage)
        ids = torch.where(place == 0, self.cls, ids)
        ids = torch.where((place == query + 1) | (place == length - 1), self.sep, ids)
        mask = place < length
        types = ((place > query + 1) & mask).long()
        return ids * mask, types, mask

    def single(self, texts, rows, most):
        """One text a row, `[CLS] text [SEP]` -> ids int64 [B, L], mask bool [B, L]"""
        length = (texts.lengths[rows] + 2).clamp(max=most)[:, None]
        place = self.columns(length)
        ids = torch.where(place == 0, self.cls, texts.take(rows, place - 1))
        ids = torch.where(place == length - 1, self.sep, ids)
        return ids * (place < length), place < length

    def columns(self, lengths):
        """The places of a batch whose rows have these lengths [1, L], L rounded up."""
        widest = int(lengths.max())
        return torch.arange(widest + -widest % ROUND, device=self.device)[None]

    def windows(self, queries, passages, read):
        """Of each text the tokens that are read: from the first [B] to before the last [B]."""
        before = (read.context + read.dropped + read.skipped)[:, None]
        # One more than the tokens: behind the last one the text ends.
        place = torch.arange(int(read.text.max()) + 1, device=self.device)[None]
        inside = place < read.text[:, None]
        at = self.places.take(passages, place, before)
        length = (self.characters[passages] - at[:, 0])[:, None]
        at = torch.where(inside, at - at[:, :1], length).contiguous()
        terms = self.terms.take(passages, place, before) * inside
        words = torch.arange(int(self.asked.lengths[queries].max()), device=self.device)[None]
        asked = self.asked.take(queries, words) * (words < self.asked.lengths[queries][:, None])
        same = (asked[:, :, None] == terms[:, None]) & (asked > 0)[:, :, None]
        # Different words within the reach of each place where one of them stands.
        until = F.pad(same.int().cumsum(2), (1, 0))
        reached = whole_words(at, at + int(self.window * REACH) + 1)[:, None].expand(-1, same.shape[1], -1)
        different = ((until.gather(2, reached) - until[:, :, :-1]) > 0).sum(1) * same.any(1)
        most, first = different.max(1, keepdim=True)
        # The first of the best.
        first = ((different == most) & (most > 0)).int().argmax(1, keepdim=True)
        lead = at.gather(1, first) - round(self.window * BEFORE)
        lead = torch.minimum(lead, length - self.window).clamp(min=0) * (most > 0)
        start = torch.where(lead > 0, torch.searchsorted(at, lead, right=True), 0)
        end = whole_words(at, at.gather(1, start) + self.window)
        fits = length <= self.window
        return torch.where(fits, 0, start)[:, 0], torch.where(fits, read.text[:, None], end)[:, 0]


def whole_words(at, until):
    """at [B, L]: where the words of the tokens begin, in order; until [B, N] -> how many tokens of whole words stand
    before those characters [B, N]"""
    last = (torch.searchsorted(at, until, right=True) - 1).clamp(min=0)
    return torch.searchsorted(at, at.gather(1, last))


def score(model, pairs, queries, passages, mode=None, chunk=256):
    """Logits [B] of pairs, which are run in chunks of about the same length, so that little is padded."""
    mode = torch.zeros_like(queries) if mode is None else mode
    read = pairs.read(queries, passages, mode)
    order = read.length(pairs.max_tokens).argsort(descending=True)
    logits = [
        model(*pairs.framed(queries[part], passages[part], read.of(part))).float() for part in order.split(chunk)
    ]
    return torch.cat(logits)[order.argsort()]
