"""Packs what a GPU run needs into few bytes, and unpacks it there.

    python3 training/pack.py pack OUT_DIR [--part 1/2] [--most MIB] [--weights FILE_OR_CHECKPOINT...] [--only-weights]
    python3 training/pack.py unpack DIR

A call to the GPU machine carries 64 MiB in all, the repository's own files (about 20 MiB) included. So
only passages that some list names travel, token ids as 16 bits, everything compressed; weights as int8.
Unpacked, the collections are as training/prepare writes them, without their texts.
"""

import argparse
import json
import shutil
from pathlib import Path

import numpy as np

from corpus import ARRAYS, DEVELOPMENT, NONE, WORK, development_collection, read_collection, training_collections
from mine import needs_vectors
from model import build, save, with_prefix
from tensors import as_int8, read_safetensors, read_stored, write_safetensors
from vocabulary import Vocabulary

SCORES = ("lists.first", "lists.keyword", "lists.cosine")
SUFFIX = {"u1": "u8", "<u2": "u16", "<u4": "u32", "<f4": "f32"}


def compact(arrays, others, random):
    """A collection without the passages that no list names; `others` of those at random stay as strangers."""
    used = np.zeros(len(arrays["passages.ends"]), bool)
    lists = arrays["lists.passage"]
    used[lists[lists != NONE]] = True
    unused = np.flatnonzero(~used)
    used[random.choice(unused, min(others, len(unused)), replace=False)] = True
    new = np.cumsum(used) - 1
    ends = arrays["passages.ends"].astype(np.int64)
    starts = np.concatenate([[0], ends[:-1]])
    lengths = (ends - starts)[used]
    inside = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    small = dict(arrays)
    for name in ("tokens", "places", "terms"):
        small[f"passages.{name}"] = arrays[f"passages.{name}"][np.repeat(starts[used], lengths) + inside]
    small["passages.ends"] = np.cumsum(lengths).astype("<u4")
    for name in ("context", "characters", "section", "document"):
        small[f"passages.{name}"] = arrays[f"passages.{name}"][used]
    small["lists.passage"] = np.where(lists == NONE, NONE, new[np.minimum(lists, len(new) - 1)]).astype("<u4")
    if arrays["meta"]["name"] not in DEVELOPMENT:
        for name in SCORES:
            small[name] = arrays[name].astype("<f2")
        # In training every passage is its own document.
        small["passages.document"] = np.arange(used.sum()).astype("<u4")
        known = arrays["relevant.document"]
        small["relevant.document"] = np.where(used[known], new[known], NONE >> 1).astype("<u4")
    return small


