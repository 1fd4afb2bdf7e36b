"""Makes a model folder as models/ has them of a checkpoint, and checks it.

    python3 training/ship.py CHECKPOINT_DIR models/NAME [--collection tldr-npm] [--queries N]

    examples.json       pairs with their ids and their logits in float32 (torch), from the development data
    model.onnx          int8 for WASM;  model_fp16.onnx for WebGPU goes to training/work/NAME: no default loads it
    tokenizer.json      with the cut vocabulary
    second-look.json    weight, odds and calibration, chosen on the development data
    README.md           the card, of measured figures: training/work/NAME/card.json has them all

Checked on pairs that did not choose the outlier channels: the int8 graph, run in numpy, against float32.
"""

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import torch

from card import write_card
from corpus import DEVELOPMENT, HELD_OUT, WORK, development_collection
from evaluate import MAX_TOKENS, READ, WEIGHTS, WINDOW, Development, calibrate, prepared, probability
from export_onnx import Checkpoint, build_graph, check_examples, export, read_config, run_graph
from model import describe, load, save
from pairs import Pairs
from tensors import read_safetensors
from vocabulary import TOKENIZER, Vocabulary

EXAMPLES, CHECKED = 6, 60
# How many times the odds of a probability may count in the blend.
ODDS = (1, 0.7, 0.5, 0.35, 0.25, 0.18, 0.12, 0.08)
# Of the held-out collections' lists so many candidates were judged one by one, and what grade means that one answers.
JUDGED, ANSWERS = 8, 2
# Where int8 strays further than this from float32, on average, something is wrong.
MOST_ERROR = 0.15


def example_pairs(model, vocabulary, name, count, seed):
    """Pairs of a development collection with ids and float32 logits."""
    development = Development(name, vocabulary)
    corpus = development.corpus
    pairs = Pairs(corpus, "cpu", MAX_TOKENS)
    folder = development_collection(name)
    texts = [json.loads(line)["text"] for line in (folder / "passages.jsonl").open()]
    queries = [json.loads(line)["text"] for line in (folder / "queries.jsonl").open()]
    random = np.random.default_rng(seed)
    examples = []
    for row in random.choice(corpus.queries, count, replace=False):
        passage = int(corpus.lists[row, random.integers(min(READ, (corpus.lists[row] >= 0).sum()))])
        at = [torch.tensor([number]) for number in (int(row), passage)]
        ids, types, mask = pairs.frame(*at, torch.zeros(1, dtype=torch.long))
        with torch.no_grad():
            logit = float(model(ids, types, mask)[0])
        kept = mask[0]
        examples.append(
            {
                "query": queries[row],
                "passage": texts[passage],
                "input_ids": ids[0][kept].tolist(),
                "token_type_ids": types[0][kept].tolist(),
                "logit": logit,
            }
        )
    return examples


def int8_errors(folder, examples, others):
    """How far the int8 graph's logits lie from float32's, on pairs that did not shape it."""
    config = read_config(folder / "config.json")
    read = lambda: Checkpoint(read_safetensors(folder / "model.safetensors"))
    peaks = check_examples(build_graph(config, read()), examples)
    graph = build_graph(config, read(), peaks)
    logits = [run_graph(graph, pair["input_ids"], pair["token_type_ids"])["logits"][0, 0] for pair in others]
    return np.abs(np.array(logits) - [pair["logit"] for pair in others])


def choose_blend(model, vocabulary, queries=None):
    """One weight, one calibration and one `odds` for all development collections.

    The calibration is the mean of logistic fits: the probability that a passage answers, which visitors see. In the
    blend its odds may count less, since the middle of the list then moves less. Chosen for the best mean gain on the
    held-out documentation among those that lose on no collection.
    """
    collections = [Development(name, vocabulary, queries) for name in prepared()]
    logits = [each.logits(model, "cpu") for each in collections]
    # Collections weigh alike, however many queries each has.
    judged = [(l, c) for l, c in zip(logits, collections) if c.name in HELD_OUT]
    scale, offset = np.mean([calibrate(l[:, :JUDGED], c.relevance(ANSWERS)[:, :JUDGED]) for l, c in judged], 0)
    found = []
    for odds in ODDS:
        curves = {}
        for values, collection in zip(logits, collections):
            first = collection.corpus.first[collection.rows, :READ]
            counted = probability(values, scale, offset, odds)
            curves[collection.name] = [float(collection.ndcg((1 - w) * first + w * counted).mean()) for w in WEIGHTS]
        gains = {name: np.array(curve) - curve[0] for name, curve in curves.items()}
        # It may lose on none; the held-out ones are what it is for.
        loses = np.min(list(gains.values()), 0) < 0
        safe = np.where(loses, -1, np.mean([gains[collection.name] for _, collection in judged], 0))
        at = int(np.argmax(safe))
        blend = {
            "weight": float(WEIGHTS[at]),
            "odds": odds,
            "calibration": {"scale": round(float(scale), 4), "offset": round(float(offset), 4)},
        }
        found.append((safe[at], blend, curves))
    return max(found, key=lambda each: each[0])[1:]


def ship(checkpoint, out, name, queries=None):
    vocabulary = Vocabulary.read(kept if (kept := checkpoint / "vocabulary.json").exists() else None)
    model = load(checkpoint).eval()
    work = WORK / out.name
    # What is exported are the float16 weights that travel; `load` has read them as float32.
    save(model, work)
    pairs = example_pairs(model, vocabulary, name, EXAMPLES + CHECKED, seed=1)
    examples, others = pairs[:EXAMPLES], pairs[EXAMPLES:]
    (work / "examples.json").write_text(json.dumps(examples, indent=1))
    vocabulary.write_tokenizer(work)
    shutil.copyfile(TOKENIZER.parent / "tokenizer_config.json", work / "tokenizer_config.json")
    errors = int8_errors(work, examples, others)
    if errors.mean() > MOST_ERROR:
        raise SystemExit(f"int8 strays {errors.mean():.3f} from float32 on average; expected at most {MOST_ERROR}")
    int8 = export(work, out, "int8")
    half = export(work, work, "fp16")
    blend, curves = choose_blend(model, vocabulary, queries)
    settings = {
        "languages": ["en"],
        **blend,
        "maxQueryTokens": 48,
        "maxTokens": MAX_TOKENS,
        "window": WINDOW,
        "headingJoint": " › ",
    }
    (out / "second-look.json").write_text(json.dumps(settings, indent=1, ensure_ascii=False) + "\n")
    card = {
        **describe(model),
        "int8_bytes": int8.stat().st_size,
        "fp16_bytes": half.stat().st_size,
        "tokenizer_bytes": (out / "tokenizer.json").stat().st_size,
        "int8_error": {"mean": round(float(errors.mean()), 4), "max": round(float(errors.max()), 4), "pairs": CHECKED},
        "curves": {name: dict(zip(map(str, WEIGHTS), np.round(curve, 4).tolist())) for name, curve in curves.items()},
        **settings,
    }
    (work / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n")
    return card


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--collection", default="tldr-npm", choices=DEVELOPMENT)
    parser.add_argument("--queries", type=int, help="of each collection, to choose the weight on; default all")
    arguments = parser.parse_args()
    card = ship(arguments.checkpoint, arguments.out, arguments.collection, arguments.queries)
    write_card(card, arguments.out)
    print(json.dumps(card))


if __name__ == "__main__":
    main()
