"""Cuts the vocabulary to what documentation uses: 30,522 word vectors are two thirds of a small model.

    python3 training/vocabulary.py SIZE        -> training/work/vocabulary-SIZE.json

A token that is dropped is spelt with shorter ones, as the tokeniser with the cut vocabulary spells it,
so the data need not be tokenised again: whole words are respelt where they hold a dropped token.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from wordpiece import SPECIAL, WordPiece, read_vocabulary

TOKENIZER = Path(__file__).parent / "tokenizer.json"


class Vocabulary:
    """The kept tokens, and the way from the full vocabulary's ids to theirs."""

    def __init__(self, kept=None):
        """kept: tokens in the order of their ids; all of BERT's where none are named"""
        self.full = read_vocabulary(TOKENIZER)
        self.tokens = kept or sorted(self.full, key=self.full.get)
        self.ids = {token: number for number, token in enumerate(self.tokens)}
        self.cls, self.sep = self.ids["[CLS]"], self.ids["[SEP]"]
        by_id = sorted(self.full, key=self.full.get)
        self.rows = np.array([self.full[token] for token in self.tokens])
        self.new = np.array([self.ids.get(token, -1) for token in by_id])
        self.continues = np.array([token.startswith("##") for token in by_id])
        self.by_id = by_id
        self.pieces = WordPiece(self.ids)

    @classmethod
    def read(cls, path):
        return cls(json.loads(Path(path).read_text())) if path else cls()

    @property
    def is_full(self):
        return len(self.tokens) == len(self.full)

    def respell(self, tokens, ends, marks=None, columns=()):
        """Rows of the full vocabulary's ids, one after another -> the same in this vocabulary.

        tokens [T], ends [rows]; marks [rows]: counts from each row's start that are to move along; columns: arrays
        [T] of what is said of each token. All tokens of a word that is respelt get that of its first.
        Returns tokens, ends, marks and columns.
        """
        starts = np.concatenate([[0], ends[:-1]]).astype(np.int64)
        first = ~self.continues[tokens]
        first[starts[starts < len(tokens)]] = True
        word = np.cumsum(first) - 1
        begins = np.flatnonzero(first)
        counts = np.diff(np.append(begins, len(tokens)))
        dropped = np.zeros(len(begins), bool)
        dropped[word[self.new[tokens] < 0]] = True
        spelt, memo = {}, {}
        for at in np.flatnonzero(dropped):
            key = tuple(tokens[begins[at] : begins[at] + counts[at]].tolist())
            if key not in memo:
                memo[key] = self.pieces.split("".join(self.by_id[i].removeprefix("##") for i in key))
            spelt[at] = memo[key]
            counts[at] = len(memo[key])
        places = np.concatenate([[0], np.cumsum(counts)])
        result = np.empty(places[-1], np.int32)
        same = ~dropped[word]
        inside = np.arange(len(tokens)) - begins[word]
        result[(places[word] + inside)[same]] = self.new[tokens[same]]
        moved = [np.repeat(column[begins], counts) for column in columns]
        for column, old in zip(moved, columns):
            column[(places[word] + inside)[same]] = old[same]
        for at, ids in spelt.items():
            result[places[at] : places[at] + len(ids)] = ids
        # A count moves to where the word begins that stood there.
        word_at = np.append(word, len(begins))
        new_ends = places[word_at[ends]]
        if marks is None:
            return result, new_ends, None, moved
        stop = np.minimum(starts + marks, ends)
        new_starts = np.concatenate([[0], new_ends[:-1]])
        return result, new_ends, places[word_at[stop]] - new_starts, moved

    def write_tokenizer(self, folder):
        """Writes tokenizer.json with this vocabulary."""
        tokenizer = json.loads(TOKENIZER.read_text())
        tokenizer["model"]["vocab"] = self.ids
        for token in tokenizer["added_tokens"]:
            token["id"] = self.ids[token["content"]]
        for name, special in tokenizer["post_processor"]["special_tokens"].items():
            special["ids"] = [self.ids[name]]
        tokenizer["truncation"] = tokenizer["padding"] = None
        text = json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":"))
        (Path(folder) / "tokenizer.json").write_text(text)


def choose(counts, size):
    """counts [30522] of each token in the data -> the tokens to keep, in BERT's order"""
    full = read_vocabulary(TOKENIZER)
    spelling = [chr(code) for code in range(33, 127)]
    always = {*SPECIAL, *spelling, *(f"##{character}" for character in spelling)}
    ranked = sorted(full, key=lambda token: (token not in always, -counts[full[token]], full[token]))
    return sorted(ranked[:size], key=full.get)


def main():
    from corpus import WORK, Corpus, training_collections

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("size", type=int)
    size = parser.parse_args().size
    corpus = Corpus(training_collections())
    counts = np.bincount(corpus.tokens, minlength=30522) + np.bincount(corpus.query_tokens, minlength=30522)
    kept = choose(counts, size)
    path = WORK / f"vocabulary-{size}.json"
    path.write_text(json.dumps(kept, ensure_ascii=False))
    vocabulary = Vocabulary(kept)
    respelt, _, _, _ = vocabulary.respell(corpus.tokens, corpus.ends)
    longer = len(respelt) / len(corpus.tokens) - 1
    print(json.dumps({"file": str(path), "tokens": len(kept), "texts_longer": round(float(longer), 5)}))


if __name__ == "__main__":
    main()
