"""Pairs as the product frames them, `[CLS] query [SEP] passage [SEP]`, put together on the device.

All texts lie there as one run of token ids each, so a batch costs two gathers and no copies.
"""

import numpy as np
import torch
import torch.nn.functional as F

SPECIAL_TOKENS = 3
QUERY_TOKENS = 48
# Of a passage by itself, as an embedder reads it.
PASSAGE_TOKENS = 128
ROUND = 8
COMMON = 0.2
# How a passage is read: whole, without title and headings, without its first sentence.
WHOLE, BARE, CLOZE = range(3)


class Texts:
    """Rows of tokens on a device."""

    def __init__(self, tokens, ends, device):
        starts = np.concatenate([[0], ends[:-1]])
        # One token more, so that an empty row at the end has something to point at.
        padded = np.append(tokens.astype(np.int32), 0)
        self.tokens = torch.from_numpy(padded).to(device)
        self.starts = torch.from_numpy(starts.astype(np.int64)).to(device)
        self.lengths = torch.from_numpy((ends - starts).astype(np.int64)).to(device)

    def take(self, rows, places, skip=0):
        """rows [B], places [B, L] counted from each row's start (may lie outside) -> tokens [B, L]"""
        at = self.starts[rows][:, None] + skip + places
        return self.tokens[at.clamp(0, len(self.tokens) - 1)].long()


class Pairs:
    """
    The texts of a corpus, and batches of pairs of them.

    window: of a passage's own text so many tokens are read, those with the most different words of the
    query, as the engine cuts what a visitor's browser reads (src/engine/excerpt.ts); 0: all
    """

    def __init__(self, corpus, device, max_tokens, window=0):
        self.device = torch.device(device)
        self.passages = Texts(corpus.tokens, corpus.ends, self.device)
        self.queries = Texts(corpus.query_tokens, corpus.query_ends, self.device)
        move = lambda values: torch.from_numpy(values.astype(np.int64)).to(self.device)
        self.context, self.sentence = move(corpus.context), move(corpus.sentence)
        counts = np.bincount(corpus.tokens, minlength=len(corpus.vocabulary.tokens))
        # What every other passage has chooses no window.
        self.common = torch.from_numpy(counts > COMMON * corpus.passages).to(self.device)
        self.cls, self.sep = corpus.vocabulary.cls, corpus.vocabulary.sep
        self.max_tokens, self.window = max_tokens, window

    def parts(self, queries, passages, mode):
        """Tokens of each pair's query, of title and headings, of the text, and of these two what is left out in front."""
        query = self.queries.lengths[queries].clamp(max=QUERY_TOKENS)
        context = self.context[passages]
        text = self.passages.lengths[passages] - context
        # A passage that is all headings keeps them, one that is a sentence keeps it.
        no_context = context * ((mode == BARE) & (text > 0))
        sentence = self.sentence[passages]
        no_sentence = sentence * ((mode == CLOZE) & (text > sentence))
        return query, context - no_context, text - no_sentence, no_context, no_sentence

    def lengths(self, queries, passages, mode):
        query, context, text, _, _ = self.parts(queries, passages, mode)
        text = text.clamp(max=self.window) if self.window else text
        return (query + context + text + SPECIAL_TOKENS).clamp(max=self.max_tokens)

    def frame(self, queries, passages, mode):
        """queries, passages, mode int64 [B] -> ids, types int64 [B, L], mask bool [B, L]"""
        query, context, text, no_context, no_sentence = self.parts(queries, passages, mode)
        skip = no_sentence
        if self.window and int(text.max()) > self.window:
            skip = skip + self.window_start(queries, passages, no_context + context + skip, text)
        query, context, no_context, skip = (part[:, None] for part in (query, context, no_context, skip))
        length = self.lengths(queries, passages, mode)[:, None]
        widest = int(length.max())
        widest += -widest % ROUND
        place = torch.arange(widest, device=self.device)[None]
        in_query = self.queries.take(queries, place - 1)
        at = place - query - 2
        in_passage = self.passages.take(passages, at + torch.where(at < context, 0, skip), no_context)
        ids = torch.where(place <= query, in_query, in_passage)
        ids = torch.where(place == 0, self.cls, ids)
        ids = torch.where((place == query + 1) | (place == length - 1), self.sep, ids)
        mask = place < length
        types = ((place > query + 1) & mask).long()
        return ids * mask, types, mask

    def window_start(self, queries, passages, before, text):
        """Where the window with the most different words of the query begins [B], a little before the first of them."""
        places = torch.arange(int(text.max()), device=self.device)[None]
        read = self.passages.take(passages, places, before[:, None])
        read = read.masked_fill(places >= text[:, None], -1)
        asked = torch.arange(QUERY_TOKENS, device=self.device)[None]
        words = self.queries.take(queries, asked)
        wanted = (asked < self.queries.lengths[queries][:, None]) & ~self.common[words]
        same = (words[:, :, None] == read[:, None]) & wanted[:, :, None]
        # Different words at a place or within so many behind it, where one of them stands there.
        length, reach = places.shape[1], max(1, int(self.window * 0.8))
        before_it = F.pad(same.int().cumsum(2), (1, 0))
        behind = (places[0] + reach).clamp(max=length)
        different = ((before_it[:, :, behind] - before_it[:, :, :length]) > 0).sum(1) * same.any(1)
        # The first of the best.
        best = (different * length - places).argmax(1)
        start = (best - (self.window - reach)).clamp(min=0)
        return torch.minimum(start, (text - self.window).clamp(min=0))

    def single(self, texts, rows, most):
        """One text a row, `[CLS] text [SEP]` -> ids int64 [B, L], mask bool [B, L]"""
        length = (texts.lengths[rows] + 2).clamp(max=most)[:, None]
        widest = int(length.max())
        widest += -widest % ROUND
        place = torch.arange(widest, device=self.device)[None]
        ids = texts.take(rows, place - 1)
        ids = torch.where(place == 0, self.cls, ids)
        ids = torch.where(place == length - 1, self.sep, ids)
        return ids * (place < length), place < length


def score(model, pairs, queries, passages, mode=None, chunk=256):
    """Logits [B] of pairs, which are run in chunks of about the same length, so that little is padded."""
    mode = torch.zeros_like(queries) if mode is None else mode
    order = pairs.lengths(queries, passages, mode).argsort(descending=True)
    logits = [
        model(*pairs.frame(queries[part], passages[part], mode[part])).float() for part in order.split(chunk)
    ]
    return torch.cat(logits)[order.argsort()]
