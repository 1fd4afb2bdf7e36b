import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { english } from './english.js';
import { keywordsOf } from '../../testing/keywords.js';
import type { KeywordDocument, PerField } from './fields.js';
import { BM25F_DEFAULTS, type Bm25fOptions, HIGHEST_IMPACT } from './impact.js';
import { type KeywordHit, searchKeywords } from './search-keywords.js';

const search = async (documents: KeywordDocument[], query: string, limit = 10): Promise<KeywordHit[]> =>
  searchKeywords((await keywordsOf(documents)).store, english.analyseQuery(query), limit);
const found = async (documents: KeywordDocument[], query: string): Promise<number[]> =>
  (await search(documents, query)).map(({ passage }) => passage);
const titled = (...titles: string[]): KeywordDocument[] =>
  titles.map((title) => ({ title, heading: '', trail: '', body: 'Some text' }));
const texts = (...bodies: string[]): KeywordDocument[] =>
  bodies.map((body) => ({ title: '', heading: '', trail: '', body }));

/** Fields as lists of words, each its own stem. */
type Words = [title: string[], heading: string[], trail: string[], body: string[], url: string[]];
const VOCABULARY = ['npm', 'tag', 'git', 'log', 'bin'];

/**
 * BM25F as the paper has it: per term, idf × tf / (k1 + tf), where tf sums over the fields
 * weight × occurrences / (1 − b + b × length / average length).
 * @returns what each term adds to each document, and how far an impact may be off
 */
function naiveBm25f(collection: Words[], query: string[], { k1, weights, b }: Bm25fOptions): Score[] {
  const average = [0, 1, 2, 3, 4].map(
    (field) => collection.reduce((sum, document) => sum + document[field]!.length, 0) / collection.length,
  );
  const having = (term: string): number =>
    collection.filter((document) => document.flat().includes(term)).length;
  return collection.map((document) => {
    const total = { score: 0, tolerance: 0 };
    for (const term of query) {
      if (!document.flat().includes(term)) continue;
      const idf = Math.log(1 + (collection.length - having(term) + 0.5) / (having(term) + 0.5));
      const tf = document.reduce((sum, words, field) => {
        const occurrences = words.filter((word) => word === term).length;
        if (occurrences === 0) return sum;
        return (
          sum +
          (weights[field]! * occurrences) / (1 - b[field]! + (b[field]! * words.length) / average[field]!)
        );
      }, 0);
      total.score += (idf * tf) / (k1 + tf);
      total.tolerance += idf / HIGHEST_IMPACT;
    }
    return total;
  });
}
interface Score {
  score: number;
  tolerance: number;
}

describe('words as people type them', () => {
  const finds = async (query: string, body: string): Promise<boolean> =>
    (await found(texts(body, 'other'), query)).includes(0);

  it.each(['devDependencies', 'WebSockets', 'maxSockets'])('find %s in lower case', async (name) => {
    expect(await finds(`${name.toLowerCase()} `, name)).toBe(true);
  });

  it.each([
    ['URLs', 'URL'],
    ['APIs', 'api'],
    ['IDs', 'id'],
  ])('find %s by %s', async (text, query) => {
    expect(await finds(`${query} `, text)).toBe(true);
  });

  /** A text, and the ways in which people type what it has. */
  it.each([
    ['saveDev', 'saveDev savedev SaveDev save-dev save_dev save dev'],
    ['save_dev', 'save_dev savedev saveDev save-dev SAVE_DEV'],
    ['--save-dev', '--save-dev save-dev savedev saveDev'],
    ['C++', 'C++ c++'],
    ['C/C++', 'C++ c++ c/c++'],
    ['C#', 'C# c#'],
    ['F#', 'F# f#'],
    ['.NET', '.NET .net net NET'],
    ['-g', '-g g'],
    ['@scope/name', '@scope/name scope/name name scope'],
    ['v1.2.3', 'v1.2.3 1.2.3 V1.2.3'],
    ['1.2.3', 'v1.2.3 1.2.3'],
    ['1.2.3-beta.1', '1.2.3-beta.1 v1.2.3-beta.1 1.2.3 beta'],
    ['openssl-3.0.12.tar.gz', '3.0.12 openssl v3.0.12'],
    ['npm@10.2.3', '10.2.3 npm@10.2.3 v10.2.3'],
    ['package.json', 'package.json packagejson PACKAGE.JSON package json'],
    ['./lib/package.json', 'package.json lib/package.json packagejson'],
    ['Node.js', 'node.js nodejs NodeJS node'],
    ['NodeJS', 'node.js Node.js'],
    ['node:fs', 'node:fs fs node'],
    ['std::vector', 'std::vector vector std'],
    ['Array.prototype.map', 'Array.prototype.map array.prototype.map array.map map'],
    ['$HOME', '$HOME HOME home $home'],
    ['<head>', '<head> head'],
    ['#include', '#include include'],
    ['HTTPServer', 'HTTPServer httpserver httpServer http-server server'],
    ['i18n', 'i18n I18N I18n'],
    ['sha-256', 'sha-256 sha256 SHA-256 SHA256 sha'],
    ['sha256', 'sha-256 sha256 SHA-256'],
    ['ES2022', 'ES2022 es2022 es-2022'],
    ['e-mail', 'e-mail email E-Mail emails'],
    ['email', 'e-mail email e-mails'],
    ['NODE_ENV', 'NODE_ENV node_env nodeenv node-env'],
    ['__dirname', '__dirname dirname'],
  ])('find %s, before anything like it, by each of %s', async (text, queries) => {
    // As near to it as can be: other parts, the same parts elsewhere, its beginning.
    const others = [
      'c d f h',
      'saved developer',
      'sha-512',
      '1.2.4 and 2.3.1',
      'v2.3',
      'npm@10.3.2',
      'ES2015',
      'mail',
    ];
    const documents = texts(`about ${text} here`, ...others.map((other) => `about ${other} here`));
    for (const query of queries.split(' '))
      for (const typed of [query, `${query} `])
        expect([typed, (await found(documents, typed))[0]]).toEqual([typed, 0]);
  });

  it.each(["npm's", 'npm’s', "can't"])('find %s while it is the last word', async (word) => {
    expect(await finds(word, `about ${word} here`)).toBe(true);
  });

  it.each(['की', 'का'])('tell %s from के by its vowel', async (word) => {
    expect(await finds(`${word} `, 'के')).toBe(false);
  });
});

