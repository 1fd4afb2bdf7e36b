#!/usr/bin/python3
"""Turns a BERT cross-encoder checkpoint into one ONNX file.

    python3 training/export_onnx.py CHECKPOINT_DIR OUT_DIR [--dtype int8|fp16|fp32]

Needs Debian's python3-onnx and python3-numpy, nothing else.

Reads from CHECKPOINT_DIR
    config.json         a Hugging Face BERT config. Sizes are read from it, and `pooling`:
                        "cls" (the default: BertForSequenceClassification, the vector of [CLS])
                        or "mean" (the mean of all token vectors under the attention mask).
    model.safetensors   the tensors of BertForSequenceClassification, F16, BF16 or F32.
    examples.json       a list of {query, passage, input_ids, token_type_ids, logit}. The
                        float32 graph is run on them in numpy: the export stops where a logit
                        differs, and int8 finds its outlier channels in what it sees there.
    tokenizer.json, tokenizer_config.json    not needed; copied where present.

Writes to OUT_DIR
    model.onnx          the graph below, or model_fp16.onnx, for WebGPU; config.json, examples.json
                        and the tokenizer beside it.

The graph (opset 17, the interface of Hugging Face's own exports)
    input_ids, attention_mask, token_type_ids    int64    [batch, sequence]
    logits                                       float32  [batch, num_labels]

int8 (the default)
    Encoder weights       int8, symmetric, one scale per output column.
    Encoder activations   uint8, one scale per tensor, taken at run time (DynamicQuantizeLinear),
                          so a logit depends a little on what else is in its batch.
    Outlier channels      The few channels of an activation that reach far beyond the others (in
                          BERT, mostly at [CLS]) would cost all the others their precision. They
                          are multiplied in float32, beside the int8 product of the rest.
    Embeddings, pooler    stored as int8 with one scale per row or column, computed in float32.
    All else              float32: norms, biases, token types, attention products, classifier.

fp16
    Everything but the inputs and the output.
"""

import argparse
import json
import math
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

from tensors import read_safetensors

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OPSET = 17
IR_VERSION = 8
COPIED_FILES = ("config.json", "examples.json", "tokenizer.json", "tokenizer_config.json")

# Fields that Hugging Face leaves out where they have this value; `pooling` is our own.
CONFIG_DEFAULTS = {
    "position_embedding_type": "absolute",
    "layer_norm_eps": 1e-12,
    "pooling": "cls",
}
# Fields that decide what is computed, with the values that this script computes.
CONFIG_SUPPORTED = {
    "model_type": ("bert",),
    "hidden_act": ("gelu",),
    "position_embedding_type": ("absolute",),
    "pooling": ("cls", "mean"),
}

# Added to the attention scores of masked positions; exp() of it is 0 in float32.
MASKED_SCORE = -10000.0

# The largest absolute int8 weight. With the full range the AVX2 kernel of the native onnxruntime
# saturates on x86 processors without VNNI, where it adds two u8 x s8 products in int16. That
# costs some precision there; half the range would
# cost more in onnxruntime-web, whose WASM kernel adds in int32.
INT8_LIMIT = 127

# A channel is an outlier where its peak exceeds this many root mean squares of all peaks.
OUTLIER_RATIO = 3.5

# How far a logit of the float32 graph may lie from the one that examples.json states.
EXAMPLE_TOLERANCE = 1e-3


class ExportError(Exception):
    """The checkpoint cannot be exported; the message says why."""


# ---------------------------------------------------------------- the checkpoint


@dataclass(frozen=True)
class Config:
    hidden_size: int
    intermediate_size: int
    layers: int
    heads: int
    head_size: int
    num_labels: int
    layer_norm_epsilon: float
    pooling: str


def read_config(path):
    """config.json -> Config; refuses what the graph below does not compute."""
    raw = {**CONFIG_DEFAULTS, **json.loads(path.read_text())}

    def field(name):
        if name not in raw:
            raise ExportError(f"{path}: no field {name!r}")
        return raw[name]

    for name, values in CONFIG_SUPPORTED.items():
        if field(name) not in values:
            wanted = " or ".join(map(repr, values))
            raise ExportError(f"{path}: {name} is {raw[name]!r}, supported is {wanted}")
    hidden_size, heads = field("hidden_size"), field("num_attention_heads")
    if hidden_size % heads:
        raise ExportError(f"{path}: hidden_size {hidden_size} is no multiple of {heads} heads")
    return Config(
        hidden_size=hidden_size,
        intermediate_size=field("intermediate_size"),
        layers=field("num_hidden_layers"),
        heads=heads,
        head_size=hidden_size // heads,
        # Hugging Face leaves num_labels out where id2label says it, and both out for two labels.
        num_labels=raw.get("num_labels") or len(raw.get("id2label", ())) or 2,
        layer_norm_epsilon=field("layer_norm_eps"),
        pooling=field("pooling"),
    )


