import { expect, test } from 'vitest';
import { HOME, pageLabels, pageOf, withoutQuery } from './collection.js';
import { documentId } from './document-id.js';
import { formatQrels } from './write-labels.js';

test('a page is what stands before the first #', () => {
  expect(pageOf('commands/npm-ci.html#see-also')).toBe('commands/npm-ci.html');
  expect(pageOf('commands/npm-ci.html')).toBe('commands/npm-ci.html');
  expect(pageOf('a#b#c')).toBe('a');
});

test('sections of the home page, whose URL is empty, are of one page that a label can name', () => {
  const opening = documentId({ page: { url: '' }, section: { anchor: '' } });
  const install = documentId({ page: { url: '' }, section: { anchor: 'install' } });
  expect([opening, install]).toEqual([HOME, '#install']);
  expect(pageOf(opening)).toBe(HOME);
  expect(pageOf(install)).toBe(HOME);
  const labels = new Map([['q1', sections({ [opening]: 1 })]]);
  expect(formatQrels(labels)).toContain(`q1\t${HOME}\t1`);
});

test('a page has the grade of its best section, whatever their order, and each query its own', () => {
  const labels = new Map([
    ['q1', sections({ 'a#1': 1, 'a#2': 3, 'a#3': 2, b: 1 })],
    ['q2', sections({ 'a#1': 1 })],
  ]);
  expect(pageLabels(labels)).toEqual(
    new Map([
      ['q1', sections({ a: 3, b: 1 })],
      ['q2', sections({ a: 1 })],
    ]),
  );
  expect(labels.get('q1')?.size).toBe(4);
});

test('a document with the id of the query does not count, unless it is labelled', () => {
  expect(withoutQuery(['a', 'q1', 'b'], 'q1', sections({ a: 1 }))).toEqual(['a', 'b']);
  expect(withoutQuery(['a', 'q1', 'b'], 'q1', sections({ q1: 1 }))).toEqual(['a', 'q1', 'b']);
});

function sections(grades: Record<string, number>): Map<string, number> {
  return new Map(Object.entries(grades));
}
