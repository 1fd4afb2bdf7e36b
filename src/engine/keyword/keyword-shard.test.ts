import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectDamaged, overwritten, thrownBy, truncations } from '../../testing/damage.js';
import { buildKeywords } from './build-keywords.js';
import { english } from './english.js';
import { compareTerms, KeywordShard, type WrittenTerm, writeKeywordShard } from './keyword-shard.js';

const DOCUMENTS = 3000;
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const term = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 10 });
const postings = fc
  .uniqueArray(fc.tuple(fc.nat(DOCUMENTS - 1), fc.integer({ min: 1, max: 255 })), {
    selector: ([document]) => document,
    minLength: 1,
    maxLength: 12,
  })
  .map((pairs) => pairs.sort(([left], [right]) => left - right));

/** Up to 60 terms, four blocks of the dictionary. */
const contents: fc.Arbitrary<WrittenTerm[]> = fc
  .uniqueArray(fc.tuple(term, postings), { selector: ([name]) => name, maxLength: 60 })
  .map((entries) =>
    entries
      .map(([name, pairs]) => ({
        term: bytesOf(name),
        documents: pairs.map(([document]) => document),
        impacts: Uint8Array.from(pairs, ([, impact]) => impact),
      }))
      .sort((left, right) => compareTerms(left.term, right.term)),
  );

const open = (bytes: Uint8Array): KeywordShard => new KeywordShard(bytes, 'keywords.bin');
const nameOf = ({ term: bytes }: WrittenTerm): string => new TextDecoder().decode(bytes);

describe('KeywordShard', () => {
  it('reads back what was written, term by term', () => {
    fc.assert(
      fc.property(contents, term, (written, other) => {
        const shard = open(writeKeywordShard(written, DOCUMENTS));
        expect(shard.documents).toBe(DOCUMENTS);
        for (const one of written) {
          const entry = shard.find(nameOf(one))!;
          expect(entry).toMatchObject({ term: nameOf(one), frequency: one.documents.length });
          const { documents, impacts } = shard.postings(entry);
          expect([...documents]).toEqual(one.documents);
          expect(impacts).toEqual(one.impacts);
        }
        if (!written.some((one) => nameOf(one) === other)) expect(shard.find(other)).toBeUndefined();
      }),
    );
  });

  it('lists its terms in order from any term on', () => {
    fc.assert(
      fc.property(contents, term, (written, start) => {
        const shard = open(writeKeywordShard(written, DOCUMENTS));
        const from = (first: string): string[] => [...shard.from(first)].map((entry) => entry.term);
        expect(from('')).toEqual(written.map(nameOf));
        for (const first of [start, ...written.slice(0, 3).map(nameOf), ...written.slice(-2).map(nameOf)])
          expect(from(first)).toEqual(
            written.filter((one) => compareTerms(one.term, bytesOf(first)) >= 0).map(nameOf),
          );
      }),
    );
  });

  it('holds an empty site', () => {
    const shard = open(buildKeywords([], english)[0]!.bytes);
    expect(shard.documents).toBe(0);
    expect(shard.find('npm')).toBeUndefined();
  });
});

describe('a damaged KeywordShard', () => {
  const documents = Array.from({ length: 12 }, (_, at) => ({
    title: `npm-page${at}`,
    heading: `Options of ${'abcdefghijkl'[at]!}save`,
    trail: 'Configuration',
    body: `Words word${at} and package.json, node_modules, "café" ${'again '.repeat(at)}`,
  }));
  const whole = buildKeywords(documents, english)[0]!.bytes;

  /** Reads all that searches may read; the steps are counted, so that a loop without end fails. */
  const readAll = (bytes: Uint8Array): void => {
    const shard = open(bytes);
    let steps = 0;
    for (const entry of shard.from(''))
      for (const document of shard.postings(entry).documents)
        if (document >= shard.documents || steps++ > 10_000)
          throw new Error(`no end at document ${document}`);
    for (const name of ['npm', 'package.json', 'zzz', 'again']) shard.find(name);
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