class Checkpoint:
    """Hands out tensors by name with their shape checked, and knows which were never asked for."""

    def __init__(self, tensors):
        self.tensors = tensors
        self.unread = set(tensors)

    def take(self, name, *shape):
        """The tensor `name`. In `shape`, None fits any length."""
        if name not in self.tensors:
            raise ExportError(f"no tensor {name!r} in the checkpoint")
        tensor = self.tensors[name]
        fits = len(tensor.shape) == len(shape) and all(
            want in (None, have) for want, have in zip(shape, tensor.shape)
        )
        if not fits:
            raise ExportError(f"tensor {name!r} is {list(tensor.shape)}, expected {list(shape)}")
        self.unread.discard(name)
        return tensor

    def take_linear(self, name, inputs, outputs):
        """A torch Linear -> (weight [inputs, outputs], bias [outputs])."""
        weight = self.take(f"{name}.weight", outputs, inputs)
        return weight.T, self.take(f"{name}.bias", outputs)

    def refuse_unread(self):
        if self.unread:
            names = ", ".join(sorted(self.unread)[:5])
            raise ExportError(f"{len(self.unread)} tensors have no place in the graph: {names}")


# ---------------------------------------------------------------- quantisation


def quantize_symmetric(values, axis, limit=INT8_LIMIT):
    """float32 -> (int8 of the same shape, float32 scales); one scale per slice along `axis`."""
    peak = np.abs(values).max(axis=axis, keepdims=True)
    scale = (np.where(peak > 0, peak, 1) / limit).astype(np.float32)
    return np.rint(values / scale).clip(-limit, limit).astype(np.int8), scale


def find_outliers(peaks):
    """The largest absolute value of every channel -> the indices of the outlier channels."""
    return np.flatnonzero(peaks > OUTLIER_RATIO * np.sqrt(np.mean(peaks**2)))


# ---------------------------------------------------------------- the graph


