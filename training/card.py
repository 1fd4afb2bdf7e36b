"""Writes a model's card of what was measured (training/work/NAME/card.json) and of how it was trained.

    python3 training/card.py MODEL_DIR     once more, when `prepare/run.mjs score MODEL_DIR` has scored collections

Then it says what visitors get too: the int8 weights' figures, over passages as the engine cuts them.
"""

import argparse
import json
from pathlib import Path

from corpus import SITES, WORK, development_collection, training_collections
from evaluate import READ, Development, probability, stored_logits

WRITTEN = Path(__file__).parent / "written"
SOURCES = {
    "so-answers": ("Question titles and answers from Stack Overflow; question titles that link to Python's documentation", "CC BY-SA"),
    "mdn": ("MDN", "prose CC BY-SA 2.5, code samples since August 2010 CC0"),
    **{name: (f"Documentation, as Debian packages it: {site['title']}", site["licence"]) for name, site in SITES.items()},
}


def short(value, digits=3):
    """.792"""
    return f"{value:.{digits}f}".removeprefix("0")


def in_runtime(card, name, out):
    """The blend's nDCG@10 with the logits of `prepare/run.mjs score`, where it has scored all of a collection since."""
    logits = development_collection(name) / "logits.f32"
    if not logits.exists() or logits.stat().st_mtime < (out / "model.onnx").stat().st_mtime:
        return "not measured"
    development, stored = Development(name), stored_logits(name)
    if len(stored) < len(development.rows):
        return "not measured"
    counted = probability(stored, **card["calibration"], odds=card["odds"])
    first = development.corpus.first[:, :READ]
    return short(development.ndcg((1 - card["weight"]) * first + card["weight"] * counted).mean())


def write_card(card, out):
    """card: what ship.py measured"""
    collections = [folder.name for folder in training_collections()]
    learnt = [f"| {SOURCES[name][0]} | {SOURCES[name][1]} |" for name in collections if name in SOURCES]
    written = sum(len(path.read_text().splitlines()) for path in WRITTEN.glob("*.jsonl") if path.stem in collections)
    weight, odds, calibration, error = (card[key] for key in ("weight", "odds", "calibration", "int8_error"))
    quality = [
        f"| {name} | {short(curve['0.0'])} | {short(curve[str(weight)])} | {in_runtime(card, name, out)} | {short(curve['1.0'])} |"
        for name, curve in card["curves"].items()
    ]
    sign = "−" if calibration["offset"] < 0 else "+"
    text = f"""# {out.name}

A cross-encoder of this project: it reads a query and a passage together and gives one number; a higher one means that the passage answers better.

| | |
|---|---|
| Architecture | BERT, {card["layers"]} layers, {card["hidden"]} wide, {card["heads"]} heads, {card["inner"]} inner, mean pooling, one logit; {card["vocabulary"]:,} word pieces |
| Parameters | {card["parameters"]:,} |
| `model.onnx` | {card["int8_bytes"]:,} bytes: int8 weights, opset 17 (float16: {card["fp16_bytes"]:,}) |
| `tokenizer.json` | {card["tokenizer_bytes"]:,} bytes: bert-base-uncased WordPiece, cut to what documentation uses |
| Licence of the weights | Apache-2.0, like the base (all-MiniLM-L6-v2) |

Made by `training/ship.py` of a checkpoint that `training/` trains; how, and what each choice gained, is in `training/README.md`.

## What it reads

`[CLS] query [SEP] passage [SEP]`, token types 0 up to and with the first `[SEP]`, then 1. The query is cut to 48 tokens, the pair to 160; the passage gives way. A passage is `title › heading › heading. text`; of a longer text those {card["window"]} characters with the most different words of the query.

Inputs `input_ids`, `attention_mask`, `token_type_ids`: int64 `[batch, sequence]`. Output `logits`: float32 `[batch, 1]`. The score is the mean of all token vectors under the mask → `bert.pooler.dense` → tanh → `classifier`; the mean is the one difference to BertForSequenceClassification.

## What it learnt from

| Texts | Licence |
|---|---|
{chr(10).join(learnt)}
| {written:,} queries that a language model (Claude) wrote for passages of these, one by one: `training/written` | MIT |

What taught beside the labels, if anything did, `training/README.md` says. The texts are not part of the weights' files. Neither npm's documentation nor a query of tldr-npm or SciFact was trained on.

## How good

nDCG@10 over the first 30 candidates of the hybrid first look, on the development data that also chose the weight ({weight:.0%}) and the odds ({short(odds, 2)}); alone: float32:

| | first look | blended, float32 | blended, int8 in the visitors' runtime | alone |
|---|---|---|---|---|
{chr(10).join(quality)}

Probability: `sigmoid({calibration["scale"]} × logit {sign} {abs(calibration["offset"])})`, the mean of logistic fits on what was judged of the held-out documentation, where a grade of 2 or 3 of 3 means that a passage answers. In the blend the odds of that probability count {short(odds, 2)} times, so that only a sure yes lifts a passage far.

int8 against float32, {error["pairs"]} pairs that did not choose the outlier channels: {error["mean"]} on average, {error["max"]} at most.

## Limits

English; documentation of software, mostly. Trained on windows such as it reads. Scores compare passages of one query; between queries they compare only roughly.
"""
    (out / "README.md").write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path)
    out = parser.parse_args().model
    write_card(json.loads((WORK / out.name / "card.json").read_text()), out)


if __name__ == "__main__":
    main()
