"""Prepared collections (training/prepare) put together: texts as token ids, queries, lists of candidates.

P passages, Q queries, C candidates a list. Numbers of passages, documents and sections are made
distinct over the collections. Every array is plain numpy; `training/pairs.py` moves texts to the device.
"""

import json
from pathlib import Path

import numpy as np

from vocabulary import Vocabulary

WORK = Path(__file__).parent / "work"
KINDS = ("question", "link", "heading", "how-to", "sentence", "keywords", "identifier", "written")
# Of these it is known what they lead to; the others only have their teachers' scores.
LABELLED = [KINDS.index(kind) for kind in ("question", "link", "heading", "how-to", "sentence", "written")]
# A first sentence leads to what stands behind it: such lists are read without first sentences.
SENTENCE = KINDS.index("sentence")
SENTENCE_ENDS = (".", "?", "!")
LONGEST_SENTENCE = 40
# {name: {title, licence, package, folder of its HTML, whether it is held out}}
SITES = json.loads((Path(__file__).parent / "sites.json").read_text())
# Those that are held out have queries that were written for their passages.
HELD_OUT = tuple(name for name, site in SITES.items() if site.get("held"))
DEVELOPMENT = ("tldr-npm", "scifact-dev", *HELD_OUT)
TYPES = {"u8": "u1", "u16": "<u2", "u32": "<u4", "f32": "<f4", "f16": "<f2"}
NONE = 0xFFFFFFFF
# Arrays of a folder that training reads, by name without the type.
ARRAYS = (
    "passages.tokens passages.ends passages.context passages.section passages.document "
    "passages.places passages.terms passages.characters "
    "queries.tokens queries.ends queries.kind queries.terms queries.termEnds "
    "relevant.document relevant.ends relevant.grade "
    "lists.passage lists.first lists.keyword lists.cosine lists.exact"
).split()


def training_collections():
    """Folders of the prepared collections but for the development data, in the order of their names."""
    folders = sorted(path.parent for path in (WORK / "collections").glob("*/meta.json"))
    return [folder for folder in folders if folder.name not in DEVELOPMENT]


def development_collection(name):
    return WORK / "collections" / name


def read_collection(folder):
    """A folder of arrays -> {name without its type: array}, with `meta`"""
    folder = Path(folder)
    arrays = {"meta": json.loads((folder / "meta.json").read_text())}
    for path in folder.iterdir():
        stem, _, kind = path.name.rpartition(".")
        if kind in TYPES:
            arrays[stem] = np.fromfile(path, TYPES[kind])
    missing = [name for name in ARRAYS if name not in arrays]
    if missing:
        raise ValueError(f"{folder} lacks {', '.join(missing)}: prepare the collection again")
    return arrays