class GraphBuilder:
    """Collects nodes and constants. Its methods return the name of the value they add.

    `peaks` makes the graph int8: the largest absolute value of every channel, by the name of
    the activation. Without it the graph is float32.
    """

    def __init__(self, peaks=None):
        self.int8 = peaks is not None
        self.peaks = peaks
        self.linear_inputs = []
        self.nodes = []
        self.constants = {}

    def add(self, op, inputs, name, **attributes):
        (output,) = self.add_many(op, inputs, [name], **attributes)
        return output

    def add_many(self, op, inputs, outputs, **attributes):
        node = helper.make_node(op, inputs, outputs, name=outputs[0], **attributes)
        self.nodes.append(node)
        return outputs

    def constant(self, name, values):
        self.constants.setdefault(name, np.ascontiguousarray(values).reshape(np.shape(values)))
        return name

    def scalar(self, name, value):
        return self.constant(name, np.array(value, np.float32))

    def shape(self, name, values):
        return self.constant(name, np.array(values, np.int64))

    def to_float(self, value, name):
        return self.add("Cast", [value], name, to=TensorProto.FLOAT)

    def stored(self, values, axis, name):
        """A constant that is kept as int8 where that is asked for and computed with as float32."""
        if not self.int8:
            return self.constant(name, values)
        quantized, scale = quantize_symmetric(values, axis)
        as_float = self.to_float(self.constant(f"{name}.int8", quantized), f"{name}.float")
        return self.add("Mul", [as_float, self.constant(f"{name}.scale", scale)], name)

    def rows(self, select, table, name):
        """Rows of an embedding table. `select` adds the node that picks them from a constant."""
        if not self.int8:
            return select(self.constant(f"{name}.table", table), name)
        quantized, scale = quantize_symmetric(table, axis=1)
        picked = select(self.constant(f"{name}.int8", quantized), f"{name}.picked")
        scales = select(self.constant(f"{name}.scale", scale), f"{name}.picked_scale")
        return self.add("Mul", [self.to_float(picked, f"{name}.float"), scales], name)

    def linear(self, value, weight, bias, name):
        """value [..., inputs] x weight [inputs, outputs] + bias -> [..., outputs]"""
        self.linear_inputs.append(value)
        if not self.int8:
            return self.linear_float(value, weight, bias, name)
        outliers = find_outliers(self.peaks[value])
        if not outliers.size:
            return self.linear_int8(value, weight, bias, name)

        inliers = np.ones(len(weight), np.float32)
        inliers[outliers] = 0
        rest = self.add(
            "Mul", [value, self.constant(f"{name}.inliers", inliers)], f"{name}.inlying"
        )
        rest = self.linear_int8(rest, weight * inliers[:, None], bias, f"{name}.int8")
        indices = self.shape(f"{name}.outliers", outliers)
        exact = self.add("Gather", [value, indices], f"{name}.outlying", axis=-1)
        exact_weight = self.constant(f"{name}.float.weight", weight[outliers])
        exact = self.add("MatMul", [exact, exact_weight], f"{name}.float")
        return self.add("Add", [rest, exact], name)

    def linear_float(self, value, weight, bias, name):
        product = self.add(
            "MatMul", [value, self.constant(f"{name}.weight", weight)], f"{name}.product"
        )
        return self.add("Add", [product, self.constant(f"{name}.bias", bias)], name)

    def linear_int8(self, value, weight, bias, name):
        """The pattern that onnxruntime fuses into one DynamicQuantizeMatMul."""
        quantized, weight_scale = quantize_symmetric(weight, axis=0)
        weight_name = self.constant(f"{name}.weight", quantized)
        weight_scale = self.constant(f"{name}.weight_scale", weight_scale.reshape(-1))
        weight_zero = self.constant("weight_zero", np.zeros((), np.int8))
        value_int8, value_scale, value_zero = self.add_many(
            "DynamicQuantizeLinear",
            [value],
            [f"{name}.value", f"{name}.value_scale", f"{name}.value_zero"],
        )
        product = self.add(
            "MatMulInteger", [value_int8, weight_name, value_zero, weight_zero], f"{name}.int32"
        )
        product = self.to_float(product, f"{name}.int32_as_float")
        scale = self.add("Mul", [value_scale, weight_scale], f"{name}.scale")
        product = self.add("Mul", [product, scale], f"{name}.product")
        return self.add("Add", [product, self.constant(f"{name}.bias", bias)], name)

    def layer_norm(self, value, weight, bias, epsilon, name):
        parameters = [self.constant(f"{name}.weight", weight), self.constant(f"{name}.bias", bias)]
        return self.add(
            "LayerNormalization", [value, *parameters], name, axis=-1, epsilon=epsilon
        )

    def gelu(self, value, name):
        """x * (1 + erf(x / sqrt 2)) * 0.5, in the order that onnxruntime fuses into Gelu."""
        inner = self.add("Div", [value, self.scalar("sqrt_2", math.sqrt(2))], f"{name}.inner")
        erf = self.add("Erf", [inner], f"{name}.erf")
        gate = self.add("Add", [erf, self.scalar("one", 1)], f"{name}.gate")
        gated = self.add("Mul", [value, gate], f"{name}.gated")
        return self.add("Mul", [gated, self.scalar("half", 0.5)], name)


def build_graph(config, checkpoint, peaks=None):
    """Config, Checkpoint -> GraphBuilder that holds the whole graph, float32 without `peaks`"""
    graph = GraphBuilder(peaks)
    mask = graph.to_float("attention_mask", "mask")  # [batch, sequence]
    hidden = add_embeddings(graph, config, checkpoint)  # [batch, sequence, hidden]
    mask_scores = add_mask_scores(graph, mask)
    for index in range(config.layers):
        layer = f"bert.encoder.layer.{index}"
        attended = add_attention(graph, config, checkpoint, hidden, mask_scores, layer)
        hidden = add_feed_forward(graph, config, checkpoint, attended, layer)
    pool = {"mean": add_mean_pooling, "cls": add_cls_pooling}[config.pooling]
    add_head(graph, config, checkpoint, pool(graph, hidden, mask))
    checkpoint.refuse_unread()
    return graph


def halve(graph):
    """The float32 graph -> the same in float16, but for its inputs and its output"""
    for name, values in graph.constants.items():
        if values.dtype == np.float32:
            graph.constants[name] = values.astype(np.float16)
    for node in graph.nodes:
        if node.op_type == "Cast":
            node.attribute[0].i = TensorProto.FLOAT16
    graph.nodes[-1].output[0] = "logits.float16"
    graph.to_float("logits.float16", "logits")


