"""Chooses what a query's list holds in one step: a right passage, near misses, and strangers.

A list of near misses alone, with labels that concentrate on popular passages, teaches which passages
are popular. So each list also has right passages of other queries, which makes every passage a negative
as often as it is a positive, and passages drawn at random.
"""

from dataclasses import dataclass

import numpy as np

from corpus import KINDS, LABELLED, SENTENCE
from pairs import BARE, CLOZE, WHOLE

HEADINGS = [KINDS.index(kind) for kind in ("heading", "how-to")]
# Of these a person said what is right, in words of their own. What the teachers prefer to it is what there is to learn.
TRUSTED = [KINDS.index(kind) for kind in ("question", "written")]
WRITTEN = KINDS.index("written")
# Of a passage that a first sentence leads to, at least so many tokens stand behind it.
LEAST_REST = 12


@dataclass(frozen=True)
class ListShape:
    """How many of each; the right one comes first."""

    hard: int
    swapped: int
    random: int

    @property
    def size(self):
        return 1 + self.hard + self.swapped + self.random


@dataclass
class Batch:
    """B lists of K passages."""

    queries: np.ndarray  # [B]
    passages: np.ndarray  # [B, K]
    teacher: np.ndarray  # [B, K] logits
    valid: np.ndarray  # [B, K] bool: takes part in the list
    labelled: np.ndarray  # [B] bool: column 0 is known to be right
    negative: np.ndarray  # [B, K] bool: can be called wrong
    mode: np.ndarray  # [B] how the list's passages are read: pairs.WHOLE, BARE or CLOZE


class Sampler:
    """
    corpus: Corpus; teacher: float32 [Q, C], logits of each list's candidates
    too_close: a candidate whose teacher's logit is within this of the right one's is no negative: like
    enough it is right too (but see TRUSTED)
    unlabelled: of the queries without labels, the share that is used
    written: how often a query that was written for a passage comes, for once that another does
    """

    def __init__(self, corpus, teacher, shape, seed, too_close=1.0, bare_share=0.3, unlabelled=1.0, written=1):
        self.corpus, self.teacher, self.shape = corpus, teacher, shape
        self.random = np.random.default_rng(seed)
        self.bare_share = bare_share
        there = corpus.lists >= 0
        right = (corpus.grades > 0) & there
        self.labelled = np.isin(corpus.kind, LABELLED) & right.any(1)
        # Where nothing stands behind the sentence, it would be its own answer.
        text = np.diff(np.concatenate([[0], corpus.ends])) - corpus.context - corpus.sentence
        self.labelled &= (corpus.kind != SENTENCE) | ~(right & (text[corpus.lists] < LEAST_REST)).any(1)
        best = np.where(right, teacher, -np.inf).max(1, keepdims=True)
        same_section = self.same_section(right)
        self.right = right
        # What no list may call wrong: right ones, their sections' other passages, and what the teacher likes as much.
        self.hard = there & ~right & ~same_section
        self.false = np.isfinite(best) & (teacher > best - too_close) & self.hard
        self.false &= ~np.isin(corpus.kind, TRUSTED)[:, None]
        used = self.labelled | (self.random.random(corpus.queries) < unlabelled)
        used &= self.labelled | (corpus.kind != SENTENCE)
        times = np.where(corpus.kind == WRITTEN, written, 1) * ((there.sum(1) >= min(4, corpus.depth)) & used)
        self.usable = np.repeat(np.arange(corpus.queries), times)
        self.order = np.empty(0, np.int64)

    def same_section(self, right):
        """[Q, C]: candidates of a section that a right candidate is of, without the right ones."""
        corpus = self.corpus
        section = corpus.section[corpus.lists]
        same = np.zeros_like(right)
        for column in range(right.shape[1]):
            rows = np.flatnonzero(right[:, column])
            same[rows] |= section[rows] == section[rows, column][:, None]
        return same & ~right & (corpus.lists >= 0)

    def next_queries(self, count):
        """The usable queries in random order, each as often as it shall before any comes again."""
        while len(self.order) < count:
            self.order = np.concatenate([self.order, self.random.permutation(self.usable)])
        taken, self.order = self.order[:count], self.order[count:]
        return taken

    def batch(self, count):
        corpus, shape = self.corpus, self.shape
        queries = self.next_queries(count)
        labelled = self.labelled[queries]
        lists, teacher = corpus.lists[queries], self.teacher[queries]
        # Column 0: a right candidate at random; of an unlabelled query, one that the teacher likes.
        liked = np.where(corpus.lists[queries] >= 0, teacher, -np.inf)
        liked = liked >= np.sort(liked, 1)[:, -2:-1]
        first = self.pick(np.where(labelled[:, None], self.right[queries], liked), 1)
        hard_mask = np.where(labelled[:, None], self.hard[queries], lists >= 0)
        np.put_along_axis(hard_mask, first, False, 1)
        hard = self.pick(hard_mask, shape.hard)
        columns = np.concatenate([first, hard], 1)
        listed = np.take_along_axis(lists, columns, 1)
        known = np.take_along_axis(teacher, columns, 1)
        allowed = np.concatenate([np.ones_like(first, bool), np.take_along_axis(hard_mask, hard, 1)], 1)
        false = np.take_along_axis(self.false[queries] & labelled[:, None], columns, 1)

        strangers = np.concatenate([self.swapped(listed[:, 0]), self.strangers(queries)], 1)
        related = corpus.section[strangers] == corpus.section[listed[:, :1]]
        # A stranger is worth no more than the worst candidate that the first look found.
        floor = np.where(lists >= 0, teacher, np.inf).min(1, keepdims=True)
        valid = np.concatenate([allowed, ~related], 1)
        negative = valid & np.concatenate([~false, ~related], 1)
        negative[:, 0] = False
        return Batch(
            queries=queries,
            passages=np.concatenate([listed, strangers], 1),
            teacher=np.concatenate([known, np.repeat(floor, strangers.shape[1], 1)], 1).astype(np.float32),
            valid=valid,
            labelled=labelled,
            negative=negative,
            mode=self.mode(queries),
        )

    def mode(self, queries):
        """How lists are read [B], so that no match is for free: of a heading now and then without headings, of a first
        sentence without first sentences."""
        kind = self.corpus.kind[queries]
        bare = np.isin(kind, HEADINGS) & (self.random.random(len(queries)) < self.bare_share)
        return np.where(bare, BARE, np.where(kind == SENTENCE, CLOZE, WHOLE))

    def pick(self, mask, count):
        """mask [B, C] -> `count` columns a row at random, those of the mask first [B, count]"""
        keys = self.random.random(mask.shape) + ~mask
        return np.argsort(keys, 1)[:, :count]

    def swapped(self, first):
        """Right passages of other lists of the batch [B, swapped]"""
        shifts = 1 + self.random.permutation(len(first) - 1)[: self.shape.swapped]
        return np.stack([np.roll(first, shift) for shift in shifts], 1).reshape(len(first), -1)

    def strangers(self, queries):
        """Passages of the query's own collection at random [B, random]"""
        corpus, of = self.corpus, self.corpus.query_collection[queries]
        low, high = corpus.first_passage[of], corpus.first_passage[of + 1]
        shares = self.random.random((len(queries), self.shape.random))
        return (low[:, None] + shares * (high - low)[:, None]).astype(np.int64)
