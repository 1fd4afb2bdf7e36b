import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { has } from '../bitmap.js';
import { HIGHEST_IMPACT, idf } from './impact.js';
import { KeywordShard } from './keyword-shard.js';
import type { Match } from './match.js';
import { scorePassages } from './score-passages.js';
import { writeKeywordShard } from './write-keyword-shard.js';

const DOCUMENTS = 60;
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
const list = fc
  .uniqueArray(fc.nat(DOCUMENTS - 1), { minLength: 1, maxLength: DOCUMENTS })
  .map((documents) => Uint32Array.from(documents.sort((left, right) => left - right)));
const words = fc.array(
  fc.array(fc.record({ name: fc.constantFrom(...NAMES), share: fc.constantFrom(1, 0.6, 0.3) }), {
    maxLength: 4,
  }),
  { maxLength: 4 },
);

describe('scorePassages', () => {
  it('adds up the best of each word, as one does it passage by passage, time after time', () => {
    fc.assert(
      fc.property(
        fc.tuple(list, list, list, list, list, list),
        words,
        fc.integer({ min: 1, max: 80 }),
        fc.option(fc.uint8Array({ minLength: 8, maxLength: 8 }), { nil: undefined }),
        (lists, asked, limit, allowed) => {
          const written = lists.map((documents, at) => ({
            term: NAMES[at]!,
            documents,
            impacts: Uint8Array.from(documents, (document) => 1 + ((document * 7 + at) % HIGHEST_IMPACT)),
          }));
          const shard = new KeywordShard(writeKeywordShard(written, DOCUMENTS), 'keywords.bin');
          const matches = asked.map((terms) =>
            terms.map(({ name, share }): Match => ({ shard, entry: shard.find(name)!, share })),
          );
          const scoreOf = (passage: number): number => {
            let sum = 0;
            for (const terms of asked)
              sum += Math.max(
                0,
                ...terms.map(({ name, share }) => {
                  const { documents, impacts } = written[NAMES.indexOf(name)]!;
                  const at = documents.indexOf(passage);
                  return at < 0
                    ? 0
                    : ((share * idf(DOCUMENTS, documents.length)) / HIGHEST_IMPACT) * impacts[at]!;
                }),
              );
            return sum;
          };
          const expected = Array.from({ length: DOCUMENTS }, (_, passage) => ({
            passage,
            score: scoreOf(passage),
          }))
            .filter(({ passage, score }) => score > 0 && (!allowed || has(allowed, passage)))
            .sort((left, right) => right.score - left.score || left.passage - right.passage)
            .slice(0, limit);
          expect(scorePassages(matches, DOCUMENTS, limit, allowed)).toEqual(expected);
        },
      ),
    );
  });
});
