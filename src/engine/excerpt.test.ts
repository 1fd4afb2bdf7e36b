import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerpt, excerptFrom, highlights, type Matches, matcher } from './excerpt.js';
import { english } from './keyword/english.js';

const matches = (query: string): Matches => matcher(english.analyseQuery(query), english);
const marked = (text: string, query: string): string[] =>
  highlights(text, matches(query)).map(([start, end]) => text.slice(start, end));

describe('highlights', () => {
  it('marks the words of the query in all their forms, and no others', () => {
    expect(marked('Publish it: publishing a published republication', 'publish ')).toEqual([
      'Publish',
      'publishing',
      'published',
    ]);
  });

  it('marks words that an unfinished one begins', () => {
    expect(marked('tag, tags and tagging in stages', 'ta')).toEqual(['tag', 'tags', 'tagging']);
    expect(marked('publish and publishing', 'publishi')).toEqual(['publish', 'publishing']);
  });

  it('marks a single letter by itself, and not the words that begin with it', () => {
    expect(marked('Vitamin C can cure colds', 'vitamin c')).toEqual(['Vitamin', 'C']);
    expect(marked('publish all packages', 'publish a')).toEqual(['publish']);
  });

  it('marks no short word that a longer one being typed happens to begin with', () => {
    expect(marked('An int and a net', 'international')).toEqual([]);
  });

  it.each(['registry', 'query', 'tags', 'uses'])('marks "%s", whose stem is not how it begins', (word) => {
    expect(marked(`Of ${word} and more`, word)).toEqual([word]);
  });

  it('marks accented words by plain ones', () => {
    expect(marked('Un café, deux cafés', 'cafe ')).toEqual(['café', 'cafés']);
  });

  it('marks an identifier once, not its parts one by one', () => {
    expect(marked('Use --save-dev here', 'save-dev ')).toEqual(['save-dev']);
    expect(marked('set saveDev', 'save dev ')).toEqual(['saveDev']);
  });

  it('marks nothing where nothing is searched for', () => {
    expect(marked('any text at all', '')).toEqual([]);
  });
});

describe('excerpt', () => {
  const lead = 'lorem ipsum dolor sit amet '.repeat(20);

  it('gives a short text whole', () => {
    expect(excerpt('npm publish', matches('npm '), 40)).toEqual({ text: 'npm publish', ranges: [[0, 3]] });
  });

  it('shows where the words are, with ellipses for what is left out', () => {
    const { text, ranges } = excerpt(`${lead}then publish the package ${lead}`, matches('publish '), 100);
    expect(text).toMatch(/^… .*\bthen publish the package\b.* …$/);
    expect(ranges.map(([start, end]) => text.slice(start, end))).toEqual(['publish']);
  });

  it('prefers a stretch that has more of the words', () => {
    const text = `${lead}publish publish ${lead}publish a package ${lead}`;
    expect(excerpt(text, matches('publish package '), 100).text).toContain('publish a package');
  });

  it('shows the first of stretches that have as many', () => {
    const text = `${lead}first publish ${lead}second publish ${lead}`;
    expect(excerpt(text, matches('publish '), 100).text).toContain('first publish');
  });

  it('begins at the beginning where no word is found, as for a passage found by its meaning', () => {
    expect(excerpt(lead, matches('zebra '), 60).text).toMatch(/^lorem ipsum .* …$/);
  });

  const words = fc.array(
    fc.string({ unit: fc.constantFrom('a', 'b', 'é', 'ß', 'я'), minLength: 1, maxLength: 15 }),
    {
      minLength: 1,
      maxLength: 80,
    },
  );
  const length = fc.integer({ min: 40, max: 300 });

  it('is a stretch of whole words of the text, no longer than asked for but for its ellipses', () => {
    fc.assert(
      fc.property(words, length, fc.nat(), (list, most, pick) => {
        const passage = list.join(' ');
        const { text } = excerpt(passage, matches(`${list[pick % list.length]!} `), most);
        const stretch = text.replace(/^… /, '').replace(/ …$/, '');
        expect(stretch.length).toBeLessThanOrEqual(most);
        expect(` ${passage} `).toContain(` ${stretch} `);
      }),
    );
  });

  it('shows a match at the end of a long path', () => {
    const path = 'https://docs.npmjs.com/cli/v11/using-npm/config/tag';
    const text = `${'lorem ipsum '.repeat(30)}${path} ${'dolor sit '.repeat(30)}`;
    expect(excerpt(text, matches('tag '), 160).ranges).toHaveLength(1);
  });

  it('shows at least one of the words that the passage has, marked', () => {
    fc.assert(
      fc.property(words, length, fc.nat(), (list, most, pick) => {
        const word = list[pick % list.length]!;
        fc.pre([...english.tokens(word)].length > 0);
        const { text, ranges } = excerpt(list.join(' '), matches(`${word} `), most);
        expect(ranges.map(([start, end]) => text.slice(start, end))).toContain(word);
      }),
    );
  });

  it('gives ranges in order, apart and inside the text, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), length, (passage, most) => {
        const { text, ranges } = excerpt(
          passage,
          (text) => [...english.tokens(text)].filter(({ term }) => term.length % 2 === 0),
          most,
        );
        const offsets = ranges.flat();
        expect(offsets.every((offset, at) => offset > (offsets[at - 1] ?? -1))).toBe(true);
        expect(offsets.at(-1) ?? 0).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

describe('excerptFrom', () => {
  const text = 'The first sentence has words. The second one answers, and goes on for long. The end is near.';

  it('begins where it is told to, and marks what words there are', () => {
    const { text: cut, ranges } = excerptFrom(text, 30, matches('answers'), 50);
    expect(cut).toMatch(/^… The second one answers, and goes on/);
    expect(ranges.map(([start, end]) => cut.slice(start, end))).toEqual(['answers']);
  });

  it('begins sooner near the end, so that the row is full', () => {
    const { text: cut } = excerptFrom(text, 76, matches('end'), 50);
    expect(cut).toMatch(/The end is near\.$/);
    expect(cut.length).toBeGreaterThan(40);
  });
});
