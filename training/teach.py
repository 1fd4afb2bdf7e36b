"""Scores the candidates of every list with teachers, and mixes the teachers to one.

    python3 training/teach.py embed gte-small [--device cuda]     -> work/teachers/gte-small.f16
    python3 training/teach.py mix                                 -> work/teachers/mix.f16

Each file is float16 [Q, C], the lists of all training collections one after another.

The mixture's weights are those of a conditional logit: the share of the right candidate in the softmax
over its list, fitted on the training labels (questions and links; headings would only teach that words
match). So its logits have a scale that means something, and no development label is used.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from corpus import KINDS, WORK, Corpus, training_collections
from model import build, half_precision
from pairs import Rows
from tensors import read_safetensors
from vocabulary import Vocabulary

# "Represent this sentence for searching relevant passages: " as bge-small was trained with before a query.
BGE_PREFIX = "Represent this sentence for searching relevant passages: "
TEACHERS = {
    "gte-small": {"pooling": "mean", "prefix": ""},
    "bge-small": {"pooling": "cls", "prefix": BGE_PREFIX},
}
PASSAGE_TOKENS = 160
FITTED_ON = [KINDS.index("question"), KINDS.index("link")]


def teacher_file(name):
    return WORK / "teachers" / f"{name}.f16"


def read_scores(name, corpus):
    scores = np.fromfile(teacher_file(name), "<f2").astype(np.float32)
    if scores.size != corpus.queries * corpus.depth:
        raise ValueError(
            f"{teacher_file(name)} has {scores.size} scores, the lists have {corpus.queries} x {corpus.depth} "
            "candidates: the collections have changed since, so make it again"
        )
    return scores.reshape(corpus.queries, corpus.depth)


# ---------------------------------------------------------------- embedding


def embed(model, texts, rows, pooling, most, batch, ends=(101, 102)):
    """Rows -> float16 [rows, H] on the device, about equal lengths together; ends: ids of [CLS] and [SEP]."""
    vectors = torch.empty(len(rows), model.shape.hidden, dtype=torch.float16, device=texts.values.device)
    order = texts.lengths[rows].argsort(descending=True)
    for part in order.split(batch):
        ids, mask = framed(texts, rows[part], most, ends)
        with torch.no_grad(), half_precision(ids.device):
            vectors[part] = model.embed(ids, mask, pooling).half()
    return vectors


def framed(texts, rows, most, ends):
    """`[CLS] text [SEP]`"""
    cls, sep = ends
    length = (texts.lengths[rows] + 2).clamp(max=most)[:, None]
    place = torch.arange(int(length.max()), device=rows.device)[None]
    ids = texts.take(rows, place - 1)
    ids = torch.where(place == 0, cls, ids)
    ids = torch.where(place == length - 1, sep, ids)
    return ids * (place < length), place < length


def with_prefix(corpus, prefix):
    """The queries' tokens and ends with a prefix before each."""
    from wordpiece import WordPiece

    before = np.array(WordPiece(Vocabulary().ids).encode(prefix), np.int64)
    starts = np.concatenate([[0], corpus.query_ends[:-1]])
    tokens = np.insert(
        corpus.query_tokens.astype(np.int64),
        np.repeat(starts, len(before)),
        np.tile(before, len(starts)),
    )
    return tokens, corpus.query_ends + len(before) * np.arange(1, len(starts) + 1)


