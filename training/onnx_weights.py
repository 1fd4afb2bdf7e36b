"""Reads the weights of an exported BERT encoder (ONNX, float32 or int8) by their PyTorch names.

    python3 training/onnx_weights.py MODEL.onnx OUT.safetensors[.xz]

Exporters fold a Linear's transposed weight into a nameless constant, and quantisers split it into
integers, scale and zero point; the bias keeps its name. So each weight is found from the bias that is
added to its product.
"""

import argparse

import numpy as np
from onnx import load, numpy_helper

from tensors import as_int8, write_safetensors

PRODUCTS = ("MatMul", "MatMulInteger", "Gemm")


def read_onnx(path):
    """-> {name: float32 array}, Linear weights [outputs, inputs]"""
    graph = load(str(path)).graph
    constants = {tensor.name: tensor for tensor in graph.initializer}
    producer = {output: node for node in graph.node for output in node.output}
    values = lambda name: numpy_helper.to_array(constants[name])
    tensors = {}
    for name in constants:
        if name.endswith("_quantized"):
            plain = name.removesuffix("_quantized")
            if plain.endswith(".weight"):
                tensors[plain] = dequantized(values, name).astype(np.float32)
        elif name.endswith((".weight", ".bias")):
            tensors[name] = values(name).astype(np.float32)
    for node in graph.node:
        biases = [name for name in node.input if name in constants and name.endswith(".bias")]
        if node.op_type not in ("Add", "Gemm") or not biases:
            continue
        product = node if node.op_type == "Gemm" else product_behind(node, producer)
        if product is None:
            continue
        weight = next(name for name in product.input[1:2])
        if weight in constants:
            matrix = values(weight) if values(weight).dtype.kind == "f" else dequantized(values, weight)
        else:
            source = producer[weight]  # a DequantizeLinear or a Transpose of a constant
            matrix = dequantized(values, source.input[0]) if source.op_type == "DequantizeLinear" else values(source.input[0]).T
        tensors[biases[0].removesuffix(".bias") + ".weight"] = np.ascontiguousarray(matrix.T, np.float32)
    return {name: array for name, array in tensors.items() if "position_ids" not in name}


def product_behind(node, producer):
    """The product that a bias is added to, behind casts and scales."""
    for name in node.input:
        at = producer.get(name)
        while at is not None and at.op_type in ("Mul", "Cast"):
            at = producer.get(at.input[0])
        if at is not None and at.op_type in PRODUCTS:
            return at
    return None


def dequantized(values, name):
    plain = name.removesuffix("_quantized")
    return (values(name).astype(np.float32) - values(f"{plain}_zero_point")) * values(f"{plain}_scale")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model")
    parser.add_argument("out")
    arguments = parser.parse_args()
    tensors = read_onnx(arguments.model)
    write_safetensors(arguments.out, as_int8(tensors))
    print(f"{arguments.out}: {len(tensors)} tensors, {sum(t.size for t in tensors.values()):,} numbers")


if __name__ == "__main__":
    main()
