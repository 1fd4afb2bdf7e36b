import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectDamaged, overwritten, thrownBy, truncations } from '../../testing/damage.js';
import { buildKeywords } from './build-keywords.js';
import { english } from './english.js';
import { HIGHEST_IMPACT } from './impact.js';
import { KeywordShard } from './keyword-shard.js';
import { type WrittenTerm, writeKeywordShard } from './write-keyword-shard.js';

const DOCUMENTS = 3000;
/** Words, compounds and exact titles. */
const term = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 10 }),
  fc.stringMatching(/^[a-c]{1,4}$/),
  fc.stringMatching(/^[a-c]{1,3}[.=][a-c]{0,3}$/),
);
const inOrder = (left: WrittenTerm, right: WrittenTerm): number => (left.term < right.term ? -1 : 1);

/** Postings of up to `most` documents, now and then of all in a row. */
const postings = (most: number): fc.Arbitrary<Omit<WrittenTerm, 'term'>> =>
  fc
    .tuple(
      fc.uniqueArray(fc.nat(DOCUMENTS - 1), { minLength: 1, maxLength: most }),
      fc.boolean(),
      fc.integer({ min: 1, max: HIGHEST_IMPACT }),
      fc.boolean(),
    )
    .map(([documents, all, impact, varied]) => {
      const sorted = all
        ? Array.from(documents, (_, at) => at)
        : documents.sort((left, right) => left - right);
      return {
        documents: Uint32Array.from(sorted),
        impacts: Uint8Array.from(sorted, (document) =>
          varied ? 1 + ((impact + document) % HIGHEST_IMPACT) : impact,
        ),
      };
    });

/** Up to 80 terms, with few postings or with many, so that there are several blocks. */
const contents: fc.Arbitrary<WrittenTerm[]> = fc
  .uniqueArray(fc.tuple(term, fc.oneof(postings(5), postings(400))), {
    selector: ([name]) => name,
    maxLength: 80,
  })
  .map((entries) => entries.map(([name, rest]) => ({ term: name, ...rest })).sort(inOrder));

const open = (bytes: Uint8Array): KeywordShard => new KeywordShard(bytes, 'keywords.bin');
const isTitle = (name: string): boolean => name.includes('=');

describe('KeywordShard', () => {
  it('reads back what was written, term by term, in any order', () => {
    fc.assert(
      fc.property(contents, fc.infiniteStream(fc.nat()), (written, order) => {
        const shard = open(writeKeywordShard(written, DOCUMENTS));
        expect(shard.documents).toBe(DOCUMENTS);
        const shuffled = written
          .map((one) => ({ one, key: Number(order.next().value) }))
          .sort((left, right) => left.key - right.key);
        for (const { one } of shuffled) {
          const entry = shard.find(one.term)!;
          expect(entry).toMatchObject({ term: one.term, frequency: one.documents.length });
          const { documents, impacts } = shard.postings(entry);
          expect(documents).toEqual(one.documents);
          if (!isTitle(one.term)) expect(impacts).toEqual(one.impacts);
        }
      }),
    );
  });

  it('lists its words in order, and finds where any text would stand among them', () => {
    fc.assert(
      fc.property(contents, term, (written, text) => {
        const shard = open(writeKeywordShard(written, DOCUMENTS));
        const words = written.map((one) => one.term).filter((name) => /^[\p{L}\p{N}\p{M}]*$/u.test(name));
        expect(shard.words).toEqual(words);
        expect(shard.words.slice(shard.wordFrom(text))).toEqual(words.filter((word) => word >= text));
        if (!words.includes(text) && /^[a-c]+$/.test(text)) expect(shard.find(text)).toBeUndefined();
      }),
    );
  });

  it('takes next to no compound for another', () => {
    const names = Array.from({ length: 4000 }, (_, at) => `lib${at}.so`).sort();
    const one = { documents: Uint32Array.of(7), impacts: Uint8Array.of(1) };
    const shard = open(
      writeKeywordShard(
        names.map((name) => ({ term: name, ...one })),
        DOCUMENTS,
      ),
    );
    expect(names.every((name) => shard.find(name))).toBe(true);
    const wrong = names.filter((name) => shard.find(`${name}.6`) ?? shard.find(`${name}=`));
    expect(wrong.length).toBeLessThan(5);
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
    for (let at = 0; (shard.entry(at).frequency as number | undefined) !== undefined; at++)
      for (const document of shard.postings(shard.entry(at)).documents)
        if (document >= shard.documents || steps++ > 5_000_000)
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
