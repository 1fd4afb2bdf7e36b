import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseQuery } from './analyse.js';
import { BM25F_DEFAULTS, type Bm25fOptions, type KeywordHit, searchKeywords } from './bm25f.js';
import { buildKeywords, type KeywordDocument } from './build-keywords.js';
import { KeywordFile, lengthByte, lengthOfByte } from './keyword-file.js';

const fileOf = (documents: KeywordDocument[]): KeywordFile =>
  new KeywordFile(buildKeywords(documents), 'keywords.bin');
const search = (documents: KeywordDocument[], query: string, limit = 10): KeywordHit[] =>
  searchKeywords(fileOf(documents), analyseQuery(query), limit);
const found = (documents: KeywordDocument[], query: string): number[] =>
  search(documents, query).map(({ passage }) => passage);
const titled = (...titles: string[]): KeywordDocument[] =>
  titles.map((title) => ({ title, heading: '', trail: '', body: 'Some text' }));
const texts = (...bodies: string[]): KeywordDocument[] =>
  bodies.map((body) => ({ title: '', heading: '', trail: '', body }));

/** Fields as lists of words, each its own stem. */
type Words = [title: string[], heading: string[], trail: string[], body: string[]];
const VOCABULARY = ['npm', 'tag', 'git', 'log', 'bin'];

/**
 * BM25F as the paper has it: per term, idf × (k1 + 1) tf / (k1 + tf), where tf sums over the fields
 * weight × occurrences / (1 − b + b × length / average length).
 */
function naiveBm25f(collection: Words[], query: string[], { k1, weights, b }: Bm25fOptions): number[] {
  const average = [0, 1, 2, 3].map(
    (field) => collection.reduce((sum, document) => sum + document[field]!.length, 0) / collection.length,
  );
  const having = (term: string): number =>
    collection.filter((document) => document.flat().includes(term)).length;
  return collection.map((document) =>
    query.reduce((score, term) => {
      const idf = Math.log(1 + (collection.length - having(term) + 0.5) / (having(term) + 0.5));
      const tf = document.reduce((sum, words, field) => {
        const occurrences = words.filter((word) => word === term).length;
        if (occurrences === 0) return sum;
        const length = lengthOfByte(lengthByte(words.length));
        return (
          sum +
          (weights[field]! * occurrences) /
            (1 - b[field]! + (b[field]! * length) / Math.fround(average[field]!))
        );
      }, 0);
      return score + (idf * (k1 + 1) * tf) / (k1 + tf);
    }, 0),
  );
}

describe('words as people type them', () => {
  const finds = (query: string, body: string): boolean => found(texts(body, 'other'), query).includes(0);

  it.each(['devDependencies', 'WebSockets', 'maxSockets'])('find %s in lower case', (name) => {
    expect(finds(`${name.toLowerCase()} `, name)).toBe(true);
  });

  it.each([
    ['URLs', 'URL'],
    ['APIs', 'api'],
    ['IDs', 'id'],
  ])('find %s by %s', (text, query) => {
    expect(finds(`${query} `, text)).toBe(true);
  });

  it.each(["npm's", 'npm’s', "can't"])('find %s while it is the last word', (word) => {
    expect(finds(word, `about ${word} here`)).toBe(true);
  });

  it.each(['की', 'का'])('tell %s from के by its vowel', (word) => {
    expect(finds(`${word} `, 'के')).toBe(false);
  });
});

