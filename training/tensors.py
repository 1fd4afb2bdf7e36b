"""Reads and writes tensors by name: safetensors files, plain or compressed, float or int8.

A tensor that is stored as int8 has its scales beside it, one a row, as NAME.scale: half the bytes of
float16, which is how weights travel to a GPU machine. `read` gives float32 whatever is stored.
"""

import json
import lzma
import struct
from pathlib import Path

import numpy as np

DTYPES = {"F32": "<f4", "F16": "<f2", "I8": "i1", "U16": "<u2", "I32": "<i4", "U8": "u1"}
NAMES = {np.dtype(code): name for name, code in DTYPES.items()}
SCALE = ".scale"


def open_bytes(path):
    data = Path(path).read_bytes()
    return lzma.decompress(data) if str(path).endswith(".xz") else data


def read_stored(path):
    """A safetensors file -> {name: array as it is stored}; bfloat16 becomes float32."""
    data = open_bytes(path)
    (header_length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + header_length])
    header.pop("__metadata__", None)
    body = memoryview(data)[8 + header_length :]
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        if entry["dtype"] == "BF16":
            high = np.frombuffer(body[start:end], "<u2").astype(np.uint32) << 16
            tensors[name] = high.view(np.float32).reshape(entry["shape"])
        elif entry["dtype"] in DTYPES:
            values = np.frombuffer(body[start:end], DTYPES[entry["dtype"]])
            tensors[name] = values.reshape(entry["shape"])
    return tensors


def read_safetensors(path):
    """A safetensors file -> {name: float32 array}; integers without scales are left out."""
    stored = read_stored(path)
    tensors = {}
    for name, values in stored.items():
        if name.endswith(SCALE):
            continue
        if name + SCALE in stored:
            tensors[name] = values * stored[name + SCALE].astype(np.float32)[:, None]
        elif values.dtype.kind == "f":
            tensors[name] = values.astype(np.float32)
    return tensors


def write_safetensors(path, tensors):
    """{name: array} -> a safetensors file, compressed where its name ends with .xz."""
    header, parts, at = {}, [], 0
    for name, values in tensors.items():
        values = np.ascontiguousarray(values)
        data = values.astype(values.dtype.newbyteorder("<")).tobytes()
        header[name] = {
            "dtype": NAMES[np.dtype(values.dtype.str.replace(">", "<"))],
            "shape": list(values.shape),
            "data_offsets": [at, at + len(data)],
        }
        parts.append(data)
        at += len(data)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    data = struct.pack("<Q", len(text)) + text + b"".join(parts)
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(lzma.compress(data, preset=6) if path.suffix == ".xz" else data)


def as_float16(tensors):
    return {name: values.astype(np.float16) for name, values in tensors.items()}


def as_int8(tensors):
    """Matrices as int8 with one scale a row, all else as float16."""
    small = {}
    for name, values in tensors.items():
        if values.ndim != 2:
            small[name] = values.astype(np.float16)
            continue
        peak = np.abs(values).max(axis=1)
        scale = (np.where(peak > 0, peak, 1) / 127).astype(np.float32)
        small[name] = np.rint(values / scale[:, None]).astype(np.int8)
        small[name + SCALE] = scale
    return small
