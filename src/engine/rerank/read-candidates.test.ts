import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeReranker } from '../../testing/small-index.js';
import type { Candidate } from '../candidate.js';
import type { Matches } from '../excerpt.js';
import type { Passage } from '../index-file/passage-file.js';
import { Part } from '../part.js';
import type { Ranking } from '../rank.js';
import type { PassageLookup } from '../retriever.js';
import type { CrossEncoder } from './cross-encoder.js';
import { readCandidates, type Reader } from './read-candidates.js';
import type { Reading } from './reading.js';

/** Milliseconds that a passage takes. */
const PACE = 10;

describe('readCandidates', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('reads the best first, four at a time, and says how far it is', async () => {
    const { texts, rankings } = await read(list(10), { most: 6, budget: Infinity });
    expect(texts).toEqual(['Text 0', 'Text 1', 'Text 2', 'Text 3', 'Text 4', 'Text 5']);
    expect(rankings.map(({ progress }) => progress)).toEqual([
      { read: 4, of: 6 },
      { read: 6, of: 6 },
    ]);
    expect(rankings.at(-1)!.candidates).toHaveLength(10);
  });

  it('reads as many as the budget has time for, as fast as the device was', async () => {
    const { rankings } = await read(list(30), { most: 30, budget: 100 });
    expect(rankings.map(({ progress }) => progress)).toEqual([
      { read: 4, of: 10 },
      { read: 8, of: 10 },
      { read: 10, of: 10 },
    ]);
  });

  it('reads a batch however small the budget is', async () => {
    const { rankings } = await read(list(30), { most: 30, budget: 1 });
    expect(rankings.map(({ progress }) => progress)).toEqual([{ read: 4, of: 4 }]);
  });

  it('reads of those beyond the first ones only what may yet come among them', async () => {
    const firstStages = [1, 0.5, 0.45, 0.4, 0.1, 0.1];
    const spread = firstStages.map((score, passage) => ({ passage, score, firstStage: score, exact: false }));
    const { texts } = await read(spread, { most: 20, budget: Infinity, settle: 3 }, { weight: 0.2 });
    expect(texts).toEqual(['Text 0', 'Text 1', 'Text 2', 'Text 3']);
  });

  it('ends where those read let expect that no other comes among the first', async () => {
    const spread = (): Candidate[] =>
      Array.from({ length: 20 }, (_, passage) => {
        const score = 0.8 - passage / 50;
        return { passage, score, firstStage: score, exact: false };
      });
    const onALine = await read(
      spread(),
      { most: 20, budget: Infinity, settle: 3 },
      { weight: 0.5 },
      (text) => 0.8 - Number(text.slice(5)) / 50,
    );
    expect(onALine.texts.length).toBeLessThan(12);
    const anywhere = await read(
      spread(),
      { most: 20, budget: Infinity, settle: 3 },
      { weight: 0.5 },
      (text) => ((Number(text.slice(5)) * 7) % 20) / 20,
    );
    expect(anywhere.texts.length).toBeGreaterThan(onALine.texts.length);
  });

  it('takes what makes no number for a no', async () => {
    const { rankings } = await read(list(6), { most: 4, budget: Infinity }, {}, () => NaN);
    for (const { score, rerank, counted } of rankings.at(-1)!.candidates.slice(0, 4))
      expect([score, rerank, counted]).toEqual([0, 0, 0]);
    const { rankings: sure } = await read(list(2), { most: 2, budget: Infinity }, { odds: 0 }, () => 1);
    expect(sure.at(-1)!.candidates.map(({ counted }) => counted)).toEqual([0, 0]);
  });

  it('reads of a long passage the part that has the words of the query', async () => {
    const text = `${'Nothing of it is here. '.repeat(20)}A needle lies in this. ${'Nor here. '.repeat(20)}`;
    const { texts } = await read(
      list(1),
      { most: 1, budget: Infinity },
      { window: 60, passages: lookup(() => true, text) },
    );
    expect(texts[0]).toMatch(/needle/);
    expect(texts[0]!.length).toBeLessThanOrEqual(60);
  });

  it('lets the odds of a probability count in the score, and keeps the probability', async () => {
    const { rankings } = await read(list(1), { most: 1, budget: Infinity }, { odds: 1 / 3 });
    expect(rankings[0]!.candidates[0]).toMatchObject({ rerank: 0.5, counted: 0.25, score: 0.25 });
  });

  it('goes on without a passage that cannot be had', async () => {
    const { texts, rankings } = await read(
      list(3),
      { most: 3, budget: Infinity },
      {
        passages: lookup((id) => id !== 1),
      },
    );
    expect(texts).toEqual(['Text 0', 'Text 2']);
    expect(rankings.at(-1)!.candidates).toHaveLength(3);
  });
});

function list(length: number): Candidate[] {
  return Array.from({ length }, (_, passage) => {
    const score = 1 - passage / 1000;
    return { passage, score, firstStage: score, exact: false };
  });
}

const words: Matches = (text) =>
  [...text.matchAll(/needle/g)].map(({ index }) => ({
    ...{ term: 'needle', start: index, end: index + 6, whole: true },
  }));

function lookup(has: (id: number) => boolean, text?: string): PassageLookup {
  const passageOf = (id: number): [number, Passage] => [
    id,
    { id, text: text ?? `Text ${id}`, page: { url: '', title: '' }, section: { anchor: '', trail: [] } },
  ];
  return {
    get: async (ids) => ({ passages: new Map(ids.filter(has).map(passageOf)), failures: [] }),
    has: () => true,
    pageOf: (id) => id,
  };
}

async function read(
  candidates: readonly Candidate[],
  reading: Reading,
  more: Partial<Reader> = {},
  probabilityOf: (text: string) => number = () => 0.5,
): Promise<{ texts: string[]; rankings: Ranking[] }> {
  const texts: string[] = [];
  const probabilities = async (_: string, passages: readonly string[]): Promise<number[]> => {
    texts.push(...passages);
    vi.advanceTimersByTime(PACE * passages.length);
    return passages.map(probabilityOf);
  };
  const reranker = new Part<CrossEncoder>(async () => ({
    ...fakeReranker(() => 0.5),
    probabilities,
    pace: (): number => PACE,
    dispose: async () => undefined,
  }));
  const reader = { reranker, passages: lookup(() => true), weight: 1, headingJoint: ': ', ...more };
  const rankings: Ranking[] = [];
  for await (const ranking of readCandidates(reader, 'query', words, candidates, reading, undefined))
    rankings.push(ranking);
  return { texts, rankings };
}
