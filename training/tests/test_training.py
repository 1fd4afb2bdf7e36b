"""Lists hold what they should; a packed corpus is the same; a prior over passages is found out."""

import tempfile
import unittest
from pathlib import Path
from unittest.mock import patch

import context
import corpus as corpus_module
import numpy as np
import pack
import train
from corpus import KINDS, Corpus
from evaluate import Development, figures
from mine import fused, mine, needs_vectors
from model import build, save
from sampling import ListShape, Sampler
from train import Stage
from vocabulary import Vocabulary


class Lists(unittest.TestCase):
    def setUp(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        folders = [context.write_collection(folder / name, queries=24, passages=60, seed=at) for at, name in enumerate("ab")]
        self.corpus = Corpus(folders)
        self.teacher = np.random.default_rng(0).normal(size=self.corpus.lists.shape).astype(np.float32)
        self.sampler = Sampler(self.corpus, self.teacher, ListShape(3, 2, 1), seed=0)

    def test_the_right_one_comes_first_and_is_no_negative(self):
        batch = self.sampler.batch(16)
        low = self.corpus.first_passage[self.corpus.query_collection[batch.queries]]
        within = batch.queries - 24 * self.corpus.query_collection[batch.queries]
        np.testing.assert_array_equal(batch.passages[:, 0] - low, within)
        self.assertFalse(batch.negative[:, 0].any())
        same = batch.passages[:, 1:] == batch.passages[:, :1]
        self.assertFalse((same & batch.negative[:, 1:]).any())

    def test_what_the_teacher_likes_as_much_is_no_negative_but_of_what_a_person_asked(self):
        wrong = {kind: 0 for kind in ("question", "link")}
        for _ in range(5):
            batch = self.sampler.batch(16)
            close = batch.teacher[:, 1:4] > batch.teacher[:, :1] - 1.0
            for kind in wrong:
                rows = self.corpus.kind[batch.queries] == KINDS.index(kind)
                wrong[kind] += (close & batch.negative[:, 1:4])[rows].sum()
        self.assertEqual(wrong["link"], 0)
        self.assertGreater(wrong["question"], 0)

    def test_written_queries_come_more_often(self):
        self.corpus.kind[:6] = KINDS.index("written")
        sampler = Sampler(self.corpus, self.teacher, ListShape(3, 2, 1), seed=0, written=3)
        count = len(sampler.usable)
        taken = np.bincount(sampler.next_queries(count), minlength=self.corpus.queries)
        self.assertEqual(set(taken[:6]) | {0}, {0, 3})
        self.assertEqual(set(taken[6:]) | {0}, {0, 1})

    def test_a_passage_is_a_negative_as_often_as_it_is_right(self):
        right, wrong = np.zeros(self.corpus.passages), np.zeros(self.corpus.passages)
        for _ in range(60):
            batch = self.sampler.batch(16)
            np.add.at(right, batch.passages[:, 0], 1)
            np.add.at(wrong, batch.passages[batch.negative], 1)
        popular = right > 0
        self.assertGreater((wrong[popular] >= right[popular]).mean(), 0.95)


class Step(unittest.TestCase):
    def test_a_step_with_every_loss_trains(self):
        work = Path(self.enterContext(tempfile.TemporaryDirectory()))
        collection = context.write_collection(work / "a")
        weights = context.small_weights()
        for folder in ("init", "mentor"):
            (work / folder).mkdir()
            save(build(weights), work / folder)
        stage = Stage(
            "init/model.safetensors", guide="init/model.safetensors", mentors=("mentor",), labels=1.0, embedding=1.0,
            lists=6, hard=3, swapped=1, random=1, window=60, steps=2,
        )  # fmt: skip
        zeros = lambda _, corpus: np.zeros(corpus.lists.shape, np.float32)
        with (
            patch.object(train, "WORK", work),
            patch.object(train, "training_collections", lambda: [collection]),
            patch.object(train, "read_scores", zeros),
        ):
            training = train.Training(stage, work / "run", "cpu")
        before = training.model.bert.embeddings["position_embeddings"].weight.clone()
        losses = training.run_step()
        self.assertEqual(set(losses), {"divergence", "imitation", "labels", "height", "embedding"})
        self.assertTrue(np.isfinite(list(losses.values())).all())
        self.assertFalse(before.equal(training.model.bert.embeddings["position_embeddings"].weight))


class Mining(unittest.TestCase):
    def test_both_rankings_count_and_a_right_one_is_never_lost(self):
        ranked, scores = fused([1, 2, 3], [3, 4, 5], right=[9], depth=4)
        self.assertEqual(ranked, [3, 1, 2, 9])
        self.assertEqual(sorted(scores, reverse=True), scores)
        self.assertEqual(fused([1, 2], [2, 7], right=[7], depth=3)[0], [2, 1, 7])

    def test_lists_get_what_vectors_find(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        collection = context.write_collection(folder / "a", queries=6, passages=60)
        np.full(6 * 8, np.nan, "<f4").tofile(collection / "lists.cosine.f32")
        self.assertTrue(needs_vectors(collection))
        mine(collection, build(context.small_weights()).eval(), Vocabulary(), "cpu", batch=8)
        self.assertFalse(needs_vectors(collection))
        corpus = Corpus([collection])
        self.assertTrue((corpus.grades > 0).any(1).all())
        there = corpus.lists >= 0
        self.assertFalse(np.isnan(corpus.cosine[there]).any())
        self.assertTrue(all(len(set(row[row >= 0])) == (row >= 0).sum() for row in corpus.lists))


class Packing(unittest.TestCase):
    def test_parts_weigh_about_the_same(self):
        parts = pack.dealt({"a": 50, "b": 30, "c": 30, "d": 5, "e": 5}, 2)
        self.assertEqual(parts, [["a", "d", "e"], ["b", "c"]])

    def test_unpacked_lists_read_the_same_texts(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        source = context.write_collection(folder / "a", queries=6, passages=60)
        (folder / "packed").mkdir()
        pack.pack_collection(source, folder / "packed", np.random.default_rng(0))
        pack.unpack_collection(folder / "packed" / "a.collection.xz", folder / "b")
        one, other = Corpus([source]), Corpus([folder / "b"])
        text = lambda corpus, at: corpus.tokens[(corpus.ends[at - 1] if at else 0) : corpus.ends[at]].tolist()
        for left, right in zip(one.lists.ravel(), other.lists.ravel()):
            self.assertEqual(left < 0, right < 0)
            if left >= 0:
                self.assertEqual(text(one, left), text(other, right))
        np.testing.assert_array_equal(one.grades, other.grades)
        np.testing.assert_array_equal(one.query_tokens, other.query_tokens)


class Shuffled(unittest.TestCase):
    """A model that reads only the passage gains as much with other queries; one that matches gains nothing."""

    def test_a_prior_shows(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        context.write_collection(folder / "collections" / "tldr-npm", queries=40, passages=60, depth=20)
        with patch.object(corpus_module, "WORK", folder):
            development = Development("tldr-npm")
        matches = development.relevance().astype(np.float32)
        popular = (development.corpus.document[development.corpus.lists] < 40).astype(np.float32)
        other = np.random.default_rng(0).permutation(matches.ravel()).reshape(matches.shape)
        by_match = figures(development, matches, shuffled=other)
        by_prior = figures(development, popular, shuffled=popular)
        self.assertGreater(by_match["blended"], by_match["first"] + 0.3)
        self.assertLess(by_match["shuffled"], by_match["first"] + 0.1)
        self.assertEqual(by_prior["shuffled"], by_prior["blended"])

    def test_ndcg_is_that_of_the_first_look_where_the_model_has_no_weight(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        context.write_collection(folder / "collections" / "tldr-npm", queries=10, passages=60, depth=20)
        with patch.object(corpus_module, "WORK", folder):
            development = Development("tldr-npm")
        result = figures(development, np.random.default_rng(0).normal(size=(10, 20)).astype(np.float32))
        ranks = [row.tolist().index(at) for at, row in enumerate(development.corpus.lists)]
        expected = np.mean([1 / np.log2(rank + 2) if rank < 10 else 0 for rank in ranks])
        self.assertAlmostEqual(result["first"], expected, 3)


if __name__ == "__main__":
    unittest.main()
