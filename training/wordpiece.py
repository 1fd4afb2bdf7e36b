"""BERT's tokeniser (uncased), for tests and for cutting the vocabulary; the data itself comes tokenised
from the product (training/prepare)."""

import json
import unicodedata
from pathlib import Path

LONGEST_WORD = 100
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


class WordPiece:
    def __init__(self, vocabulary):
        """vocabulary: {token: id}"""
        self.vocabulary = vocabulary

    def encode(self, text):
        """-> ids, without special tokens"""
        return [piece for word in words_of(text) for piece in self.split(word)]

    def split(self, word):
        """A word -> ids of the longest pieces from the left; that of [UNK] where they do not cover it."""
        ids, start = [], 0
        if len(word) > LONGEST_WORD:
            return [self.vocabulary["[UNK]"]]
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = ("##" if start else "") + word[start:end]
                if piece in self.vocabulary:
                    break
            else:
                return [self.vocabulary["[UNK]"]]
            ids.append(self.vocabulary[piece])
            start = end
        return ids


def read_vocabulary(tokenizer_json):
    return json.loads(Path(tokenizer_json).read_text())["model"]["vocab"]


def words_of(text):
    """Lower case without accents, cut at white space, marks and Chinese characters."""
    text = unicodedata.normalize("NFD", "".join(map(cleaned, text)).lower())
    words = []
    for run in text.split():
        word = ""
        for character in run:
            if unicodedata.category(character) == "Mn":
                continue
            if is_mark(character):
                words += [word, character]
                word = ""
            else:
                word += character
        words.append(word)
    return [word for word in words if word]


def cleaned(character):
    if character in "\t\n\r" or unicodedata.category(character) == "Zs":
        return " "
    if ord(character) in (0, 0xFFFD) or unicodedata.category(character) in ("Cc", "Cf", "Cn", "Co"):
        return ""
    return f" {character} " if 0x4E00 <= ord(character) <= 0x9FFF else character


def is_mark(character):
    code = ord(character)
    ascii_mark = 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126
    return ascii_mark or unicodedata.category(character).startswith("P")
