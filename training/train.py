"""Trains one model by one stage.

    python3 training/train.py STAGE.json OUT [--device cuda] [--minutes N] [--steps N]

OUT/ gets log.jsonl (a JSON line for each report), state.pt (to go on from, written every few minutes) and,
at the end and at every evaluation, the checkpoint folder OUT/model. A run that is started again goes on.

A stage's settings, with their defaults, are the fields of Stage below; training/stages/ has those that are
used. The learning rate rises over the first steps and falls to 0 with the last one, by the share that is
done of `steps`, or of `minutes` spent in steps: a machine that others use too is not as fast all the time.
"""

import argparse
import json
import time
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import torch

from corpus import WORK, Corpus, training_collections
from evaluate import evaluate
from losses import embedding_loss, head_start, height_loss, height_of, label_loss, teacher_divergence
from model import build, describe, half_precision, load, save, shrink, with_prefix
from pairs import CLOZE, PASSAGE_TOKENS, WHOLE, Pairs, score
from sampling import ListShape, Sampler
from teach import read_scores
from tensors import read_safetensors
from vocabulary import Vocabulary


@dataclass(frozen=True)
class Stage:
    init: str  # safetensors file to begin from, relative to training/work
    teacher: str = "mix"  # scores of the lists: work/teachers/NAME.f16
    vocabulary: str = ""  # work/NAME, kept tokens; all where empty
    init_vocabulary: str = ""  # that of `init`
    layers: tuple = ()  # of init, which to keep; all where empty
    inner: int = 0  # neurons of the feed-forward to keep; all where 0
    lists: int = 128  # a step
    hard: int = 11
    swapped: int = 2
    random: int = 2
    max_tokens: int = 128
    window: int = 0  # characters of a passage's own text; all where 0
    written: int = 1  # how often written queries come, for once that others do
    mentors: tuple = ()  # checkpoint folders in training/work, of the same vocabulary, whose logits are imitated
    imitation: float = 1.0  # weight of that loss
    unlabelled: float = 1.0  # share of the queries without labels that are used
    rate: float = 2e-4
    warmup: float = 0.05  # share of the steps
    weight_decay: float = 0.01
    divergence: float = 1.0  # weights of the losses
    labels: float = 0.0
    height: float = 0.1
    residual: float = 0.0  # how much of the teacher's logits the labels' loss adds to the model's
    embedding: float = 0.0  # the second head
    guide: str = ""  # an embedder's safetensors in training/work: the second head's vectors follow its
    guide_vocabulary: str = ""  # that of `guide`
    guided: int = 2  # of each list so many passages, the right one first, and the query
    temperature: float = 1.0
    frozen_words: bool = False  # word vectors stay as they are: less to do for a CPU
    steps: int = 0
    minutes: float = 0
    seed: int = 1
    chunk: int = 512  # pairs that are run at once
    report_every: int = 50
    evaluate_minutes: float = 2
    evaluate_queries: int = 100
    save_minutes: float = 5


def read_stage(path, **changes):
    settings = json.loads(Path(path).read_text())
    known = {field.name for field in fields(Stage)}
    unknown = set(settings) - known
    if unknown:
        raise ValueError(f"{path}: unknown settings {sorted(unknown)}; there are {sorted(known)}")
    if settings.get("embedding") and not settings.get("guide"):
        raise ValueError(f"{path}: embedding needs a guide, whose vectors the second head follows")
    settings.update({name: value for name, value in changes.items() if value is not None})
    return Stage(**{**settings, "layers": tuple(settings.get("layers", ())), "mentors": tuple(settings.get("mentors", ()))})


