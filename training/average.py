"""Averages checkpoints of one run after another, weight by weight (Wortsman et al. 2022, "Model soups").

    python3 training/average.py OUT FOLDER=SHARE FOLDER=SHARE ... [--like FOLDER]

All have the same shape, but for wider feed-forwards: of those the neurons are kept that weigh most in `--like`, from which
a training that was narrower began. OUT gets the vocabulary of the last one, which the others' must hold.
"""

import argparse
import shutil
from pathlib import Path

import numpy as np

from model import build, save, shrink, width
from tensors import read_safetensors
from vocabulary import Vocabulary

WORDS = "bert.embeddings.word_embeddings.weight"


def vocabulary_of(folder):
    kept = folder / "vocabulary.json"
    return Vocabulary.read(kept if kept.exists() else None)


def average(folders, shares, like=None):
    """Checkpoint folders, their shares, which make 1, and the folder that neurons are chosen by -> {name: float32 array}"""
    if not np.isclose(sum(shares), 1):
        raise ValueError(f"the shares make {sum(shares)}; expected 1")
    wanted = vocabulary_of(folders[-1])
    read = [read_safetensors(folder / "model.safetensors") for folder in folders]
    inner = min(width(weights) for weights in read)
    chosen = read_safetensors(like / "model.safetensors") if like else None
    total = {}
    for folder, share, weights in zip(folders, shares, read):
        had = vocabulary_of(folder)
        if width(weights) > inner:
            if not like:
                raise ValueError(f"{folder} is {width(weights)} wide, another one {inner}; say by what neurons are kept (--like)")
            weights = shrink(weights, inner=inner, like=chosen)
        weights[WORDS] = weights[WORDS][[had.ids[token] for token in wanted.tokens]]
        for name, values in weights.items():
            total[name] = total.get(name, 0) + np.float32(share) * values.astype(np.float32)
    return total


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("parts", nargs="+", metavar="FOLDER=SHARE")
    parser.add_argument("--like", type=Path, metavar="FOLDER", help="keep of wider ones the neurons that weigh most here")
    arguments = parser.parse_args()
    parts = [part.rsplit("=", 1) for part in arguments.parts]
    folders, shares = [Path(folder) for folder, _ in parts], [float(share) for _, share in parts]
    weights = average(folders, shares, arguments.like)
    arguments.out.mkdir(parents=True, exist_ok=True)
    save(build(weights), arguments.out)
    if (folders[-1] / "vocabulary.json").exists():
        shutil.copyfile(folders[-1] / "vocabulary.json", arguments.out / "vocabulary.json")


if __name__ == "__main__":
    main()
