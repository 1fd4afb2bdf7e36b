"""nDCG@10 on the development data: the first look, the model alone, and the two blended as the product does.

    python3 training/evaluate.py FOLDER [--queries N]     a checkpoint folder: model.safetensors (and vocabulary)
    python3 training/evaluate.py --logits NAME            logits that training/prepare wrote (the shipped int8)
    python3 training/evaluate.py --teacher bge-small      what a teacher would be worth in a model's place

The blend is the product's, with `odds` 1: (1 - w) x first look + w x sigmoid(scale x logit + offset) over the first
30 candidates, those of exactly the query's words on top (src/engine/rerank/blend.ts). "shuffled" is the best
blend where the model reads another query beside each list: a gain that stays then is no match, but a
prior over passages.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from corpus import DEVELOPMENT, Corpus, development_collection, read_collection
from model import half_precision, load
from pairs import Pairs, score
from teach import TEACHERS, cosines
from vocabulary import Vocabulary

READ = 30
WEIGHTS = np.round(np.arange(0, 1.01, 0.05), 2)
MAX_TOKENS = 160
# Of a passage the engine reads so many characters.
WINDOW = 240


class Development:
    """A development collection: lists, documents and labels."""

    def __init__(self, name, vocabulary=None, queries=None):
        folder = development_collection(name)
        self.name = name
        self.corpus = Corpus([folder], vocabulary)
        stored = read_collection(folder)
        ends = stored["relevant.ends"]
        self.labels = [
            dict(zip(stored["relevant.document"][start:end].tolist(), stored["relevant.grade"][start:end].tolist()))
            for start, end in zip(np.concatenate([[0], ends[:-1]]), ends)
        ]
        every = np.arange(self.corpus.queries)
        # Evenly apart, so that a quick look is at all sorts of queries.
        self.rows = every if queries is None else np.unique(np.linspace(0, len(every) - 1, queries).astype(int))

    def logits(self, model, device, chunk=256, shuffled=False):
        """[rows, READ] of a model; NaN behind the last candidate. shuffled: another query reads each list."""
        pairs = Pairs(self.corpus, device, MAX_TOKENS, WINDOW)
        asked = np.random.default_rng(0).permutation(self.rows) if shuffled else self.rows
        lists = self.corpus.lists[self.rows, :READ]
        where = np.argwhere(lists >= 0)
        queries = torch.from_numpy(asked[where[:, 0]]).to(device)
        passages = torch.from_numpy(lists[lists >= 0]).to(device)
        with torch.no_grad(), half_precision(device):
            found = score(model, pairs, queries, passages, chunk=chunk).cpu().numpy()
        logits = np.full(lists.shape, np.nan, np.float32)
        logits[lists >= 0] = found
        return logits

    def ndcg(self, scores):
        """scores [rows, READ] -> nDCG@10 of each query; equal scores keep the first look's order."""
        return np.array([self.ndcg_of(row, scores[at]) for at, row in enumerate(self.rows)])

    def ndcg_of(self, row, scores):
        corpus = self.corpus
        lists = corpus.lists[row]
        count = int((lists >= 0).sum())
        read = min(READ, count)
        exact = corpus.exact[row, :read]
        order = np.lexsort((np.arange(read), -scores[:read], -exact.astype(int)))
        return self.ndcg_of_ranking(row, np.concatenate([lists[:read][order], lists[read:count]]))

    def ndcg_of_ranking(self, row, ranked):
        """nDCG@10 of passages in an order; a document ranks by its best one."""
        labels = self.labels[row]
        documents = dict.fromkeys(self.corpus.document[ranked].tolist())
        grades = [labels.get(document, 0) for document in documents][:10]
        return gain(grades) / gain(sorted(labels.values(), reverse=True)[:10])

    def relevance(self, least=1):
        """[rows, READ]: whether each candidate's document is relevant, with at least this grade."""
        documents = self.corpus.document[self.corpus.lists[self.rows, :READ]]
        return np.array([[self.labels[row].get(d, 0) >= least for d in line] for row, line in zip(self.rows, documents)])


def gain(grades):
    return sum(grade / np.log2(at + 2) for at, grade in enumerate(grades))


