import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keywordsOf } from '../../testing/keywords.js';
import { highlights, matcher } from '../excerpt.js';
import type { AnalysedQuery } from './analyse.js';
import { english } from './english.js';
import { parseQuery } from './query-syntax.js';
import { searchKeywords } from './search-keywords.js';
import { addSynonyms, readSynonyms, type Synonym } from './synonyms.js';

const SYNONYMS: Synonym[] = [
  ['k8s', ['kubernetes']],
  ['kubernetes', ['k8s']],
  ['ci', ['continuous integration', 'pipeline']],
  ['two-factor login', ['OTP', 'security key']],
  ['e-mail', ['mailbox']],
  ['the', ['of']],
];

const read = (typed: string, synonyms = SYNONYMS): AnalysedQuery => {
  const { plain, phrases } = parseQuery(typed);
  return addSynonyms(synonyms, english)(english.analyseQuery(plain), phrases);
};
const found = async (texts: string[], typed: string, oneFile?: number): Promise<number[]> => {
  const documents = texts.map((body) => ({ title: '', heading: '', trail: '', body }));
  const { store } = await keywordsOf(documents, oneFile === undefined ? {} : { oneFile });
  return (await searchKeywords(store, read(typed), 10)).map(({ passage }) => passage);
};
const marked = (text: string, typed: string): string[] =>
  highlights(text, matcher(read(typed), english)).map(([start, end]) => text.slice(start, end));

describe('synonyms', () => {
  it.each(['k8s', 'k8s ', 'K8s?', 'deploy k8s', 'k8s deploy '])(
    'find the other word by %j',
    async (typed) => {
      expect(await found(['other', 'about kubernetes here'], typed)).toContain(1);
    },
  );

  it('are not tried while their word is unfinished, and are once it is, by a space or by its last letter', async () => {
    const texts = ['other', 'about k8s here'];
    expect(await found(texts, 'kubernet')).toEqual([1]);
    expect(await found(texts, 'kube')).toEqual([]);
    expect(await found(texts, 'kubernetes')).toEqual([1]);
    expect(await found(texts, 'kubernetes ')).toEqual([1]);
  });

  it('come after the word itself', async () => {
    expect(await found(['a kubernetes cluster', 'a k8s cluster'], 'k8s ')).toEqual([1, 0]);
    expect(await found(['a kubernetes cluster', 'a k8s cluster'], 'kubernetes ')).toEqual([0, 1]);
  });

  it('come after the word itself even where they are rarer', async () => {
    const many = Array.from({ length: 8 }, () => 'a kubernetes cluster');
    expect((await found(['a k8s cluster', ...many, 'other'], 'kubernetes ')).at(-1)).toBe(0);
  });

  it('hold one way where they say so', async () => {
    expect(await found(['other', 'a pipeline'], 'ci ')).toEqual([1]);
    expect(await found(['other', 'about ci'], 'pipeline ')).toEqual([]);
  });

  it.each([undefined, 0])('of several words need all of them', async (oneFile) => {
    const texts = ['continuous delivery', 'integration of continuous work', 'integration tests'];
    expect(await found(texts, 'ci ', oneFile)).toEqual([1]);
  });

  it('of a phrase are found by the whole phrase alone', async () => {
    const texts = ['other', 'set up an OTP', 'a key for security', 'a public key'];
    expect((await found(texts, 'two-factor login ')).sort()).toEqual([1, 2]);
    expect((await found(texts, 'two factor login')).sort()).toEqual([1, 2]);
    expect(await found(texts, 'two factor ')).toEqual([]);
    expect(await found(texts, 'login two-factor ')).toEqual([]);
  });

  it('of a compound are found however it is written', async () => {
    for (const typed of ['e-mail ', 'email ', 'e mail ', 'email'])
      expect(await found(['other', 'the mailbox'], typed)).toEqual([1]);
  });

  it('are not applied inside quotes', async () => {
    expect(await found(['other', 'kubernetes'], '"k8s" ')).toEqual([]);
    expect((await found(['other', 'kubernetes'], 'k8s "other" ')).sort()).toEqual([0, 1]);
    expect(await found(['other', 'the mailbox'], '"e-mail" ')).toEqual([]);
  });

  it('keep a word that nobody wrote from being taken for a misspelt one', async () => {
    expect(await found(['kubernetex', 'k8s'], 'kubernetes ')).toEqual([1]);
  });

  it('are marked, a phrase only where all of it is', () => {
    expect(marked('about kubernetes here', 'k8s')).toEqual(['kubernetes']);
    expect(marked('continuous work on integration', 'ci ')).toEqual(['continuous', 'integration']);
    expect(marked('continuous work', 'ci ')).toEqual([]);
  });

  it('of any kind leave what the words themselves find', async () => {
    const word = fc.constantFrom('npm', 'tag', 'git log', 'save-dev', 'c++', '', 'the', '日本');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(word, fc.array(word)), { maxLength: 6 }),
        fc.array(fc.array(word), { minLength: 1, maxLength: 6 }),
        fc.array(word, { maxLength: 5 }),
        async (synonyms, texts, typed) => {
          const documents = texts.map((words) => ({
            title: '',
            heading: '',
            trail: '',
            body: words.join(' '),
          }));
          const { store } = await keywordsOf(documents);
          const plain = english.analyseQuery(typed.join(' '));
          const scores = async (query: AnalysedQuery): Promise<Map<number, number>> =>
            new Map((await searchKeywords(store, query, 100)).map(({ passage, score }) => [passage, score]));
          const widened = await scores(addSynonyms(synonyms, english)(plain, []));
          for (const [passage, score] of await scores(plain))
            if (plain.terms.every((term) => documents.some(({ body }) => body.includes(term))))
              expect(widened.get(passage) ?? 0).toBeGreaterThanOrEqual(score - 1e-9);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('readSynonyms', () => {
  it.each(['', '{}', '[["a"]]', '[["a", "b"]]', '[[1, ["a"]]]', '<html>'])(
    'refuses %j by its name',
    (text) => {
      expect(() => readSynonyms(new TextEncoder().encode(text), 'synonyms.1.json', english)).toThrow(
        /synonyms\.1\.json/,
      );
    },
  );
});