def build_model(graph, config):
    """GraphBuilder -> onnx ModelProto"""
    tokens = ["batch", "sequence"]
    graph_proto = helper.make_graph(
        graph.nodes,
        "cross_encoder",
        [helper.make_tensor_value_info(name, TensorProto.INT64, tokens) for name in INPUTS],
        [
            helper.make_tensor_value_info(
                "logits", TensorProto.FLOAT, ["batch", config.num_labels]
            )
        ],
        [numpy_helper.from_array(values, name) for name, values in graph.constants.items()],
    )
    return helper.make_model(
        graph_proto,
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="second-look",
    )


def add_embeddings(graph, config, checkpoint):
    """Word + position + type embeddings, normalised -> [batch, sequence, hidden]"""
    name = "bert.embeddings"
    words, positions, types = (
        checkpoint.take(f"{name}.{kind}_embeddings.weight", None, config.hidden_size)
        for kind in ("word", "position", "token_type")
    )
    length = graph.add("Shape", ["input_ids"], "sequence_length", start=1, end=2)
    first = graph.shape("first_position", [0])
    word = graph.rows(
        lambda table, out: graph.add("Gather", [table, "input_ids"], out), words, f"{name}.word"
    )
    position = graph.rows(
        lambda table, out: graph.add("Slice", [table, first, length, first], out),
        positions,
        f"{name}.position",
    )
    types_name = graph.constant(f"{name}.token_type.table", types)
    token_type = graph.add("Gather", [types_name, "token_type_ids"], f"{name}.token_type")
    total = graph.add("Add", [word, token_type], f"{name}.word_and_type")
    total = graph.add("Add", [total, position], f"{name}.sum")
    return add_layer_norm(graph, config, checkpoint, total, f"{name}.LayerNorm")


def add_layer_norm(graph, config, checkpoint, value, name):
    weight, bias = (
        checkpoint.take(f"{name}.{part}", config.hidden_size) for part in ("weight", "bias")
    )
    return graph.layer_norm(value, weight, bias, config.layer_norm_epsilon, name)


def add_mask_scores(graph, mask):
    """0 where the mask is 1, MASKED_SCORE where it is 0 -> [batch, 1, 1, sequence]"""
    masked = graph.add("Sub", [graph.scalar("one", 1), mask], "mask.inverted")
    scores = graph.add("Mul", [masked, graph.scalar("masked_score", MASKED_SCORE)], "mask.score")
    return graph.add("Unsqueeze", [scores, graph.shape("mask.axes", [1, 2])], "mask.scores")


def add_attention(graph, config, checkpoint, hidden, mask_scores, layer):
    """Self-attention, residual and norm -> [batch, sequence, hidden]"""
    name = f"{layer}.attention"
    size = config.hidden_size
    parts = {
        part: checkpoint.take_linear(f"{name}.self.{part}", size, size)
        for part in ("query", "key", "value")
    }
    # The scores' division by sqrt(head size) costs nothing inside the query's weights.
    query_weight, query_bias = parts["query"]
    scale = np.float32(1 / math.sqrt(config.head_size))
    parts["query"] = (query_weight * scale, query_bias * scale)
    # One product for all three, so that the input is quantised once.
    weight = np.concatenate([part[0] for part in parts.values()], axis=1)
    bias = np.concatenate([part[1] for part in parts.values()])
    joined = graph.linear(hidden, weight, bias, f"{name}.self.joined")

    sizes = graph.shape("split_sizes", [size] * len(parts))
    split = graph.add_many(
        "Split", [joined, sizes], [f"{name}.self.{part}" for part in parts], axis=-1
    )
    by_head = graph.shape("split_heads", [0, 0, config.heads, config.head_size])
    query, key, value = (
        graph.add(
            "Transpose",
            [graph.add("Reshape", [part, by_head], f"{part}.by_head")],
            f"{part}.heads",
            perm=order,
        )
        for part, order in zip(split, ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]))
    )
    scores = graph.add("MatMul", [query, key], f"{name}.self.scores")
    scores = graph.add("Add", [scores, mask_scores], f"{name}.self.masked_scores")
    shares = graph.add("Softmax", [scores], f"{name}.self.shares", axis=-1)
    context = graph.add("MatMul", [shares, value], f"{name}.self.context")
    context = graph.add("Transpose", [context], f"{name}.self.by_token", perm=[0, 2, 1, 3])
    whole = graph.shape("join_heads", [0, 0, size])
    context = graph.add("Reshape", [context, whole], f"{name}.self.joined_context")

    weight, bias = checkpoint.take_linear(f"{name}.output.dense", size, size)
    output = graph.linear(context, weight, bias, f"{name}.output.dense")
    total = graph.add("Add", [output, hidden], f"{name}.output.residual")
    return add_layer_norm(graph, config, checkpoint, total, f"{name}.output.LayerNorm")


