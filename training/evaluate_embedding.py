"""nDCG@10 of a model's second head: all passages of a development collection ranked by cosine.

    python3 training/evaluate_embedding.py FOLDER

For the trial of one model for both looks: compare with `vector` of `second-look eval`, and the same
checkpoint's reranking with one that was trained without `embedding`.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from corpus import DEVELOPMENT
from evaluate import Development
from model import load
from pairs import PASSAGE_TOKENS, Pairs
from vocabulary import Vocabulary

RANKED = 100


def vectors(model, pairs, texts, count, batch=128):
    """Unit vectors of all rows of Texts [count, H]"""
    order = texts.lengths[:count].argsort(descending=True)
    found = [model.embed(*pairs.single(texts, part, PASSAGE_TOKENS)) for part in order.split(batch)]
    return torch.cat(found)[order.argsort()]


def evaluate_embedding(model, development, device):
    pairs = Pairs(development.corpus, device, PASSAGE_TOKENS)
    with torch.no_grad():
        passages = vectors(model, pairs, pairs.passages, development.corpus.passages)
        queries = vectors(model, pairs, pairs.queries, development.corpus.queries)
        best = (queries @ passages.T).topk(min(RANKED, len(passages))).indices.cpu().numpy()
    return float(np.mean([development.ndcg_of_ranking(row, best[row]) for row in development.rows]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    arguments = parser.parse_args()
    kept = arguments.folder / "vocabulary.json"
    vocabulary = Vocabulary.read(kept if kept.exists() else None)
    model = load(arguments.folder).to(arguments.device).eval()
    for name in DEVELOPMENT:
        ndcg = evaluate_embedding(model, Development(name, vocabulary), arguments.device)
        print(json.dumps({"collection": name, "vector": round(ndcg, 4)}))


if __name__ == "__main__":
    main()
