import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeReranker } from '../../testing/small-index.js';
import type { Candidate } from '../candidate.js';
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

  it('ends when the first ones are settled', async () => {
    const far = list(20).map((entry, at) => (at < 3 ? entry : { ...entry, firstStage: 0.1, score: 0.1 }));
    const { texts } = await read(far, { most: 20, budget: Infinity, settle: 3 }, { weight: 0.4 });
    expect(texts).toEqual(['Text 0', 'Text 1', 'Text 2']);
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

function lookup(has: (id: number) => boolean): PassageLookup {
  const passageOf = (id: number): [number, Passage] => [
    id,
    { id, text: `Text ${id}`, page: { url: '', title: '' }, section: { anchor: '', trail: [] } },
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
): Promise<{ texts: string[]; rankings: Ranking[] }> {
  const texts: string[] = [];
  const probabilities = async (_: string, passages: readonly string[]): Promise<number[]> => {
    texts.push(...passages);
    vi.advanceTimersByTime(PACE * passages.length);
    return passages.map(() => 0.5);
  };
  const reranker = new Part<CrossEncoder>(async () => ({
    ...fakeReranker(() => 0.5),
    probabilities,
    pace: () => PACE,
  }));
  const reader = { reranker, passages: lookup(() => true), weight: 1, headingJoint: ': ', ...more };
  const rankings: Ranking[] = [];
  for await (const ranking of readCandidates(reader, 'query', candidates, reading, undefined))
    rankings.push(ranking);
  return { texts, rankings };
}