def add_feed_forward(graph, config, checkpoint, hidden, layer):
    """Two dense layers with GELU between, residual and norm -> [batch, sequence, hidden]"""
    size, inner = config.hidden_size, config.intermediate_size
    weight, bias = checkpoint.take_linear(f"{layer}.intermediate.dense", size, inner)
    value = graph.linear(hidden, weight, bias, f"{layer}.intermediate.dense")
    value = graph.gelu(value, f"{layer}.intermediate.gelu")
    weight, bias = checkpoint.take_linear(f"{layer}.output.dense", inner, size)
    value = graph.linear(value, weight, bias, f"{layer}.output.dense")
    total = graph.add("Add", [value, hidden], f"{layer}.output.residual")
    return add_layer_norm(graph, config, checkpoint, total, f"{layer}.output.LayerNorm")


def add_cls_pooling(graph, hidden, mask):
    """The vector of the first token -> [batch, hidden]"""
    first = graph.constant("first_token", np.array(0, np.int64))
    return graph.add("Gather", [hidden, first], "pooled", axis=1)


def add_mean_pooling(graph, hidden, mask):
    """The mean of the token vectors that the mask keeps -> [batch, hidden]"""
    kept = graph.add("Unsqueeze", [mask, graph.shape("pool.row", [1])], "pool.mask")
    total = graph.add("MatMul", [kept, hidden], "pool.total")  # [batch, 1, hidden]
    count = graph.add("ReduceSum", [kept, graph.shape("pool.last", [2])], "pool.count")
    mean = graph.add("Div", [total, count], "pool.mean")
    return graph.add("Squeeze", [mean, graph.shape("pool.row", [1])], "pooled")


def add_head(graph, config, checkpoint, pooled):
    """Pooler, tanh, classifier -> logits [batch, num_labels]"""
    size = config.hidden_size
    weight, bias = checkpoint.take_linear("bert.pooler.dense", size, size)
    weight_name = graph.stored(weight, 0, "bert.pooler.dense.weight")
    value = graph.add("MatMul", [pooled, weight_name], "bert.pooler.product")
    bias_name = graph.constant("bert.pooler.dense.bias", bias)
    value = graph.add("Add", [value, bias_name], "bert.pooler.dense")
    value = graph.add("Tanh", [value], "bert.pooler.tanh")
    weight, bias = checkpoint.take_linear("classifier", size, config.num_labels)
    value = graph.add("MatMul", [value, graph.constant("classifier.weight", weight)], "score")
    graph.add("Add", [value, graph.constant("classifier.bias", bias)], "logits")


# ---------------------------------------------------------------- the graph in numpy


def run_graph(graph, input_ids, token_type_ids):
    """GraphBuilder (float32 or int8), one pair's ids -> {name: array} of every value in the graph"""
    rows = (input_ids, np.ones(len(input_ids)), token_type_ids)
    values = dict(graph.constants)
    values.update((name, np.array([row], np.int64)) for name, row in zip(INPUTS, rows))
    for node in graph.nodes:
        attributes = {
            attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute
        }
        result = NUMPY_OPS[node.op_type](*(values[name] for name in node.input), **attributes)
        results = result if len(node.output) > 1 else [result]
        values.update(zip(node.output, results))
    return values


def layer_normalization(value, weight, bias, axis, epsilon):
    centred = value - value.mean(axis, keepdims=True)
    deviation = np.sqrt((centred**2).mean(axis, keepdims=True) + np.float32(epsilon))
    return centred / deviation * weight + bias


def softmax(value, axis):
    powers = np.exp(value - value.max(axis, keepdims=True))
    return powers / powers.sum(axis, keepdims=True)


def reshape(value, shape):
    """ONNX's Reshape, where 0 keeps the length of the input."""
    return value.reshape([length or value.shape[axis] for axis, length in enumerate(shape)])


