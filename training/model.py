"""BERT in plain PyTorch, as a cross-encoder and, with the same weights, as an embedder.

Tensor names are Hugging Face's (BertForSequenceClassification), so checkpoints of the hub load as they
are. Shapes: B pairs or texts, L tokens, H hidden size, D head size.
"""

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from tensors import as_float16, read_safetensors, write_safetensors

CPU_INFO = Path("/proc/cpuinfo")
HAS_FUSED_ATTENTION = hasattr(F, "scaled_dot_product_attention")


@dataclass(frozen=True)
class Shape:
    vocabulary: int
    layers: int
    inner: int
    hidden: int = 384
    heads: int = 12
    positions: int = 512


class Attention(nn.Module):
    def __init__(self, shape):
        super().__init__()
        size = shape.hidden
        self.heads = shape.heads
        self.self = nn.ModuleDict({part: nn.Linear(size, size) for part in ("query", "key", "value")})
        self.output = nn.ModuleDict({"dense": nn.Linear(size, size), "LayerNorm": norm(size)})

    def forward(self, hidden, mask):
        batch, length, size = hidden.shape
        by_head = (batch, length, self.heads, size // self.heads)
        query, key, value = (self.self[part](hidden).view(by_head).transpose(1, 2) for part in self.self)
        keep = mask[:, None, None, :]
        if HAS_FUSED_ATTENTION:
            context = F.scaled_dot_product_attention(query, key, value, attn_mask=keep)
        else:
            scores = query @ key.transpose(2, 3) / math.sqrt(by_head[3])
            context = scores.masked_fill(~keep, -1e4).softmax(-1) @ value
        context = context.transpose(1, 2).reshape(batch, length, size)
        return self.output["LayerNorm"](self.output["dense"](context) + hidden)


class Layer(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.attention = Attention(shape)
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(shape.hidden, shape.inner)})
        self.output = nn.ModuleDict(
            {"dense": nn.Linear(shape.inner, shape.hidden), "LayerNorm": norm(shape.hidden)}
        )

    def forward(self, hidden, mask):
        hidden = self.attention(hidden, mask)
        inner = self.output["dense"](F.gelu(self.intermediate["dense"](hidden)))
        return self.output["LayerNorm"](inner + hidden)


class Bert(nn.Module):
    def __init__(self, shape):
        super().__init__()
        size = shape.hidden
        self.embeddings = nn.ModuleDict(
            {
                "word_embeddings": nn.Embedding(shape.vocabulary, size),
                "position_embeddings": nn.Embedding(shape.positions, size),
                "token_type_embeddings": nn.Embedding(2, size),
                "LayerNorm": norm(size),
            }
        )
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(Layer(shape) for _ in range(shape.layers))})
        self.pooler = nn.ModuleDict({"dense": nn.Linear(size, size)})

    def forward(self, ids, types, mask):
        """ids, types int64 [B, L], mask bool [B, L] -> token vectors [B, L, H]"""
        word, position, kind, layer_norm = self.embeddings.values()
        places = torch.arange(ids.shape[1], device=ids.device)
        hidden = layer_norm(word(ids) + position(places) + kind(types))
        for layer in self.encoder["layer"]:
            hidden = layer(hidden, mask)
        return hidden


class CrossEncoder(nn.Module):
    """A logit of each pair: token vectors -> their mean -> pooler -> tanh -> classifier."""

    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.bert = Bert(shape)
        self.classifier = nn.Linear(shape.hidden, 1)

    def forward(self, ids, types, mask):
        """-> logits [B]"""
        pooled = mean_of_tokens(self.bert(ids, types, mask), mask)
        return self.classifier(torch.tanh(self.bert.pooler["dense"](pooled))).squeeze(-1)

    def embed(self, ids, mask, pooling="mean"):
        """One text a row -> unit vectors [B, H]"""
        hidden = self.bert(ids, torch.zeros_like(ids), mask)
        pooled = mean_of_tokens(hidden, mask) if pooling == "mean" else hidden[:, 0]
        return F.normalize(pooled.float(), dim=-1)


def norm(size):
    return nn.LayerNorm(size, eps=1e-12)


def mean_of_tokens(hidden, mask):
    kept = mask.unsqueeze(-1).to(hidden.dtype)
    return (hidden * kept).sum(1) / kept.sum(1)


