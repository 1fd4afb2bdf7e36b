"""Pairs are framed as the product frames them, whatever the vocabulary."""

import json
import tempfile
import unittest
from pathlib import Path

import context
import numpy as np
import torch
from corpus import Corpus
from pairs import BARE, CLOZE, WHOLE, Pairs
from vocabulary import Vocabulary, choose
from wordpiece import WordPiece

EXAMPLES = Path(__file__).parent / "examples.json"


class Tokens(unittest.TestCase):
    def test_wordpiece_is_the_product_s(self):
        pieces = WordPiece(Vocabulary().ids)
        for example in json.loads(EXAMPLES.read_text()):
            ids = [101, *pieces.encode(example["query"]), 102, *pieces.encode(example["passage"]), 102]
            self.assertEqual(ids, example["input_ids"])

    def test_respelling_is_tokenising_with_the_cut_vocabulary(self):
        full = Vocabulary()
        counts = np.zeros(len(full.ids))
        counts[1000:6000] = 1
        cut = Vocabulary(choose(counts, 5000))
        texts = ["Rebasing the kubernetes deployment", "xyzzy os.path.join() naïve", "", "git commit --amend"]
        rows = [WordPiece(full.ids).encode(text) for text in texts]
        ends = np.cumsum([len(row) for row in rows])
        marks = np.array([len(WordPiece(full.ids).encode(text.split(" ")[0])) for text in texts])
        tokens, new_ends, new_marks = cut.respell(np.array(sum(rows, [])), ends, marks)
        starts = np.concatenate([[0], new_ends[:-1]])
        pieces = WordPiece(cut.ids)
        for at, text in enumerate(texts):
            self.assertEqual(tokens[starts[at] : new_ends[at]].tolist(), pieces.encode(text))
            self.assertEqual(new_marks[at], len(pieces.encode(text.split(" ")[0])))

    def test_frames_a_pair(self):
        with tempfile.TemporaryDirectory() as folder:
            corpus = Corpus([context.write_collection(Path(folder) / "a")])
        pairs = Pairs(corpus, "cpu", max_tokens=24)
        rows = lambda tokens, ends, at: tokens[(ends[at - 1] if at else 0) : ends[at]].tolist()
        queries, passages = torch.arange(12), torch.arange(12) + 7
        for mode in (WHOLE, BARE):
            ids, types, mask = pairs.frame(queries, passages, torch.full((12,), mode))
            for at in range(12):
                query = rows(corpus.query_tokens, corpus.query_ends, at)
                passage = rows(corpus.tokens, corpus.ends, at + 7)[3 * (mode == BARE) :]
                expected = [101, *query, 102, *passage[: 24 - len(query) - 3], 102]
                self.assertEqual(ids[at][mask[at]].tolist(), expected)
                self.assertEqual(types[at].sum(), len(expected) - len(query) - 2)
                self.assertEqual(ids[at][~mask[at]].sum(), 0)

    def test_reads_a_passage_without_its_first_sentence(self):
        with tempfile.TemporaryDirectory() as folder:
            corpus = Corpus([context.write_collection(Path(folder) / "a")])
        corpus.sentence = np.arange(40) % 3
        pairs = Pairs(corpus, "cpu", max_tokens=64)
        ids, types, mask = pairs.frame(torch.arange(12), torch.arange(12), torch.full((12,), CLOZE))
        for at in range(12):
            start, end = corpus.ends[at - 1] if at else 0, corpus.ends[at]
            text = corpus.tokens[start:end].tolist()
            without = text[:3] + (text[3 + at % 3 :] or text[3:])
            self.assertEqual(ids[at][mask[at] & (types[at] == 1)].tolist(), [*without, 102])

    def test_reads_the_window_with_most_words_of_the_query(self):
        with tempfile.TemporaryDirectory() as folder:
            corpus = Corpus([context.write_collection(Path(folder) / "a")])
        corpus.query_tokens, corpus.query_ends = np.array([7, 8, 9] * 12), np.arange(1, 13) * 3
        corpus.context[:] = 1
        text = [5, *range(100, 110), 7, 7, *range(110, 120), 8, 3, 9, *range(120, 130)]
        corpus.tokens, corpus.ends = np.array(text * 40), np.arange(1, 41) * len(text)
        pairs = Pairs(corpus, "cpu", max_tokens=64, window=10)
        pairs.common[:] = False
        pairs.common[3] = True
        ids, types, mask = pairs.frame(torch.arange(2), torch.arange(2), torch.zeros(2, dtype=torch.long))
        self.assertEqual(ids[1][mask[1] & (types[1] == 1)].tolist(), [5, 118, 119, 8, 3, 9, *range(120, 125), 102])


if __name__ == "__main__":
    unittest.main()
