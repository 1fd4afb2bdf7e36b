import { expect, test } from 'vitest';
import { random } from '../../src/evaluate/random.js';
import { chooseQueries } from './choose-queries.js';
import type { Kind, TrainingQuery } from './queries.js';

const query = (kind: Kind, at: number, passage: number): TrainingQuery => ({
  text: `${kind} ${at}`,
  kind,
  relevant: new Map([[passage, 2]]),
});

test('a passage answers few queries of a kind, and each text comes once', () => {
  const popular = Array.from({ length: 100 }, (_, at) => query('link', at, 7));
  const others = Array.from({ length: 100 }, (_, at) => query('link', at + 100, at + 100));
  const chosen = chooseQueries([...popular, ...others, ...others], 1000, random(1));
  expect(chosen.filter(({ relevant }) => relevant.has(7)).length).toBeLessThan(10);
  expect(new Set(chosen.map(({ text }) => text)).size).toBe(chosen.length);
});

test('every kind has its share, and takes the place of what is missing', () => {
  const all = [
    ...Array.from({ length: 1000 }, (_, at) => query('keywords', at, at)),
    ...Array.from({ length: 1000 }, (_, at) => query('heading', at, at)),
    query('question', 0, 0),
  ];
  const chosen = chooseQueries(all, 200, random(1));
  const count = (kind: Kind): number => chosen.filter((one) => one.kind === kind).length;
  expect(chosen).toHaveLength(200);
  expect(count('question')).toBe(1);
  expect(count('heading')).toBeGreaterThan(30);
  expect(count('keywords')).toBeGreaterThan(count('heading'));
});