class Training:
    def __init__(self, stage, out, device):
        self.stage, self.out, self.device = stage, Path(out), device
        self.out.mkdir(parents=True, exist_ok=True)
        self.vocabulary = Vocabulary.read(WORK / stage.vocabulary if stage.vocabulary else None)
        self.corpus = Corpus(training_collections(), self.vocabulary)
        self.pairs = Pairs(self.corpus, device, stage.max_tokens, stage.window)
        shape = ListShape(stage.hard, stage.swapped, stage.random)
        scores = read_scores(stage.teacher, self.corpus)
        self.sampler = Sampler(self.corpus, scores, shape, stage.seed, unlabelled=stage.unlabelled, written=stage.written)
        self.model = self.initial_model().to(device)
        self.guide = self.of_vocabulary(read_safetensors(WORK / stage.guide), stage.guide_vocabulary).to(device).eval() if stage.guide else None
        self.mentors = [load(WORK / folder).to(device).eval() for folder in stage.mentors]
        self.optimizer = self.make_optimizer()
        self.step, self.seconds = 0, 0.0
        self.resume()

    def initial_model(self):
        stage = self.stage
        return self.of_vocabulary(shrink(read_safetensors(WORK / stage.init), stage.layers, stage.inner), stage.init_vocabulary)

    def of_vocabulary(self, weights, had):
        """A model of weights whose vocabulary is `had`, with this training's tokens."""
        had = Vocabulary.read(WORK / had if had else None)
        rows = [had.ids[token] for token in self.vocabulary.tokens]
        name = "bert.embeddings.word_embeddings.weight"
        weights = with_prefix(weights)
        return build({**weights, name: weights[name][rows]}, self.stage.seed)

    def make_optimizer(self):
        if self.stage.frozen_words:
            self.model.bert.embeddings["word_embeddings"].weight.requires_grad_(False)
        parts = [part for part in self.model.parameters() if part.requires_grad]
        groups = [
            {"params": [part for part in parts if part.ndim > 1], "weight_decay": self.stage.weight_decay},
            {"params": [part for part in parts if part.ndim <= 1], "weight_decay": 0.0},
        ]
        return torch.optim.AdamW(groups, lr=self.stage.rate, betas=(0.9, 0.98), eps=1e-6)

    # ------------------------------------------------------------ a step

    def losses(self, batch):
        stage = self.stage
        to = lambda values: torch.from_numpy(values).to(self.device)
        passages, valid, labelled = to(batch.passages), to(batch.valid), to(batch.labelled)
        negative, teacher = to(batch.negative), to(batch.teacher)
        size = passages.shape[1]
        queries = to(batch.queries).repeat_interleave(size)
        mode = to(batch.mode)
        losses = {}
        with half_precision(self.device):
            logits = score(
                self.model, self.pairs, queries, passages.reshape(-1), mode.repeat_interleave(size), stage.chunk
            )
        logits = logits.view(-1, size)
        # Teachers have read the first sentence.
        taught = mode != CLOZE
        if stage.divergence and taught.any():
            of = logits[taught], teacher[taught], valid[taught]
            losses["divergence"] = teacher_divergence(*of, stage.temperature) * taught.float().mean()
        if self.mentors:
            # Strangers too: a mentor reads whatever the model reads.
            imitated = self.imitated(queries, passages.reshape(-1), mode.repeat_interleave(size)).view(-1, size)
            losses["imitation"] = teacher_divergence(logits, imitated, valid) + height_of(logits, imitated, valid)
        if stage.labels:
            start = head_start(teacher, stage.hard + 1) * (stage.residual * (mode == WHOLE))[:, None]
            losses["labels"] = label_loss(logits + start, negative, labelled)
        if stage.height:
            losses["height"] = height_loss(logits, negative, labelled)
        if stage.embedding:
            texts = (self.pairs.queries, to(batch.queries)), (self.pairs.passages, passages[:, : stage.guided].reshape(-1))
            losses["embedding"] = sum(self.strayed(*each) for each in texts) / len(texts)
        return losses

    def imitated(self, queries, passages, mode):
        """The mentors' mean logits [B * K]"""
        with torch.no_grad(), half_precision(self.device):
            scores = [score(mentor, self.pairs, queries, passages, mode, 2 * self.stage.chunk) for mentor in self.mentors]
        return torch.stack(scores).mean(0)

    def strayed(self, texts, rows):
        """How far the second head's vectors lie from the guide's."""
        ids, mask = self.pairs.single(texts, rows, PASSAGE_TOKENS)
        with half_precision(self.device):
            with torch.no_grad():
                wanted = self.guide.embed(ids, mask)
            return embedding_loss(self.model.embed(ids, mask), wanted)

    def share(self):
        """What is done, 0 to 1."""
        return self.step / self.stage.steps if self.stage.steps else self.seconds / (60 * self.stage.minutes)

    def run_step(self):
        share = self.share()
        rate = self.stage.rate * min(1, share / self.stage.warmup, 1 - share)
        for group in self.optimizer.param_groups:
            group["lr"] = max(rate, 1e-7)
        losses = self.losses(self.sampler.batch(self.stage.lists))
        total = sum(getattr(self.stage, name) * loss for name, loss in losses.items())
        self.optimizer.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        return {name: float(loss.detach()) for name, loss in losses.items()}

    # ------------------------------------------------------------ a run

    def run(self):
        self.log(event="start", step=self.step, **describe(self.model), lists=self.corpus.queries)
        sums, count, began = {}, 0, time.time()
        evaluated = saved = began
        while self.share() < 1:
            started = time.time()
            for name, value in self.run_step().items():
                sums[name] = sums.get(name, 0) + value
            count += 1
            self.seconds += time.time() - started
            if self.step % self.stage.report_every == 0:
                pairs = count * self.stage.lists * self.sampler.shape.size
                rates = {name: round(value / count, 4) for name, value in sums.items()}
                self.log(event="step", step=self.step, share=round(self.share(), 3), **rates, pairs_per_s=round(pairs / (time.time() - began), 1))
                sums, count, began = {}, 0, time.time()
            if time.time() - evaluated > 60 * self.stage.evaluate_minutes:
                self.evaluate(self.stage.evaluate_queries)
                evaluated, began, sums, count = time.time(), time.time(), {}, 0
            if time.time() - saved > 60 * self.stage.save_minutes:
                self.save_state()
                saved = time.time()
        self.save_state()
        self.evaluate(self.stage.evaluate_queries)
        (self.out / "done").write_text(f"{self.step}\n")

    def evaluate(self, queries):
        self.write_model()
        for name, result in evaluate(self.model, self.vocabulary, self.device, queries).items():
            self.log(event="evaluation", step=self.step, collection=name, **result)

    def write_model(self):
        save(self.model, self.out / "model")
        if not self.vocabulary.is_full:
            kept = json.dumps(self.vocabulary.tokens, ensure_ascii=False)
            (self.out / "model" / "vocabulary.json").write_text(kept)

    def save_state(self):
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "seconds": self.seconds,
            "random": self.sampler.random.bit_generator.state,
            "order": self.sampler.order,
        }
        torch.save(state, self.out / "state.unfinished")
        (self.out / "state.unfinished").replace(self.out / "state.pt")

    def resume(self):
        path = self.out / "state.pt"
        if not path.exists():
            return
        extra = {} if torch.__version__.startswith("1.") else {"weights_only": False}
        state = torch.load(path, map_location=self.device, **extra)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.seconds = state["step"], state["seconds"]
        self.sampler.random.bit_generator.state = state["random"]
        self.sampler.order = state["order"]

    def log(self, **entry):
        line = json.dumps({"time": time.strftime("%H:%M:%S"), **entry})
        print(line, flush=True)
        with (self.out / "log.jsonl").open("a") as log:
            log.write(line + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("stage", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--steps", type=int)
    arguments = parser.parse_args()
    stage = read_stage(arguments.stage, minutes=arguments.minutes, steps=arguments.steps)
    if not stage.steps and not stage.minutes:
        parser.error("say how long: --steps or --minutes")
    Training(stage, arguments.out, arguments.device).run()


if __name__ == "__main__":
    main()
