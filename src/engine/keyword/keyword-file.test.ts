import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectDamaged, overwritten, thrownBy, truncations } from '../../testing/damage.js';
import { buildKeywords } from './build-keywords.js';
import {
  type KeywordContents,
  KeywordFile,
  lengthByte,
  lengthOfByte,
  type Posting,
  writeKeywordFile,
} from './keyword-file.js';

const term = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 10 });
const counts = fc
  .tuple(fc.nat(1000), fc.nat(3), fc.nat(2), fc.nat(200))
  .filter((fields) => fields.some((count) => count > 0));

/** Up to 9 documents and 60 terms, four blocks of the dictionary. */
const contents: fc.Arbitrary<KeywordContents> = fc.integer({ min: 1, max: 9 }).chain((documents) => {
  const lengths = fc.array(fc.nat(50_000), { minLength: documents, maxLength: documents });
  const postings = fc
    .uniqueArray(fc.nat(documents - 1), { minLength: 1 })
    .chain((ids) =>
      fc.tuple(
        ...ids
          .sort((left, right) => left - right)
          .map((document) => counts.map((fields): Posting => ({ document, counts: fields }))),
      ),
    );
  return fc.record({
    lengths: fc.tuple(lengths, lengths, lengths, lengths),
    postings: fc
      .uniqueArray(fc.tuple(term, postings), { selector: ([name]) => name, maxLength: 60 })
      .map((entries) => new Map(entries)),
  });
});

const open = (bytes: Uint8Array): KeywordFile => new KeywordFile(bytes, 'keywords.bin');
describe('KeywordFile', () => {
  it('reads back what was written, term by term', () => {
    fc.assert(
      fc.property(contents, term, (written, other) => {
        const file = open(writeKeywordFile(written));
        for (const [name, postings] of written.postings) {
          const entry = file.find(name);
          expect(entry).toMatchObject({ term: name, frequency: postings.length });
          expect([...file.postings(entry!)]).toEqual(postings);
        }
        if (!written.postings.has(other)) expect(file.find(other)).toBeUndefined();
      }),
    );
  });

  it('lists its terms in order from any term on', () => {
    fc.assert(
      fc.property(contents, term, (written, start) => {
        const file = open(writeKeywordFile(written));
        const sorted = [...written.postings.keys()].sort();
        const from = (first: string): string[] => [...file.from(first)].map((entry) => entry.term);
        expect(from('')).toEqual(sorted);
        for (const first of [start, ...sorted.slice(0, 3), ...sorted.slice(-2)])
          expect(from(first)).toEqual(sorted.filter((name) => name >= first));
      }),
    );
  });

  it('reads back lengths within the byte that holds them, and their average', () => {
    fc.assert(
      fc.property(contents, (written) => {
        const file = open(writeKeywordFile(written));
        written.lengths.forEach((lengths, field) => {
          const average = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
          expect(file.averageLengths[field]).toBe(Math.fround(average));
          lengths.forEach((length, document) => {
            const read = lengthOfByte(file.lengthBytes[field]![document]!);
            expect(Math.abs(read - length)).toBeLessThanOrEqual(0.023 * (length + 1));
          });
        });
      }),
    );
  });

  it('tells lengths to 22 words apart, and never takes a longer text for a shorter one', () => {
    const short = Array.from({ length: 23 }, (_, length) => lengthByte(length));
    expect(new Set(short).size).toBe(23);
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(1e9), (left, right) => {
        expect(lengthByte(Math.min(left, right))).toBeLessThanOrEqual(lengthByte(Math.max(left, right)));
      }),
    );
  });

  it('holds an empty site', () => {
    const file = open(buildKeywords([]));
    expect(file.documents).toBe(0);
    expect(file.find('npm')).toBeUndefined();
  });
});

describe('a damaged KeywordFile', () => {
  const documents = Array.from({ length: 12 }, (_, at) => ({
    title: `npm-page${at}`,
    heading: `Options of ${'abcdefghijkl'[at]!}save`,
    trail: 'Configuration',
    body: `Words word${at} and package.json, node_modules, "café" ${'again '.repeat(at)}`,
  }));
  const whole = buildKeywords(documents);

  /** Reads all that searches may read; the steps are counted, so that a loop without end fails. */
  const readAll = (bytes: Uint8Array): void => {
    const file = open(bytes);
    let steps = 0;
    for (const entry of file.from(''))
      for (const { document } of file.postings(entry))
        if (document >= file.documents || steps++ > 10_000) throw new Error(`no end at document ${document}`);
    for (const name of ['npm', 'package.json', 'zzz', 'again']) file.find(name);
  };

  it('is refused by name wherever it is cut off', () => {
    for (const cut of truncations(whole))
      expectDamaged(
        thrownBy(() => readAll(cut)),
        'keywords.bin',
      );
  });

  it('is read or refused by name, whatever bytes are written over it', () => {
    const damage = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 8 }),
      fc.constantFrom(Uint8Array.of(255, 255, 255, 255, 255, 255, 7), Uint8Array.of(255, 255, 255, 255)),
    );
    const errors: unknown[] = [];
    fc.assert(
      fc.property(fc.nat(whole.length - 1), damage, (at, bytes) => {
        const error = thrownBy(() => readAll(overwritten(whole, at, bytes)));
        if (error !== undefined) expectDamaged(error, 'keywords.bin');
        errors.push(error);
      }),
      { numRuns: 2000 },
    );
    expect(errors.some((error) => error !== undefined)).toBe(true);
  });

  it.each(['', '<!doctype html><title>Not found</title>'])('is refused when %j was sent for it', (text) => {
    expectDamaged(
      thrownBy(() => open(new TextEncoder().encode(text))),
      'keywords.bin',
    );
  });
});