describe('searchKeywords', () => {
  it('gives a query the same share of its score whether a stop word at its end is finished or not', async () => {
    const { store } = await keywordsOf(
      texts('a private registry for one scope', 'a form', 'the public registry'),
    );
    const shares = async (query: string): Promise<number[]> =>
      (await searchKeywords(store, english.analyseQuery(query), 10)).map(({ share }) => share);
    const [finished] = await shares('private registry for ');
    expect((await shares('private registry for'))[0]).toBeCloseTo(finished!, 9);
    expect(finished).toBeGreaterThan(0.3);
  });

  it('scores as the formula does, to the precision of an impact, in one file and in many', async () => {
    const words = fc.array(fc.constantFrom(...VOCABULARY), { maxLength: 30 });
    const collections = fc.array(fc.tuple(words, words, words, words, words), {
      minLength: 1,
      maxLength: 12,
    });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const options = fc.record({
      k1: fc.double({ min: 0.1, max: 3, noNaN: true }),
      weights: fc.constantFrom<PerField>([3, 2, 2, 1, 1], [1, 1, 1, 1, 1], [0.5, 4, 1, 2, 3]),
      b: fc.tuple(share, share, share, share, share),
    });
    await fc.assert(
      fc.asyncProperty(
        collections,
        fc.subarray(VOCABULARY, { minLength: 1 }),
        fc.option(options, { nil: BM25F_DEFAULTS }),
        fc.constantFrom(0, Infinity),
        async (collection, query, bm25f, oneFile) => {
          const documents = collection.map(([title, heading, trail, body, url]): KeywordDocument => ({
            title: title.join(' '),
            heading: heading.join(' '),
            trail: trail.join(' '),
            body: body.join(' '),
            url: url.join(' '),
          }));
          const { store } = await keywordsOf(documents, { bm25f, oneFile });
          const hits = await searchKeywords(store, english.analyseQuery(`${query.join(' ')} `), 100);
          const expected = naiveBm25f(collection, query, bm25f);
          for (const { passage, score, share } of hits) {
            expect(share).toBeGreaterThan(0);
            expect(share).toBeLessThanOrEqual(1);
            const { score: exactly, tolerance } = expected[passage]!;
            expect(Math.abs(score - exactly)).toBeLessThanOrEqual(tolerance + 1e-9);
          }
          expect(hits).toHaveLength(expected.filter(({ score }) => score > 0).length);
          hits.slice(1).forEach((hit, at) => expect(hit.score).toBeLessThanOrEqual(hits[at]!.score));
        },
      ),
    );
  });

  it('finds only what is allowed', async () => {
    const { store } = await keywordsOf(texts(...Array.from({ length: 20 }, () => 'npm publish')));
    const allowed = Uint8Array.of(0b1000_0010, 0, 0b1000);
    const hits = await searchKeywords(store, english.analyseQuery('npm '), 10, allowed);
    expect(hits.map(({ passage }) => passage)).toEqual([1, 7, 19]);
  });

  it('forgives a slip in a word that nobody wrote, two in a long one, none in a word that is there', async () => {
    const documents = texts('registry of packages', 'authentication on kubernetes', 'form', 'from');
    expect(await found(documents, 'regsitry ')).toEqual([0]);
    expect(await found(documents, 'kubrenetse ')).toEqual([1]);
    // Its stem is far from the right one's, but begins with it.
    expect(await found(documents, 'authentcaton ')).toEqual([1]);
    expect(await found(documents, 'form ')).toEqual([2]);
    expect(await found(documents, 'rgsitri ')).toEqual([]);
  });

  it('says of words that nobody wrote what is looked for in their place, of compounds being typed nothing', async () => {
    const { store } = await keywordsOf(texts('package.json', 'package'));
    const said = async (query: string): Promise<string[]> => {
      const stems: string[] = [];
      await searchKeywords(store, english.analyseQuery(query), 10, undefined, (stem) => stems.push(stem));
      return stems;
    };
    expect(await said('pakcage ')).toEqual(['pakcag']);
    for (const typed of ['package.j', 'package.js', 'package.jso', 'package.json'])
      expect(await said(typed)).toEqual([]);
  });

  it('counts a passage more or less as its author says', async () => {
    const documents = [...texts('npm tag', 'npm tag'), { ...texts('npm tag')[0]!, weight: 5 }];
    expect(await found(documents, 'tag ')).toEqual([2, 0, 1]);
  });

  it('gives no more than asked for, the best ones, equals in the order of the site', async () => {
    const documents = texts('npm', 'git npm', 'npm', 'npm npm npm');
    expect(await search(documents, 'npm ', 2)).toEqual((await search(documents, 'npm ')).slice(0, 2));
    expect(await found(texts('other', 'npm', 'npm'), 'npm ')).toEqual([1, 2]);
  });

  it('finds nothing for words that nobody wrote', async () => {
    expect(await search(texts('npm publish'), 'zebra quagga')).toEqual([]);
  });

  it('finds an identifier by itself before texts that only have its parts', async () => {
    const documents = texts(
      'save the dev tools, then dev and save',
      'use --save-dev for tools that help you',
    );
    expect((await found(documents, '--save-dev '))[0]).toBe(1);
  });
});

