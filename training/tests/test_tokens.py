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
        places = np.concatenate([np.arange(len(row)) for row in rows]).astype(int)
        tokens, new_ends, new_marks, (moved,) = cut.respell(np.array(sum(rows, [])), ends, marks, [places])
        starts = np.concatenate([[0], new_ends[:-1]])
        pieces = WordPiece(cut.ids)
        for at, text in enumerate(texts):
            self.assertEqual(tokens[starts[at] : new_ends[at]].tolist(), pieces.encode(text))
            self.assertEqual(new_marks[at], len(pieces.encode(text.split(" ")[0])))
            self.assertEqual(len(moved), len(tokens))
            self.assertEqual(moved[starts[at] : new_ends[at]].tolist(), sorted(moved[starts[at] : new_ends[at]]))

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

    def test_frames_a_text_by_itself(self):
        with tempfile.TemporaryDirectory() as folder:
            corpus = Corpus([context.write_collection(Path(folder) / "a")])
        pairs = Pairs(corpus, "cpu", max_tokens=24)
        ids, mask = pairs.single(pairs.passages, torch.arange(12), 20)
        for at in range(12):
            start, end = corpus.ends[at - 1] if at else 0, corpus.ends[at]
            self.assertEqual(ids[at][mask[at]].tolist(), [101, *corpus.tokens[start:end][:18], 102])
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
        """Of made-up passages the window that the engine's own words would choose (src/engine/excerpt.ts)."""
        with tempfile.TemporaryDirectory() as folder:
            corpus = Corpus([context.write_collection(Path(folder) / "a")])
        window = 50
        pairs = Pairs(corpus, "cpu", max_tokens=64, window=window)
        cut = 0
        for query in range(12):
            asked = set(rows_of(corpus.query_terms, corpus.query_term_ends, query))
            ids, types, mask = pairs.frame(torch.full((40,), query), torch.arange(40), torch.full((40,), WHOLE))
            for passage in range(40):
                tokens = rows_of(corpus.tokens, corpus.ends, passage)
                words = list(zip(rows_of(corpus.places, corpus.ends, passage), rows_of(corpus.terms, corpus.ends, passage)))[3:]
                start, end = window_of(words, asked, int(corpus.characters[passage]), window)
                cut += end - start < len(words)
                expected = [*tokens[:3], *tokens[3 + start : 3 + end], 102]
                self.assertEqual(ids[passage][mask[passage] & (types[passage] == 1)].tolist(), expected)
        self.assertGreater(cut, 100)


def rows_of(values, ends, at):
    return values[(ends[at - 1] if at else 0) : ends[at]].tolist()


def window_of(words, asked, length, window):
    """(place, term) of each token -> the tokens that the engine reads, one word a token, read as a person would."""
    if length <= window:
        return 0, len(words)
    ends = [place for place, _ in words[1:]] + [length + 1]
    best, most = None, 0
    for place, term in words:
        if term in asked:
            count = len({other for (at, other), end in zip(words, ends) if other in asked and at >= place and end - 1 <= place + 0.8 * window})
            if count > most:
                best, most = place, count
    lead = 0 if best is None else max(0, min(best - window // 5, length - window))
    start = 0 if lead == 0 else next(at for at, (place, _) in enumerate(words) if place > lead)
    until = words[start][0] + window
    end = len(words) if until >= length else sum(end <= until for end in ends)
    return start, end


if __name__ == "__main__":
    unittest.main()