describe('searchKeywords', () => {
  it('ranks and scores as the formula does', () => {
    const words = fc.array(fc.constantFrom(...VOCABULARY), { maxLength: 30 });
    const collections = fc.array(fc.tuple(words, words, words, words), { minLength: 1, maxLength: 12 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const options = fc.record({
      k1: fc.double({ min: 0.1, max: 3, noNaN: true }),
      weights: fc.constantFrom<Bm25fOptions['weights']>([3, 2, 2, 1], [1, 1, 1, 1], [0.5, 4, 1, 2]),
      b: fc.tuple(share, share, share, share),
    });
    fc.assert(
      fc.property(
        collections,
        fc.subarray(VOCABULARY, { minLength: 1 }),
        fc.option(options, { nil: BM25F_DEFAULTS }),
        (collection, query, settings) => {
          const file = fileOf(
            collection.map(([title, heading, trail, body]) => ({
              title: title.join(' '),
              heading: heading.join(' '),
              trail: trail.join(' '),
              body: body.join(' '),
            })),
          );
          const hits = searchKeywords(file, analyseQuery(`${query.join(' ')} `), 100, settings);
          const expected = naiveBm25f(collection, query, settings);
          for (const { passage, score } of hits) expect(score).toBeCloseTo(expected[passage]!, 9);
          expect(hits).toHaveLength(expected.filter((score) => score > 0).length);
          hits.slice(1).forEach((hit, at) => expect(hit.score).toBeLessThanOrEqual(hits[at]!.score));
        },
      ),
    );
  });

  it('gives no more than asked for, the best ones, equals in the order of the site', () => {
    const documents = texts('npm', 'git npm', 'npm', 'npm npm npm');
    expect(search(documents, 'npm ', 2)).toEqual(search(documents, 'npm ').slice(0, 2));
    expect(found(texts('other', 'npm', 'npm'), 'npm ')).toEqual([1, 2]);
  });

  it('finds nothing for words that nobody wrote', () => {
    expect(search(texts('npm publish'), 'zebra quagga')).toEqual([]);
  });

  it('finds an identifier by itself before texts that only have its parts', () => {
    const documents = texts(
      'save the dev tools, then dev and save',
      'use --save-dev for tools that help you',
    );
    expect(found(documents, '--save-dev ')[0]).toBe(1);
  });
});

describe('an unfinished word', () => {
  it.each(['publ', 'publis', 'publish', 'publishi', 'publishin', 'publishing', 'PUBL'])(
    'finds "publishing" and "published" by "%s"',
    (typed) => {
      expect(found(texts('About publishing', 'Nothing here', 'When published'), typed).sort()).toEqual([
        0, 2,
      ]);
    },
  );

  it('counts more as a word of its own than as the beginning of others', () => {
    expect(found(texts('tagliatelle', 'tags', 'other'), 'tag')).toEqual([1, 0]);
  });

  it('narrows the finished words before it', () => {
    expect(found(texts('npm install', 'npm publish', 'yarn publish'), 'npm publ')[0]).toBe(1);
  });

  it('is not tried by a single letter, which begins too many', () => {
    expect(found(texts('publish', 'p value'), 'p')).toEqual([1]);
  });
});

describe('an exact title', () => {
  const exactly = (documents: KeywordDocument[], query: string): number[] =>
    search(documents, query).flatMap(({ passage, exact }) => (exact ? [passage] : []));
  const documents = titled('npm-publish', 'npm-unpublish', 'npm-publish workspaces', 'npm', 'Publish');

  it.each(['npm publish', 'npm-publish', 'NPM Publish ', 'how to publish with npm?', 'publishing npm'])(
    'is found by "%s"',
    (query) => {
      expect(exactly(documents, query)).toEqual([0]);
    },
  );

  it.each(['npm publish now', 'publi', 'npm-publish workspace package', 'zebra', ''])(
    'is not claimed for "%s"',
    (query) => {
      expect(exactly(documents, query)).toEqual([]);
    },
  );

  it('has each word as often as the query', () => {
    expect(exactly(titled('npm publish'), 'publish publish ')).toEqual([]);
  });

  it('is one passage of a page, so that other pages have room', () => {
    expect(exactly(titled('npm ci', 'npm ci', 'npm ci'), 'npm ci')).toHaveLength(1);
  });

  it('is no heading that many pages have', () => {
    const page = (title: string): KeywordDocument[] => [
      { title, heading: 'Configuration', trail: '', body: 'npm' },
      { title, heading: '', trail: '', body: 'npm' },
    ];
    expect(exactly(['a', 'b', 'c', 'd', 'e'].flatMap(page), 'configuration')).toEqual([]);
  });

  it('may be a heading too, whatever headings stand above it', () => {
    const heading = (text: string): KeywordDocument => ({
      title: 'Page',
      heading: text,
      trail: 'Configuration',
      body: 'npm',
    });
    expect(exactly([heading('Dry run'), heading('Dry run of npm')], 'dry-run')).toEqual([0]);
  });
});