def half_precision(device):
    """Autocast to bfloat16 where the device multiplies it faster: a GPU, a processor with AMX (some four times)."""
    kind = torch.device(device).type
    has_amx = CPU_INFO.exists() and "amx_bf16" in CPU_INFO.read_text()
    return torch.autocast(kind, torch.bfloat16, enabled=kind == "cuda" or has_amx)


# ---------------------------------------------------------------- weights


def with_prefix(weights):
    """{name: array} under the names of a whole model: an encoder's own lack "bert."."""
    return {
        name if name.startswith(("bert.", "classifier.")) else f"bert.{name}": values
        for name, values in weights.items()
    }


def build(weights, seed=0):
    """{name: array}, with or without the prefix "bert." and the heads -> CrossEncoder"""
    named = with_prefix(weights)
    layers = {int(name.split(".")[3]) for name in named if name.startswith("bert.encoder.layer.")}
    word = named["bert.embeddings.word_embeddings.weight"]
    shape = Shape(
        vocabulary=word.shape[0],
        layers=len(layers),
        inner=named["bert.encoder.layer.0.intermediate.dense.bias"].shape[0],
        hidden=word.shape[1],
        positions=named["bert.embeddings.position_embeddings.weight"].shape[0],
    )
    torch.manual_seed(seed)
    model = CrossEncoder(shape)
    nn.init.normal_(model.classifier.weight, std=0.02)
    nn.init.zeros_(model.classifier.bias)
    state = model.state_dict()
    known = {name: torch.from_numpy(np.array(values)) for name, values in named.items() if name in state}
    missing = [name for name in state if name not in known and not name.startswith(("bert.pooler", "classifier"))]
    if missing:
        raise ValueError(f"the weights lack {missing[:3]}")
    model.load_state_dict({**state, **known})
    return model


LAYER = "bert.encoder.layer."


def width(weights):
    """How many neurons a layer's feed-forward has."""
    return len(with_prefix(weights)[f"{LAYER}0.intermediate.dense.bias"])


def shrink(weights, layers=None, inner=None, like=None):
    """Keeps the named layers, and of each feed-forward the `inner` neurons that weigh most, or do in the weights `like`."""
    weights = with_prefix(weights)
    like = with_prefix(like) if like else weights
    kept = {name: values for name, values in weights.items() if not name.startswith(LAYER)}
    count = 1 + max(int(name.split(".")[3]) for name in weights if name.startswith(LAYER))
    for new, old in enumerate(layers or range(count)):
        part = {
            name.split(".", 4)[4]: values
            for name, values in weights.items()
            if name.startswith(f"{LAYER}{old}.")
        }
        into, out = part["intermediate.dense.weight"], part["output.dense.weight"]
        if inner and inner < len(into):
            first, second = (like[f"{LAYER}{old}.{name}.dense.weight"] for name in ("intermediate", "output"))
            worth = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=0)
            best = np.sort(np.argsort(-worth)[:inner])
            part["intermediate.dense.weight"] = into[best]
            part["intermediate.dense.bias"] = part["intermediate.dense.bias"][best]
            part["output.dense.weight"] = out[:, best]
        kept.update({f"{LAYER}{new}.{name}": values for name, values in part.items()})
    return kept


def weights_of(model):
    """CrossEncoder -> {name: float32 array}"""
    return {name: values.detach().float().cpu().numpy() for name, values in model.state_dict().items()}


def save(model, folder):
    """Writes model.safetensors (float16) and config.json as `export_onnx.py` and the hub read them."""
    folder = Path(folder)
    write_safetensors(folder / "model.safetensors", as_float16(weights_of(model)))
    shape = model.shape
    config = {
        "architectures": ["BertForSequenceClassification"],
        "model_type": "bert",
        "vocab_size": shape.vocabulary,
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.inner,
        "hidden_act": "gelu",
        "layer_norm_eps": 1e-12,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": 2,
        "num_labels": 1,
        "pooling": "mean",
    }
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")


def load(folder):
    return build(read_safetensors(Path(folder) / "model.safetensors"))


def describe(model):
    return {**asdict(model.shape), "parameters": sum(part.numel() for part in model.parameters())}