def dynamic_quantize(value):
    """float32 -> (uint8, scale, zero point), the range from 0 always inside"""
    low, high = min(0, value.min()), max(0, value.max())
    scale = np.float32((high - low) / 255 or 1)
    zero = np.rint(-low / scale).clip(0, 255)
    return (np.rint(value / scale) + zero).clip(0, 255).astype(np.uint8), scale, zero.astype(np.uint8)


def matmul_integer(a, b, a_zero, b_zero):
    """In float64, which holds the sums exactly and has a quick product."""
    return (a.astype(np.float64) - a_zero) @ (b.astype(np.float64) - b_zero)


NUMPY_OPS = {
    "Add": np.add,
    "Cast": lambda value, to: value.astype(np.float32),
    "Div": np.divide,
    "DynamicQuantizeLinear": dynamic_quantize,
    "Erf": np.vectorize(math.erf, otypes=[np.float32]),
    "Gather": lambda table, indices, axis=0: np.take(table, indices, axis),
    "LayerNormalization": layer_normalization,
    "MatMul": np.matmul,
    "MatMulInteger": matmul_integer,
    "Mul": np.multiply,
    "ReduceSum": lambda value, axes: value.sum(tuple(axes), keepdims=True),
    "Reshape": reshape,
    "Shape": lambda value, start, end: np.array(value.shape[start:end]),
    "Slice": lambda table, starts, ends, axes: table[starts[0] : ends[0]],
    "Softmax": softmax,
    "Split": lambda value, sizes, axis: np.split(value, np.cumsum(sizes)[:-1], axis),
    "Squeeze": lambda value, axes: np.squeeze(value, tuple(axes)),
    "Sub": np.subtract,
    "Tanh": np.tanh,
    "Transpose": lambda value, perm: value.transpose(perm),
    "Unsqueeze": lambda value, axes: np.expand_dims(value, tuple(axes)),
}


def check_examples(graph, examples):
    """Runs the float32 graph on the examples; refuses a logit that is not the stated one.

    Returns the largest absolute value of every channel of every activation that a linear layer
    reads, by the activation's name.
    """
    peaks = {}
    for example in examples:
        values = run_graph(graph, example["input_ids"], example["token_type_ids"])
        logits = values["logits"][0]
        if np.abs(logits - example["logit"]).max() > EXAMPLE_TOLERANCE:
            raise ExportError(
                f"the pair {example['query']!r}, {example['passage']!r} gets {logits.tolist()},"
                f" examples.json says {example['logit']}: wrong pooling or other weights?"
            )
        for name in graph.linear_inputs:
            peak = np.abs(values[name]).max(axis=(0, 1))
            peaks[name] = np.maximum(peaks.get(name, 0), peak)
    return peaks


# ---------------------------------------------------------------- the command


def export(checkpoint_dir, out_dir, dtype="int8"):
    """Writes OUT_DIR/model.onnx (fp16: model_fp16.onnx) and the files beside it; returns the path of the model."""
    config = read_config(checkpoint_dir / "config.json")
    examples = json.loads((checkpoint_dir / "examples.json").read_text())
    checkpoint = Checkpoint(read_safetensors(checkpoint_dir / "model.safetensors"))
    graph = build_graph(config, checkpoint)
    peaks = check_examples(graph, examples)
    if dtype == "int8":
        graph = build_graph(config, checkpoint, peaks)
    elif dtype == "fp16":
        halve(graph)
    model = build_model(graph, config)
    checker.check_model(model, full_check=True)

    out_dir.mkdir(parents=True, exist_ok=True)
    path = out_dir / ("model_fp16.onnx" if dtype == "fp16" else "model.onnx")
    save(model, str(path))
    for name in COPIED_FILES:
        if (checkpoint_dir / name).exists() and checkpoint_dir.resolve() != out_dir.resolve():
            shutil.copyfile(checkpoint_dir / name, out_dir / name)
    return path


def main():
    parser = argparse.ArgumentParser(
        description="Turns a BERT cross-encoder checkpoint into one ONNX file."
    )
    parser.add_argument("checkpoint_dir", type=Path, metavar="CHECKPOINT_DIR")
    parser.add_argument("out_dir", type=Path, metavar="OUT_DIR")
    parser.add_argument("--dtype", choices=("int8", "fp16", "fp32"), default="int8")
    arguments = parser.parse_args()
    try:
        path = export(arguments.checkpoint_dir, arguments.out_dir, arguments.dtype)
    except (ExportError, FileNotFoundError) as error:
        sys.exit(f"export_onnx: {error}")
    print(f"{path}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