describe('a misspelt compound', () => {
  it.each([
    ['passwrod', 'password', 'pass'],
    ['databse', 'database', 'data'],
    ['timeuot', 'timeout', 'time'],
    ['downlaod', 'download', 'down'],
    ['filenmae', 'filename', 'file'],
  ])('%s is %s, and not the %s that it begins with', async (typed, meant, beginning) => {
    const documents = texts(`${beginning} here`, `The ${meant} of it`, 'other');
    for (const query of [typed, `${typed} `]) expect((await found(documents, query))[0]).toBe(1);
  });
});

describe('an unfinished word', () => {
  it.each(['publ', 'publis', 'publish', 'publishi', 'publishin', 'publishing', 'PUBL'])(
    'finds "publishing" and "published" by "%s"',
    async (typed) => {
      expect(
        (await found(texts('About publishing', 'Nothing here', 'When published'), typed)).sort(),
      ).toEqual([0, 2]);
    },
  );

  it('counts more as a word of its own than as the beginning of others', async () => {
    expect(await found(texts('tagliatelle', 'tags', 'other'), 'tag')).toEqual([1, 0]);
  });

  it('narrows the finished words before it', async () => {
    expect((await found(texts('npm install', 'npm publish', 'yarn publish'), 'npm publ'))[0]).toBe(1);
  });

  it('that is a stop word so far tells the words that it begins apart', async () => {
    const hits = await search(texts('a form', 'other', 'format', 'format format format'), 'for');
    expect(hits.map(({ passage }) => passage)).toEqual([0, 3, 2]);
    expect(new Set(hits.map(({ share }) => share)).size).toBe(3);
    for (const { share } of hits) expect(share).toBeLessThanOrEqual(1);
  });

  it('is not tried by a single letter, which begins too many', async () => {
    expect(await found(texts('publish', 'p value'), 'p')).toEqual([1]);
  });
});

describe('an exact title', () => {
  const exactly = async (documents: KeywordDocument[], query: string): Promise<number[]> =>
    (await search(documents, query)).flatMap(({ passage, exact }) => (exact ? [passage] : []));
  const documents = titled('npm-publish', 'npm-unpublish', 'npm-publish workspaces', 'npm', 'Publish');

  it.each(['npm publish', 'npm-publish', 'NPM Publish ', 'how to publish with npm?', 'publishing npm'])(
    'is found by "%s"',
    async (query) => {
      expect(await exactly(documents, query)).toEqual([0]);
    },
  );

  it.each(['npm publish now', 'publi', 'npm-publish workspace package', 'zebra', ''])(
    'is not claimed for "%s"',
    async (query) => {
      expect(await exactly(documents, query)).toEqual([]);
    },
  );

  it('has each word as often as the query', async () => {
    expect(await exactly(titled('npm publish'), 'publish publish ')).toEqual([]);
  });

  it('is one passage of a page, so that other pages have room', async () => {
    expect(await exactly(titled('npm ci', 'npm ci', 'npm ci'), 'npm ci')).toHaveLength(1);
  });

  it('is no heading that many pages have', async () => {
    const page = (title: string): KeywordDocument[] => [
      { title, heading: 'Configuration', trail: '', body: 'npm' },
      { title, heading: '', trail: '', body: 'npm' },
    ];
    expect(await exactly(['a', 'b', 'c', 'd', 'e'].flatMap(page), 'configuration')).toEqual([]);
  });

  it('may be a heading too, whatever headings stand above it', async () => {
    const heading = (text: string): KeywordDocument => ({
      title: 'Page',
      heading: text,
      trail: 'Configuration',
      body: 'npm',
    });
    expect(await exactly([heading('Dry run'), heading('Dry run of npm')], 'dry-run')).toEqual([0]);
  });
});
