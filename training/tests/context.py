"""What the tests share: the modules beside them, and a small corpus of made-up collections.

    python3 -m unittest discover training/tests
"""

import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))


def write_collection(folder, queries=12, passages=40, depth=8, seed=0, words=range(2000, 2200)):
    """A prepared collection at random; the query of number i leads to passage i."""
    random = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    lengths = random.integers(5, 30, passages)
    lists = np.stack([random.permutation(passages)[:depth] for _ in range(queries)])
    for query in range(queries):
        lists[query, random.integers(depth)] = query
    lists = np.array([list(dict.fromkeys(row)) + [0xFFFFFFFF] * (depth - len(set(row))) for row in lists.tolist()])
    asked = random.integers(2, 6, queries)
    asked_terms = random.integers(1, 4, queries)
    arrays = {
        "passages.places.u16": np.concatenate([np.maximum(0, np.arange(length) - 3) * 5 for length in lengths]).astype("<u2"),
        "passages.terms.u16": random.integers(0, 60, lengths.sum()).astype("<u2"),
        "passages.characters.u32": ((lengths - 3) * 5).astype("<u4"),
        "queries.terms.u16": random.integers(1, 60, asked_terms.sum()).astype("<u2"),
        "queries.termEnds.u32": np.cumsum(asked_terms).astype("<u4"),
        "passages.tokens.u16": random.choice(list(words), lengths.sum()).astype("<u2"),
        "passages.ends.u32": np.cumsum(lengths).astype("<u4"),
        "passages.context.u16": np.full(passages, 3, "<u2"),
        "passages.section.u32": np.arange(passages, dtype="<u4"),
        "passages.document.u32": np.arange(passages, dtype="<u4"),
        "queries.tokens.u16": random.choice(list(words), asked.sum()).astype("<u2"),
        "queries.ends.u32": np.cumsum(asked).astype("<u4"),
        # Questions and links in turn.
        "queries.kind.u8": (np.arange(queries) % 2).astype("u1"),
        "relevant.document.u32": np.arange(queries, dtype="<u4"),
        "relevant.ends.u32": np.arange(1, queries + 1, dtype="<u4"),
        "relevant.grade.u8": np.full(queries, 2, "u1"),
        "lists.passage.u32": lists.astype("<u4").ravel(),
        "lists.first.f32": np.sort(random.random(lists.shape), 1)[:, ::-1].astype("<f4").ravel(),
        "lists.keyword.f32": random.random(lists.size).astype("<f4"),
        "lists.cosine.f32": random.random(lists.size).astype("<f4"),
        "lists.exact.u8": np.zeros(lists.size, "u1"),
    }
    for name, values in arrays.items():
        values.tofile(folder / name)
    meta = {"name": folder.name, "passages": passages, "queries": queries, "depth": depth}
    (folder / "meta.json").write_text(json.dumps(meta))
    return folder


def small_weights(layers=2, hidden=24, inner=32, vocabulary=30522, seed=0):
    """Random weights of a BERT, by name."""
    import torch

    from model import CrossEncoder, Shape, weights_of

    torch.manual_seed(seed)
    return weights_of(CrossEncoder(Shape(vocabulary, layers, inner, hidden, 12, 512)))