def cosines(corpus, name, device, batch):
    """Cosine of each query and each candidate of its list, float32 [Q, C]; -1 behind the last."""
    settings = TEACHERS[name]
    weights = WORK / "weights" / f"{name}.safetensors.xz"
    model = build(read_safetensors(weights)).to(device).eval()
    used = np.unique(corpus.lists[corpus.lists >= 0])
    place = np.zeros(corpus.passages, np.int64)
    place[used] = np.arange(len(used))
    rows = torch.from_numpy(used).to(device)
    passages = embed(
        model, Rows(corpus.tokens, corpus.ends, device), rows, settings["pooling"], PASSAGE_TOKENS, batch
    )
    every = torch.arange(corpus.queries, device=device)
    queries = embed(
        model, Rows(*with_prefix(corpus, settings["prefix"]), device), every, settings["pooling"], 80, batch
    )
    lists = torch.from_numpy(place[corpus.lists]).to(device)
    scores = torch.cat(
        [
            torch.einsum("qh,qch->qc", queries[part].float(), passages[lists[part]].float())
            for part in every.split(4096)
        ]
    )
    return np.where(corpus.lists >= 0, scores.cpu().numpy(), -1).astype(np.float32)


# ---------------------------------------------------------------- the mixture


def features(corpus, names):
    """What the mixture weighs, float32 [Q, C, F], and what each is."""
    there = corpus.lists >= 0
    lowest = lambda scores: np.where(np.isnan(scores), np.inf, scores).min(1, keepdims=True)
    filled = lambda scores: np.where(np.isnan(scores), np.minimum(lowest(scores), 1), scores)
    keyword = np.nan_to_num(corpus.keyword)
    columns = {
        "cosine": filled(corpus.cosine),
        "keyword": keyword / np.maximum(keyword.max(1, keepdims=True), 1e-6),
        **{name: read_scores(name, corpus) for name in names},
    }
    stacked = np.stack([np.where(there, values, 0) for values in columns.values()], 2)
    return stacked.astype(np.float32), list(columns)


def fit(stacked, corpus):
    """Conditional logit -> weights [F]"""
    there = corpus.lists >= 0
    right = (corpus.grades > 0) & there
    # The last place may have been given to a passage because it is right.
    right[:, -1] = False
    rows = np.flatnonzero(np.isin(corpus.kind, FITTED_ON) & right.any(1))
    values = torch.from_numpy(stacked[rows])
    right, there = torch.from_numpy(right[rows]), torch.from_numpy(there[rows])
    scale = values[there].std(0).clamp(min=1e-6)
    weights = torch.zeros(values.shape[2], requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=100, line_search_fn="strong_wolfe")

    def loss():
        optimizer.zero_grad()
        logits = (values / scale) @ weights
        logits = logits.masked_fill(~there, -1e4).log_softmax(1)
        result = -logits.masked_fill(~right, -1e4).logsumexp(1).mean() + 1e-3 * weights.square().sum()
        result.backward()
        return result

    optimizer.step(loss)
    return (weights.detach() / scale).numpy()


def mix(corpus):
    names = [name for name in TEACHERS if teacher_file(name).exists()]
    stacked, labels = features(corpus, names)
    weights = fit(stacked, corpus)
    logits = stacked @ weights
    there = corpus.lists >= 0
    # float16 has no room for what a softmax ignores anyway.
    best = np.where(there, logits, -np.inf).max(1, keepdims=True)
    logits = np.where(there, np.maximum(logits - best, -30), -30)
    return logits.astype(np.float16), dict(zip(labels, weights.round(3).tolist()))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("step", choices=("embed", "mix"))
    parser.add_argument("teacher", nargs="?", help=f"one of {', '.join(TEACHERS)}")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--batch", type=int, default=1024)
    arguments = parser.parse_args()
    corpus = Corpus(training_collections())
    (WORK / "teachers").mkdir(exist_ok=True)
    if arguments.step == "embed":
        scores = cosines(corpus, arguments.teacher, arguments.device, arguments.batch)
        scores.astype("<f2").tofile(teacher_file(arguments.teacher))
        print(json.dumps({"teacher": arguments.teacher, "lists": len(scores)}))
    else:
        logits, weights = mix(corpus)
        logits.astype("<f2").tofile(teacher_file("mix"))
        print(json.dumps({"mix": weights, "lists": len(logits)}))


if __name__ == "__main__":
    main()
