"""Gives lists that only words found (prepared with --no-vectors) what vectors find too.

    python3 training/mine.py [--vocabulary 16384] [--device cuda] [NAME...]

Embedding takes nearly all of the time of preparing a collection on a processor and seconds on a GPU. The
two rankings are fused by their ranks (Cormack et al., 2009), as near as can be had here to the product's
first look; each candidate gets its cosine. Rewrites the collections' lists.* in work/collections.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch

from corpus import NONE, WORK, Corpus, training_collections
from model import build
from pairs import Rows
from teach import PASSAGE_TOKENS, embed
from tensors import read_safetensors
from vocabulary import Vocabulary

QUERY_TOKENS = 80
EMBEDDER = "minilm"
# Of reciprocal rank fusion.
RANK_CONSTANT = 60


def needs_vectors(folder):
    return np.isnan(np.fromfile(folder / "lists.cosine.f32", "<f4")).all()


def vectors_of(corpus, model, device, batch):
    """-> float16 unit vectors of passages [P, H] and queries [Q, H]"""
    texts = Rows(corpus.tokens, corpus.ends, device), Rows(corpus.query_tokens, corpus.query_ends, device)
    rows = lambda count: torch.arange(count, device=device)
    ends = corpus.vocabulary.cls, corpus.vocabulary.sep
    counts = zip(texts, (corpus.passages, corpus.queries), (PASSAGE_TOKENS, QUERY_TOKENS))
    return [embed(model, part, rows(count), "mean", most, batch, ends) for part, count, most in counts]


def nearest(queries, passages, count):
    """The passages of highest cosine [Q, count]"""
    every = passages.float().T
    found = [(part.float() @ every).topk(count).indices for part in queries.split(1024)]
    return torch.cat(found).cpu().numpy()


def fused(words, vectors, right, depth):
    """One query's list: both rankings fused, and one of the right ones in the last place where both missed it."""
    scores = {}
    for ranking in (words, vectors):
        for rank, passage in enumerate(ranking):
            scores[passage] = scores.get(passage, 0) + 1 / (RANK_CONSTANT + rank + 1)
    ranked = sorted(scores, key=scores.get, reverse=True)[:depth]
    if len(right) and not set(right) & set(ranked):
        ranked = [*ranked[: depth - 1], right[0]]
    return ranked, [scores.get(passage, 0) for passage in ranked]


def mine(folder, model, vocabulary, device, batch=1024):
    corpus = Corpus([folder], vocabulary)
    depth = corpus.depth
    passages, queries = vectors_of(corpus, model, device, batch)
    close = nearest(queries, passages, min(depth, corpus.passages))
    lists = np.full((corpus.queries, depth), NONE, "<u4")
    first, keyword = np.zeros(lists.shape, "<f4"), np.full(lists.shape, np.nan, "<f4")
    for at, old in enumerate(corpus.lists):
        # Those that words did not find have no place in their ranking, though the list names a right one.
        found = ~np.isnan(corpus.keyword[at])
        right = old[(corpus.grades[at] > 0) & (old >= 0)].tolist()
        ranked, scores = fused(old[found].tolist(), close[at].tolist(), right, depth)
        lists[at, : len(ranked)], first[at, : len(ranked)] = ranked, scores
        known = dict(zip(old[found].tolist(), corpus.keyword[at][found].tolist()))
        keyword[at, : len(ranked)] = [known.get(passage, np.nan) for passage in ranked]
    there = torch.from_numpy(np.where(lists == NONE, 0, lists).astype(np.int64)).to(device)
    cosine = [torch.einsum("qh,qch->qc", queries[part].float(), passages[there[part]].float()) for part in torch.arange(len(lists)).split(2048)]
    cosine = np.where(lists == NONE, np.nan, torch.cat(cosine).cpu().numpy())
    columns = {"passage.u32": lists, "first.f32": first, "keyword.f32": keyword, "cosine.f32": cosine, "exact.u8": np.zeros(lists.shape, "u1")}
    for name, values in columns.items():
        values.astype({"u32": "<u4", "f32": "<f4", "u8": "u1"}[name.split(".")[1]]).tofile(Path(folder) / f"lists.{name}")
    return corpus


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--vocabulary", type=int, help="of the weights, cut by pack.py: work/vocabulary-N.json")
    parser.add_argument("names", nargs="*", help="default: every collection that has no cosines")
    arguments = parser.parse_args()
    size = arguments.vocabulary
    vocabulary = Vocabulary.read(WORK / f"vocabulary-{size}.json" if size else None)
    weights = WORK / "weights" / (f"{EMBEDDER}-{size}.safetensors.xz" if size else f"{EMBEDDER}.safetensors.xz")
    model = build(read_safetensors(weights)).to(arguments.device).eval()
    for folder in training_collections():
        if needs_vectors(folder) and folder.name in (arguments.names or [folder.name]):
            began = time.time()
            corpus = mine(folder, model, vocabulary, arguments.device)
            print(json.dumps({"collection": folder.name, "passages": corpus.passages, "queries": corpus.queries, "seconds": round(time.time() - began, 1)}), flush=True)


if __name__ == "__main__":
    main()
