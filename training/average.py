"""Averages checkpoints of one run after another, weight by weight (Wortsman et al. 2022, "Model soups").

    python3 training/average.py OUT FOLDER=SHARE FOLDER=SHARE ...

All have the same shape. OUT gets the vocabulary of the last one, which the others' must hold.
"""

import argparse
import shutil
from pathlib import Path

import numpy as np

from model import build, save
from tensors import read_safetensors
from vocabulary import Vocabulary

WORDS = "bert.embeddings.word_embeddings.weight"


def vocabulary_of(folder):
    kept = folder / "vocabulary.json"
    return Vocabulary.read(kept if kept.exists() else None)


def average(folders, shares):
    """Checkpoint folders and their shares, which make 1 -> {name: float32 array}"""
    if not np.isclose(sum(shares), 1):
        raise ValueError(f"the shares make {sum(shares)}; expected 1")
    wanted = vocabulary_of(folders[-1])
    total = {}
    for folder, share in zip(folders, shares):
        had = vocabulary_of(folder)
        weights = read_safetensors(folder / "model.safetensors")
        weights[WORDS] = weights[WORDS][[had.ids[token] for token in wanted.tokens]]
        for name, values in weights.items():
            total[name] = total.get(name, 0) + np.float32(share) * values.astype(np.float32)
    return total


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("parts", nargs="+", metavar="FOLDER=SHARE")
    arguments = parser.parse_args()
    parts = [part.rsplit("=", 1) for part in arguments.parts]
    folders, shares = [Path(folder) for folder, _ in parts], [float(share) for _, share in parts]
    weights = average(folders, shares)
    arguments.out.mkdir(parents=True, exist_ok=True)
    save(build(weights), arguments.out)
    if (folders[-1] / "vocabulary.json").exists():
        shutil.copyfile(folders[-1] / "vocabulary.json", arguments.out / "vocabulary.json")


if __name__ == "__main__":
    main()
