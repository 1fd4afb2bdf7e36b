import { expect, test } from 'vitest';
import { howTo } from './how-to.js';

const frequency = (word: string): number => (['create', 'run', 'add', 'use'].includes(word) ? 5 : 0);
const question = (heading: string): string | undefined => howTo(heading, frequency, () => 0);

test('makes questions of headings that begin with a gerund', () => {
  expect(question('Creating a Repository')).toBe('how to create a repository');
  expect(question('Running tests:')).toBe('how to run tests');
  expect(question('Adding a column')).toBe('how to add a column');
  expect(question('Using it')).toBe('how to use it');
});

test('leaves other headings alone', () => {
  for (const heading of ['String methods', 'Running', 'The ring', 'Padding of boxes'])
    expect(question(heading)).toBeUndefined();
});
