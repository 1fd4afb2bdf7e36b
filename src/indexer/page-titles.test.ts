import { describe, expect, it } from 'vitest';
import { type Names, titlesOf } from './page-titles.js';

const named = (...names: [heading: string, documentTitle: string][]): Names[] =>
  names.map(([heading, documentTitle]) => ({ heading, documentTitle }));

describe('titlesOf', () => {
  it('takes the heading, or the shorter of heading and title where one has the other in it', () => {
    expect(
      titlesOf(named(['Install', 'Install · Docs'], ['npm-ci @11.2', 'npm-ci'], ['', 'Only'], ['', ''])),
    ).toEqual(['Install', 'npm-ci', 'Only', 'Untitled']);
  });

  it('does not take the banner of a site for the title of its pages', () => {
    const pages = ['fs', 'http', 'url'].map((name): [string, string] => [
      'Node.js documentation',
      `${name} | Node.js`,
    ]);
    expect(titlesOf(named(...pages))).toEqual(['fs | Node.js', 'http | Node.js', 'url | Node.js']);
  });

  it('does not take the name of a site for the title of its pages', () => {
    const pages = ['Git a basics', 'Git branches', 'Merging'].map((name): [string, string] => [name, 'Git']);
    expect(titlesOf(named(...pages))).toEqual(['Git a basics', 'Git branches', 'Merging']);
  });
});