def pack_collection(folder, out, random):
    arrays = read_collection(folder)
    # Where vectors are still to find candidates, or an embedder is measured, all passages travel.
    share = 1 if folder.name in DEVELOPMENT or needs_vectors(folder) else 20
    small = compact(arrays, others=len(arrays["passages.ends"]) // share, random=random)
    tensors = {}
    for name in ARRAYS:
        values = small[name]
        if values.dtype.str == "<u4":
            # Two planes of 16 bits: the high one compresses to almost nothing.
            tensors[f"{name}|low"], tensors[f"{name}|high"] = (values & 0xFFFF).astype("<u2"), (values >> 16).astype("<u2")
        else:
            tensors[name] = values
    write_safetensors(out / f"{folder.name}.collection.xz", tensors)
    (out / f"{folder.name}.meta.json").write_text(json.dumps(small["meta"]))


def unpack_collection(file, folder):
    stored = read_stored(file)
    folder.mkdir(parents=True, exist_ok=True)
    for name in ARRAYS:
        if f"{name}|low" in stored:
            values = stored[f"{name}|low"].astype("<u4") | stored[f"{name}|high"].astype("<u4") << 16
        else:
            values = stored[name]
        if values.dtype.str == "<f2":
            values = values.astype("<f4")
        kind = SUFFIX[values.dtype.str.replace("|", "")]
        values.tofile(folder / f"{name}.{kind}")
    meta = file.name.replace(".collection.xz", ".meta.json")
    shutil.copyfile(file.parent / meta, folder / "meta.json")


def cut_weights(path, out, size):
    """A file of weights with the rows of a cut vocabulary only -> NAME-SIZE.safetensors.xz"""
    weights = with_prefix(read_safetensors(path))
    name = "bert.embeddings.word_embeddings.weight"
    weights[name] = weights[name][Vocabulary.read(WORK / f"vocabulary-{size}.json").rows]
    write_safetensors(out / path.name.replace(".", f"-{size}.", 1), as_int8(weights))


def pack_weights(path, out):
    """A file of weights, or a run's checkpoint folder with its vocabulary."""
    if path.is_dir():
        name = path.parent.name
        write_safetensors(out / f"{name}.checkpoint.xz", as_int8(read_safetensors(path / "model.safetensors")))
        if (path / "vocabulary.json").exists():
            shutil.copyfile(path / "vocabulary.json", out / f"{name}.vocabulary.json")
    else:
        shutil.copyfile(path, out / path.name)


def unpack_checkpoint(file):
    """-> work/RUN/model, as training left it, but that its weights went through int8"""
    name = file.name.removesuffix(".checkpoint.xz")
    folder = WORK / name / "model"
    save(build(read_safetensors(file)), folder)
    kept = file.parent / f"{name}.vocabulary.json"
    if kept.exists():
        shutil.copyfile(kept, folder / "vocabulary.json")


def dealt(sizes, parts):
    """{name: bytes} -> the names of each part, of about as many bytes: the largest first, to the lightest part."""
    names, loads = [[] for _ in range(parts)], [0] * parts
    for name in sorted(sizes, key=lambda name: (-sizes[name], name)):
        lightest = loads.index(min(loads))
        names[lightest].append(name)
        loads[lightest] += sizes[name]
    return names


def pack(out, weights, most, part=(1, 1), collections=True, vocabulary=0):
    out.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(0)
    folders = training_collections() + [development_collection(name) for name in DEVELOPMENT] if collections else []
    size = lambda folder: sum(path.stat().st_size for path in folder.iterdir() if path.suffix != ".jsonl")
    mine = dealt({folder.name: size(folder) for folder in folders}, part[1])[part[0] - 1]
    for path in out.glob("*.collection.xz"):
        if path.name.split(".")[0] not in mine:
            path.unlink()
            (out / path.name.replace("collection.xz", "meta.json")).unlink(missing_ok=True)
    for folder in folders:
        if folder.name in mine and not (out / f"{folder.name}.collection.xz").exists():
            pack_collection(folder, out, random)
    for path in map(Path, weights):
        if vocabulary and path.is_file():
            cut_weights(path, out, vocabulary)
        else:
            pack_weights(path, out)
    if vocabulary:
        shutil.copyfile(WORK / f"vocabulary-{vocabulary}.json", out / f"vocabulary-{vocabulary}.json")
    sizes = {path.name: path.stat().st_size for path in sorted(out.iterdir())}
    total = sum(sizes.values()) / 2**20
    print(json.dumps({"MiB": round(total, 1), "files": sizes}))
    if total > most:
        raise SystemExit(
            f"{out} has {total:.1f} MiB, more than the {most} that a call can carry beside the repository: "
            "leave some collections or weights for another call"
        )


def unpack(folder):
    for file in sorted(folder.glob("*.collection.xz")):
        unpack_collection(file, WORK / "collections" / file.name.removesuffix(".collection.xz"))
    (WORK / "weights").mkdir(parents=True, exist_ok=True)
    for file in folder.glob("*.safetensors.xz"):
        shutil.copyfile(file, WORK / "weights" / file.name)
    for file in folder.glob("*.checkpoint.xz"):
        unpack_checkpoint(file)
    for file in folder.glob("vocabulary-*.json"):
        shutil.copyfile(file, WORK / file.name)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("action", choices=("pack", "unpack"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=float, default=42, help="MiB")
    parser.add_argument("--part", default="1/1", help="of the collections, the first of two, say: 1/2")
    parser.add_argument("--only-weights", action="store_true", help="no collections")
    parser.add_argument("--vocabulary", type=int, default=0, help="cuts weights to work/vocabulary-N.json, which goes along")
    parser.add_argument("--weights", nargs="*", default=[])
    arguments = parser.parse_args()
    if arguments.action == "pack":
        part = tuple(int(number) for number in arguments.part.split("/"))
        pack(arguments.folder, arguments.weights, arguments.most, part, not arguments.only_weights, arguments.vocabulary)
    else:
        unpack(arguments.folder)


if __name__ == "__main__":
    main()