class Corpus:
    """
    tokens [T], ends [P]                  the passages' tokens, one after another
    places, terms [T]                     where in the text each token's word begins; a term of that word, or 0
    characters [P]                        length of the text
    context [P]                           how many of them are title and headings
    sentence [P]                          how many of those behind are the first sentence; 0 where there is none
    section, document, collection [P]
    query_tokens, query_ends, kind, query_collection [Q]
    query_terms, query_term_ends [Q]      terms that choose what is read of a passage
    lists [Q, C]                          passages, -1 behind the last
    first, keyword, cosine [Q, C]         the first look's scores; NaN where a retriever found nothing
    exact [Q, C]                          stays on top whatever its score
    grades [Q, C]                         above 0 where the candidate is relevant
    """

    def __init__(self, folders, vocabulary=None, depth=None):
        self.vocabulary = vocabulary or Vocabulary()
        self.names = [Path(folder).name for folder in folders]
        parts = [read_collection(folder) for folder in folders]
        if not parts:
            raise ValueError(f"no prepared collections in {WORK / 'collections'}")
        self.depth = depth or min(part["meta"]["depth"] for part in parts)
        self.parts = parts
        sizes = [len(part["passages.ends"]) for part in parts]
        self.first_passage = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self.collection = np.repeat(np.arange(len(parts)), sizes)
        self.query_collection = np.repeat(np.arange(len(parts)), [len(part["queries.ends"]) for part in parts])
        self.section = self.numbered("passages.section")
        self.document = self.numbered("passages.document")
        self.kind = self.joined("queries.kind")
        self.lists = np.concatenate([self.lists_of(at) for at in range(len(parts))])
        for name in ("first", "keyword", "cosine", "exact"):
            columns = [part[f"lists.{name}"].reshape(-1, part["meta"]["depth"])[:, : self.depth] for part in parts]
            setattr(self, name, np.concatenate(columns))
        self.grades = np.concatenate([self.grades_of(part) for part in parts])
        respelt = self.respelt("passages", "passages.context", ("passages.places", "passages.terms"))
        self.tokens, self.ends, self.context, (self.places, self.terms) = respelt
        self.characters = self.joined("passages.characters").astype(np.int64)
        self.query_tokens, self.query_ends, _, _ = self.respelt("queries")
        self.query_terms, self.query_term_ends = self.joined("queries.terms"), self.ends_of("queries.terms", "queries.termEnds")
        self.sentence = self.first_sentences()
        self.parts = None

    @property
    def queries(self):
        return len(self.kind)

    @property
    def passages(self):
        return len(self.ends)

    def joined(self, name):
        return np.concatenate([part[name] for part in self.parts])

    def numbered(self, name):
        """Numbers that begin at 0 in each collection, made distinct."""
        numbers, base = [], 0
        for part in self.parts:
            values = part[name].astype(np.int64)
            numbers.append(values + base)
            base += int(values.max(initial=-1)) + 1
        return np.concatenate(numbers)

    def first_sentences(self):
        """Tokens of each passage's first sentence, its point included [P]"""
        ends = [self.vocabulary.ids[point] for point in SENTENCE_ENDS]
        points = np.flatnonzero(np.isin(self.tokens, ends))
        starts = np.concatenate([[0], self.ends[:-1]]) + self.context
        place = np.searchsorted(points, starts)
        found = np.append(points, len(self.tokens))[place] + 1
        found = np.where((found <= self.ends) & (found - starts <= LONGEST_SENTENCE), found - starts, 0)
        # Where it is a query, it is known: points inside names end nothing.
        asked = np.flatnonzero((self.kind == SENTENCE) & (self.grades > 0).any(1))
        right = self.lists[asked, (self.grades[asked] > 0).argmax(1)]
        lengths = self.query_ends[asked] - np.concatenate([[0], self.query_ends])[asked] + 1
        np.maximum.at(found, right, np.minimum(lengths, (self.ends - starts)[right]))
        return found

    def lists_of(self, at):
        part = self.parts[at]
        lists = part["lists.passage"].reshape(-1, part["meta"]["depth"])[:, : self.depth].astype(np.int64)
        return np.where(lists == NONE, -1, lists + self.first_passage[at])

    def grades_of(self, part):
        """[Q, C] of one collection: the grade of each candidate's document for its query."""
        depth = part["meta"]["depth"]
        lists = part["lists.passage"].reshape(-1, depth)[:, : self.depth].astype(np.int64)
        count = len(lists)
        query = np.repeat(np.arange(count), np.diff(np.concatenate([[0], part["relevant.ends"]])))
        width = 1 + int(max(part["passages.document"].max(), part["relevant.document"].max(initial=0)))
        known = query * width + part["relevant.document"].astype(np.int64)
        order = np.argsort(known)
        documents = part["passages.document"].astype(np.int64)[np.where(lists == NONE, 0, lists)]
        wanted = np.arange(count)[:, None] * width + documents
        place = np.searchsorted(known[order], wanted).clip(max=max(0, len(known) - 1))
        found = (known[order][place] == wanted) & (lists != NONE) if len(known) else np.zeros_like(wanted, bool)
        grade = part["relevant.grade"][order][place] if len(known) else 0
        return np.where(found, grade, 0).astype(np.uint8)

    def ends_of(self, values, ends):
        """Where the rows of an array end, over all collections."""
        sizes = np.cumsum([0] + [len(part[values]) for part in self.parts[:-1]])
        return np.concatenate([part[ends].astype(np.int64) + base for part, base in zip(self.parts, sizes)])

    def respelt(self, name, marks=None, columns=()):
        """Tokens of all collections in this corpus's vocabulary, their rows' ends, counts that moved along, and what
        is said of each token."""
        ends = self.ends_of(f"{name}.tokens", f"{name}.ends")
        tokens = self.joined(f"{name}.tokens")
        counts = self.joined(marks).astype(np.int64) if marks else None
        of_tokens = [self.joined(column) for column in columns]
        if self.vocabulary.is_full:
            return tokens, ends, counts, of_tokens
        return self.vocabulary.respell(tokens.astype(np.int64), ends, counts, of_tokens)