def calibrate(logits, relevant, steps=50):
    """Logistic regression (Newton) of relevance on logits -> scale, offset"""
    kept = ~np.isnan(logits)
    x, y = np.stack([logits[kept], np.ones(kept.sum())], 1).astype(np.float64), relevant[kept].astype(np.float64)
    parameters = np.zeros(2)
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(x @ parameters)))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 1e-6 * np.eye(2)
        step = np.linalg.solve(hessian, x.T @ (y - p))
        parameters += step
        if np.abs(step).max() < 1e-9:
            break
    return parameters


def probability(logits, scale, offset, odds=1):
    """What the blend counts of each logit, `odds` times its odds; 0 behind the last candidate."""
    return np.nan_to_num(1 / (1 + np.exp(-(scale * logits + offset + np.log(odds)))))


def stored_logits(name):
    """[queries, READ] as `run.mjs score` wrote them, of the first queries at least."""
    return np.fromfile(development_collection(name) / "logits.f32", "<f4").reshape(-1, READ)


def figures(development, logits, shuffled=None):
    """What a model's logits are worth on a collection; `shuffled`: its logits of other queries."""
    first = development.corpus.first[development.rows, :READ]
    scale, offset = calibrate(logits, development.relevance())
    counted = lambda values: probability(values, scale, offset)
    blended = lambda values: [development.ndcg((1 - w) * first + w * counted(values)).mean() for w in WEIGHTS]
    curve = blended(logits)
    at = int(np.argmax(curve))
    result = {
        "queries": len(development.rows),
        "first": round(float(curve[0]), 4),
        "alone": round(float(development.ndcg(np.nan_to_num(logits, nan=-1e9)).mean()), 4),
        "blended": round(float(curve[at]), 4),
        "weight": float(WEIGHTS[at]),
        "calibration": [round(float(scale), 4), round(float(offset), 4)],
        "curve": [round(float(value), 4) for value in curve],
    }
    if shuffled is not None:
        result["shuffled"] = round(float(max(blended(shuffled))), 4)
    return result


def prepared():
    """The development collections that are there."""
    return [name for name in DEVELOPMENT if (development_collection(name) / "meta.json").exists()]


def of_teacher(name, teacher, device):
    """Figures of an embedder's cosines, where a model's logits would be."""
    development = Development(name)
    corpus, lists = development.corpus, development.corpus.lists
    corpus.lists = np.where(np.arange(lists.shape[1]) < READ, lists, -1)
    scores = cosines(corpus, teacher, device, 32)[:, :READ]
    corpus.lists, there = lists, lists[:, :READ] >= 0
    # Cosines lie close together; a logistic fit wants numbers of about 1.
    spread = (scores - scores[there].mean()) / scores[there].std()
    return figures(development, np.where(there, spread, np.nan))


def evaluate(model, vocabulary, device, queries=None, chunk=256, shuffle=False):
    """{collection: figures} of a model in training; `queries` of each collection at most."""
    was_training = model.training
    model.eval()
    results = {}
    for name in prepared():
        development = Development(name, vocabulary, queries)
        logits = development.logits(model, device, chunk)
        shuffled = development.logits(model, device, chunk, shuffled=True) if shuffle else None
        results[name] = figures(development, logits, shuffled)
    model.train(was_training)
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--logits")
    parser.add_argument("--teacher", choices=TEACHERS)
    parser.add_argument("--queries", type=int)
    parser.add_argument("--shuffle", action="store_true", help="also with the queries shuffled")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    arguments = parser.parse_args()
    if arguments.logits:
        development = Development(arguments.logits)
        stored = stored_logits(arguments.logits)
        development.rows = np.arange(len(stored))
        results = {arguments.logits: figures(development, stored)}
    elif arguments.teacher:
        results = {name: of_teacher(name, arguments.teacher, arguments.device) for name in prepared()}
    else:
        kept = arguments.folder / "vocabulary.json"
        vocabulary = Vocabulary.read(kept if kept.exists() else None)
        model = load(arguments.folder).to(arguments.device)
        results = evaluate(model, vocabulary, arguments.device, arguments.queries, shuffle=arguments.shuffle)
    for name, result in results.items():
        print(json.dumps({"collection": name, **result}))


if __name__ == "__main__":
    main()
