import { describe, expect, it } from 'vitest';
import { SearchError } from '../engine/errors.js';
import { thrownBy } from '../testing/damage.js';
import { chooseVectors, type VectorChoice } from './choose-vectors.js';
import { type IndexSiteOptions, planOf } from './index-options.js';

describe('chooseVectors', () => {
  it('loads all vectors of a small site, and 1-bit codes of a large one, and says what that takes', () => {
    expect(chooseVectors('auto', 20_000, 384)).toMatchObject({
      mode: 'flat',
      why: expect.stringContaining('7.7 MB') as string,
    });
    expect(chooseVectors('auto', 20_001, 384).mode).toBe('binary');
    const { why } = chooseVectors('auto', 100_000, 384);
    expect(why).toContain('5.0 MB of codes');
    expect(why).toContain('38.4 MB');
  });

  it('never chooses a graph unasked', () => {
    expect(chooseVectors('auto', 2_000_000, 384).mode).toBe('binary');
  });

  it('scans vectors that are too wide for codes', () => {
    expect(chooseVectors('auto', 100_000, 5000)).toMatchObject({
      mode: 'flat',
      why: expect.stringContaining('4096 dimensions') as string,
    });
  });

  it.each<VectorChoice>(['flat', 'binary', 'hnsw'])('does as asked: %s', (asked) => {
    expect(chooseVectors(asked, 10, 384)).toEqual({ mode: asked, why: 'as asked' });
  });
});

describe('the options of vectors', () => {
  it('have defaults', () => {
    expect(planOf('site', {})).toMatchObject({
      vectors: 'auto',
      hnsw: { m: 16, efConstruction: 400, ef: 200 },
    });
  });

  it('of a graph are taken where there is one, and may be undefined where there is none', () => {
    expect(planOf('site', { vectors: 'hnsw', hnsw: { m: 32 } }).hnsw).toEqual({
      m: 32,
      efConstruction: 400,
      ef: 200,
    });
    expect(() => planOf('site', { hnsw: { m: undefined } })).not.toThrow();
  });

  it.each<[string, IndexSiteOptions, RegExp]>([
    ['vectors', { vectors: 'tree' as VectorChoice }, /vectors is "tree"; .*auto, flat, binary, hnsw/],
    ['hnsw.m without a graph', { hnsw: { m: 32 } }, /hnsw\.m is 32, and vectors is "auto"; .*--vectors hnsw/],
    [
      'hnsw.ef without a graph',
      { vectors: 'flat', hnsw: { ef: 64 } },
      /hnsw\.ef is 64, and vectors is "flat"/,
    ],
    ['hnsw.m', { hnsw: { m: 3 } }, /hnsw\.m is 3; .*from 4 to 64/],
    ['hnsw.ef', { hnsw: { ef: 20.5 } }, /hnsw\.ef is 20\.5; .*whole number/],
    ['hnsw.efConstruction', { hnsw: { efConstruction: 1e6 } }, /hnsw\.efConstruction is 1000000; .*2000/],
  ])('are refused by name: %s', (_, options, message) => {
    const error = thrownBy(() => planOf('site', options));
    expect(error).toBeInstanceOf(SearchError);
    expect(error).toMatchObject({ code: 'bad-option', message: expect.stringMatching(message) as string });
  });
});
