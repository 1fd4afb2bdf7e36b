"""Pairs as the product frames them, `[CLS] query [SEP] passage [SEP]`, put together on the device.

All texts lie there as one run of token ids each, so a batch costs two gathers and no copies.
"""

import numpy as np
import torch

SPECIAL_TOKENS = 3
QUERY_TOKENS = 48
ROUND = 8


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
    """The texts of a corpus, and batches of pairs of them."""

    def __init__(self, corpus, device, max_tokens):
        self.device = torch.device(device)
        self.passages = Texts(corpus.tokens, corpus.ends, self.device)
        self.queries = Texts(corpus.query_tokens, corpus.query_ends, self.device)
        self.context = torch.from_numpy(corpus.context.astype(np.int64)).to(self.device)
        self.cls, self.sep = corpus.vocabulary.cls, corpus.vocabulary.sep
        self.max_tokens = max_tokens

    def lengths(self, queries, passages, bare):
        """Tokens of each pair [B], of its query [B], and where its passage begins [B]."""
        query = self.queries.lengths[queries].clamp(max=QUERY_TOKENS)
        skip = self.context[passages] * bare
        # A passage that is all headings keeps them.
        skip = torch.where(skip < self.passages.lengths[passages], skip, torch.zeros_like(skip))
        whole = query + self.passages.lengths[passages] - skip + SPECIAL_TOKENS
        return whole.clamp(max=self.max_tokens), query, skip

    def frame(self, queries, passages, bare):
        """queries, passages int64 [B], bare bool [B]: without title and headings
        -> ids, types int64 [B, L], mask bool [B, L]"""
        length, query, skip = (part[:, None] for part in self.lengths(queries, passages, bare))
        widest = int(length.max())
        widest += -widest % ROUND
        place = torch.arange(widest, device=self.device)[None]
        in_query = self.queries.take(queries, place - 1)
        in_passage = self.passages.take(passages, place - query - 2, skip)
        ids = torch.where(place <= query, in_query, in_passage)
        ids = torch.where(place == 0, self.cls, ids)
        ids = torch.where((place == query + 1) | (place == length - 1), self.sep, ids)
        mask = place < length
        types = ((place > query + 1) & mask).long()
        return ids * mask, types, mask

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


def score(model, pairs, queries, passages, bare=None, chunk=256):
    """Logits [B] of pairs, which are run in chunks of about the same length, so that little is padded."""
    bare = torch.zeros_like(queries, dtype=torch.bool) if bare is None else bare
    order = pairs.lengths(queries, passages, bare)[0].argsort(descending=True)
    logits = [
        model(*pairs.frame(queries[part], passages[part], bare[part])).float() for part in order.split(chunk)
    ]
    return torch.cat(logits)[order.argsort()]
