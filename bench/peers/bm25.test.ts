import { describe, expect, it } from 'vitest';
import { Bm25 } from './bm25.js';

describe('Bm25', () => {
  const documents = ['the cat sat', 'a cat and a cat chased a dog', 'birds are singing'];

  it('scores as worked out by hand', () => {
    // Terms: [cat, sat], [cat, cat, chase, dog], [bird, sing]: 3 documents, 8/3 terms on average.
    const idf = Math.log(1 + (3 - 2 + 0.5) / (2 + 0.5));
    const first = (idf * 1) / (1 + 0.9 * (0.6 + (0.4 * 2) / (8 / 3)));
    const second = (idf * 2) / (2 + 0.9 * (0.6 + (0.4 * 4) / (8 / 3)));
    const found = new Bm25(documents).search('cats');
    expect(found.map(({ document }) => document)).toEqual([1, 0]);
    expect(found[0]!.score).toBeCloseTo(second, 12);
    expect(found[1]!.score).toBeCloseTo(first, 12);
  });

  it('adds up the terms of a query, and finds nothing for stop words alone', () => {
    const index = new Bm25(documents);
    const [best] = index.search('a dog sings to birds');
    expect(best?.document).toBe(2);
    expect(index.search('the and of')).toEqual([]);
  });
});
