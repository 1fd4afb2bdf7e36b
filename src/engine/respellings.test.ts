import { expect, it } from 'vitest';
import type { Passage } from './index-file/passage-file.js';
import { english } from './keyword/english.js';
import { respellings } from './respellings.js';

const passage = (text: string): Passage => ({
  ...{ id: 0, text, page: { url: '/a', title: 'Title' }, section: { anchor: '', trail: ['Heading'] } },
});
const said = (typed: string, respelt: [string, string[]][], ...texts: string[]): string[] =>
  respellings(typed, new Map(respelt), new Map(texts.map((text, id) => [id, passage(text)])), english).map(
    ({ typed, meant }) => `${typed} → ${meant}`,
  );

it('says a word as it was typed, and as the first passage has the one in its place', () => {
  const stem = english.analyseQuery('publihsing ').terms[0]!;
  const meant = english.analyseQuery('publishing ').terms[0]!;
  expect(said('Undo Publihsing', [[stem, [meant]]], 'nothing of it', 'After Publishing it')).toEqual([
    'Publihsing → publishing',
  ]);
});

it('finds it in a title or heading too, and says nothing where no passage has it', () => {
  expect(said('titel', [['titel', ['titl']]], 'x')).toEqual(['titel → title']);
  expect(said('publihs', [['publihs', ['publish']]], 'x')).toEqual([]);
});

it('names the likeliest of several that passages have', () => {
  const respelt: [string, string[]][] = [['passwrod', ['password', 'pass']]];
  expect(said('passwrod', respelt, 'It is passed on', 'A password')).toEqual(['passwrod → password']);
});

it('says of each of several words what it stands for', () => {
  const respelt: [string, string[]][] = [
    ['titel', ['titl']],
    ['headign', ['head']],
  ];
  expect(said('titel headign', respelt, 'x', 'y')).toEqual(['titel → title', 'headign → heading']);
});

it('says nothing of a word that is still being typed', () => {
  const respelt: [string, string[]][] = [['documentati', ['document']]];
  expect(said('hooks documentati', respelt, 'Documentation of it')).toEqual([]);
  expect(said('documentati of hooks', respelt, 'Documentation of it')).toEqual([
    'documentati → documentation',
  ]);
});
