import { expect, it } from 'vitest';
import { keywordsOf } from '../../testing/keywords.js';
import { english } from '../keyword/english.js';
import { addSynonyms, type Synonym } from '../keyword/synonyms.js';
import type { Query } from '../query.js';
import { allMatches } from './list-pages.js';
import { PagePassages } from './page-passages.js';

const TEXTS = ['remove a package', 'delete a package', 'wipe out a package', 'delete a folder', 'a package'];

async function pagesOf(text: string, synonyms: Synonym[]): Promise<number[]> {
  const { store } = await keywordsOf(TEXTS.map((body) => ({ title: '', heading: '', trail: '', body })));
  const analysed = addSynonyms(synonyms, english)(english.analyseQuery(text), []);
  const passages = new PagePassages([...TEXTS.keys(), TEXTS.length]);
  const query: Query = {
    typed: text,
    text,
    analysed,
    phrases: [],
    excluded: [],
    filters: {},
    sort: undefined,
  };
  const found = await allMatches(store, passages, query, undefined);
  return found.map(({ passage }) => passage).sort();
}

it('lists pages that have all words, or what the site says stands for one', async () => {
  expect(await pagesOf('remove package ', [])).toEqual([0]);
  expect(await pagesOf('remove package ', [['remove', ['delete', 'wipe out']]])).toEqual([0, 1, 2]);
  // A word that no page has, but for its synonym.
  expect(await pagesOf('erase package ', [['erase', ['delete']]])).toEqual([1]);
});
