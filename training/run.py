"""The whole recipe, step by step; a step whose result is there is passed over, and training goes on.

    python3 training/run.py --here [--minutes 60] [--scale 1]      on this machine's processor
    python3 training/run.py --here --stage NAME                     one stage, and a model of it
    python3 training/run.py --list                                  only says what there is to do

`--scale` multiplies how many queries are made of each collection. How to go about it on a GPU machine
is in training/gpu.md: its data is prepared here too.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from corpus import SITES, WORK

HERE = Path(__file__).parent
# Queries made of each collection beside those that were written for it, documents where it is a list of them, and
# whether vectors find candidates too: they take nearly all of the time, some 30 to 100 passages a second on two cores.
# `mine.py` adds them on a GPU.
QUERIES = {"python": 22000, "git": 5000, "django": 5000, "postgres": 4000, "sqlite": 3000}
COLLECTIONS = {
    "tldr-npm": (1, None, True),
    "scifact-dev": (1, None, True),
    "so-answers": (30000, 30000, False),
    "mdn": (12000, 30000, False),
    **{name: (QUERIES.get(name, 2000), None, site.get("held", False)) for name, site in SITES.items()},
}
THREADS = "2"
MODEL = "reranker-v1"
# What made it, one after another: stages, and means of runs before them, of each its share.
RUNS = ("cpu-labels", "cpu-written", "cpu-further", "mean", "cpu-windows", "mean-windows")
MEANS = {
    "mean": {"cpu-written": 0.65, "cpu-further": 0.35},
    "mean-windows": {"cpu-labels": 0.15, "cpu-written": 0.15, "cpu-windows": 0.7},
}


def steps(runs, minutes, scale):
    """-> (name, what it makes, the command, what it is made of)"""
    python = lambda script, *arguments: [sys.executable, str(HERE / script), *map(str, arguments)]
    node = lambda *arguments: ["node", str(HERE / "prepare" / "run.mjs"), *map(str, arguments)]
    settings = [json.loads((HERE / "stages" / f"{run}.json").read_text()) for run in runs if run not in MEANS]
    named = lambda *keys: sorted({each[key] for each in settings for key in keys if key in each})
    for weights in (WORK / name for name in named("init", "guide")):
        if weights.parent.name == "weights":
            yield "weights", weights, python("fetch.py", "weights", weights.name.split(".")[0]), ()
    collections = []
    for name, (queries, documents, vectors) in COLLECTIONS.items():
        if name in SITES:
            yield f"site {name}", WORK / "sites" / name, python("fetch.py", "sites", name), ()
        options = ["--queries", max(50, int(queries * scale))]
        options += ["--documents", max(200, int(documents * scale))] if documents else []
        options += [] if vectors else ["--no-vectors"]
        made = WORK / "collections" / name / "meta.json"
        collections.append(made)
        yield f"collection {name}", made, node("collection", name, *options, "--work", WORK), ()
    yield "teachers", WORK / "teachers" / "mix.f16", python("teach.py", "mix"), collections
    for name in named("vocabulary", "init_vocabulary"):
        yield name, WORK / name, python("vocabulary.py", Path(name).stem.split("-")[1]), ()
    for run in runs:
        if run in MEANS:
            made, shares = WORK / run / "model" / "config.json", MEANS[run].items()
            parts = [f"{WORK / part / 'model'}={share}" for part, share in shares]
            yield run, made, python("average.py", made.parent, *parts), [WORK / part / "done" for part, _ in shares]
        else:
            file, made = HERE / "stages" / f"{run}.json", WORK / run / "done"
            yield f"training {run}", made, python("train.py", file, made.parent, "--device", "cpu", "--minutes", minutes), ()
    last = WORK / runs[-1] / "model"
    yield "model", WORK / MODEL / "card.json", python("ship.py", last, WORK / "shipped" / MODEL), [last / "config.json"]


def is_fresh(result, inputs):
    """Whether a result is there and no older than what it is made of."""
    made = [path.stat().st_mtime for path in inputs if path.exists()]
    return result.exists() and max(made, default=0) <= result.stat().st_mtime


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--here", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--minutes", type=float, default=60, help="of each stage's training")
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--stage", help="a file of training/stages, in place of those that made the model")
    arguments = parser.parse_args()
    if not (arguments.here or arguments.list):
        parser.error("say --here or --list; training/gpu.md has the way over a GPU machine")
    WORK.mkdir(exist_ok=True)
    environment = {**os.environ, "OMP_NUM_THREADS": THREADS, "OMP_WAIT_POLICY": "passive"}
    runs = (arguments.stage,) if arguments.stage else RUNS
    for name, result, command, inputs in steps(runs, arguments.minutes, arguments.scale):
        state = "there" if is_fresh(result, inputs) else "to do"
        print(f"{time.strftime('%H:%M:%S')} {name}: {state}", flush=True)
        if arguments.list or state == "there":
            continue
        # What runs elsewhere on the machine goes first.
        subprocess.run(["nice", "-n", "19", *command], env=environment, check=True)


if __name__ == "__main__":
    main()
