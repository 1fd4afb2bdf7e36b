"""ONNX says what torch says; int8 and float16 nearly so."""

import json
import tempfile
import unittest
from pathlib import Path

import context
import numpy as np
import torch
from average import average
from export_onnx import Checkpoint, build_graph, build_model, check_examples, halve, read_config, run_graph
from model import build, load, save, shrink, weights_of
from onnx import checker
from tensors import as_int8, read_safetensors, write_safetensors
from vocabulary import Vocabulary

EXAMPLES = Path(__file__).parent / "examples.json"


def example_pairs(model):
    examples = json.loads(EXAMPLES.read_text())
    for example in examples:
        ids, types = (torch.tensor([example[name]]) for name in ("input_ids", "token_type_ids"))
        with torch.no_grad():
            example["logit"] = float(model(ids, types, torch.ones_like(ids, dtype=torch.bool))[0])
    return examples


class Export(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        save(build(context.small_weights()), self.folder)
        self.model = load(self.folder).eval()
        self.examples = example_pairs(self.model)
        self.config = read_config(self.folder / "config.json")

    def checkpoint(self):
        return Checkpoint(read_safetensors(self.folder / "model.safetensors"))

    def test_float32_graph_is_torch_and_int8_is_near(self):
        peaks = check_examples(build_graph(self.config, self.checkpoint()), self.examples)
        graph = build_graph(self.config, self.checkpoint(), peaks)
        spread = np.std([example["logit"] for example in self.examples]) + 0.05
        for example in self.examples:
            found = run_graph(graph, example["input_ids"], example["token_type_ids"])["logits"][0, 0]
            self.assertLess(abs(found - example["logit"]), spread)

    def test_float16_graph_is_valid(self):
        graph = build_graph(self.config, self.checkpoint())
        halve(graph)
        checker.check_model(build_model(graph, self.config), full_check=True)

    def test_padding_changes_nothing(self):
        ids = torch.tensor([self.examples[0]["input_ids"]])
        types = torch.tensor([self.examples[0]["token_type_ids"]])
        padded = [torch.cat([part, torch.zeros(1, 9, dtype=torch.long)], 1) for part in (ids, types)]
        mask = torch.arange(padded[0].shape[1])[None] < ids.shape[1]
        with torch.no_grad():
            self.assertAlmostEqual(float(self.model(*padded, mask)), self.examples[0]["logit"], 4)


class Weights(unittest.TestCase):
    def test_int8_weights_travel(self):
        weights = context.small_weights()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "w.safetensors.xz"
            write_safetensors(path, as_int8(weights))
            back = read_safetensors(path)
        self.assertEqual(set(back), set(weights))
        for name, values in weights.items():
            self.assertLess(np.abs(back[name] - values).max(), 0.02 * np.abs(values).max() + 1e-6)

    def test_shrink_keeps_the_layers_named(self):
        weights = context.small_weights(layers=4)
        small = shrink(weights, [1, 3], inner=16)
        model = build(small)
        self.assertEqual((model.shape.layers, model.shape.inner), (2, 16))
        name = "bert.encoder.layer.{}.attention.self.query.weight"
        np.testing.assert_array_equal(weights_of(model)[name.format(1)], weights[name.format(3)])

    def test_an_average_has_the_last_one_s_words(self):
        words = "bert.embeddings.word_embeddings.weight"
        with tempfile.TemporaryDirectory() as folder:
            first, last = Path(folder) / "first", Path(folder) / "last"
            kept = Vocabulary().tokens[:200]
            one, other = context.small_weights(seed=1), context.small_weights(seed=2)
            for path, weights in ((first, one), (last, {**other, words: other[words][:200]})):
                path.mkdir()
                save(build(weights), path)
            (last / "vocabulary.json").write_text(json.dumps(kept))
            mean = average([first, last], [0.25, 0.75])
            with self.assertRaisesRegex(ValueError, "expected 1"):
                average([first, last], [0.5, 0.6])
        np.testing.assert_allclose(mean[words], 0.25 * one[words][:200] + 0.75 * other[words][:200], atol=1e-3)
        name = "classifier.weight"
        np.testing.assert_allclose(mean[name], 0.25 * one[name] + 0.75 * other[name], atol=1e-3)

    def test_an_average_narrows_wider_ones_by_the_neurons_of_another(self):
        with tempfile.TemporaryDirectory() as folder:
            wide, other, narrow = (Path(folder) / name for name in ("wide", "other", "narrow"))
            ones = context.small_weights(seed=1)
            likes = context.small_weights(seed=2)
            for path, weights in ((wide, ones), (other, likes), (narrow, shrink(ones, inner=16, like=likes))):
                path.mkdir()
                save(build(weights), path)
            mean = average([wide, narrow], [0.5, 0.5], other)
            with self.assertRaisesRegex(ValueError, "--like"):
                average([wide, narrow], [0.5, 0.5])
        name = "bert.encoder.layer.0.intermediate.dense.weight"
        np.testing.assert_allclose(mean[name], shrink(ones, inner=16, like=likes)[name], atol=1e-3)


if __name__ == "__main__":
    unittest.main()
