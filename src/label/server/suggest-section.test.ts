import { expect, test } from 'vitest';
import { random } from '../../evaluate/random.js';
import type { SiteSection, SiteSections } from './site-sections.js';
import { createSuggester, suggestible } from './suggest-section.js';

const LONG = 'Enough words that say something about it. '.repeat(8);

function section(
  url: string,
  anchor: string,
  { heading = anchor, text = `${url} ${anchor} ${LONG}` } = {},
): SiteSection {
  const page = { url, title: url };
  const trail = [heading];
  return {
    id: `${url}#${anchor}`,
    page,
    trail,
    passages: [{ id: 0, page, section: { anchor, trail }, text }],
  };
}

const byId = (sections: SiteSection[]): SiteSections => new Map(sections.map((one) => [one.id, one]));

test('short sections, boilerplate and texts of several pages are not suggested', () => {
  const good = section('a.html', 'install');
  const sections = [
    good,
    section('a.html', 'short', { text: 'Only this.' }),
    section('a.html', 'see', { heading: 'See Also' }),
    section('a.html', 'licence', { heading: 'Licence' }),
    section('a.html', 'same', { text: LONG }),
    section('b.html', 'same', { text: LONG }),
  ];
  expect(suggestible(sections)).toEqual([good]);
});

test('suggestions go over all pages before a page comes again, and none repeats', () => {
  const pages = ['a.html', 'b.html', 'c.html', 'd.html'];
  const sections = pages.flatMap((url) => ['one', 'two', 'three'].map((anchor) => section(url, anchor)));
  const suggest = createSuggester(byId(sections), random(3));
  const drawn = sections.map(() => suggest([])!);
  for (let round = 0; round < 3; round++)
    expect(new Set(drawn.slice(round * 4, round * 4 + 4).map(({ page }) => page.url)).size).toBe(4);
  expect(new Set(drawn.map(({ id }) => id)).size).toBe(12);
  // What was skipped comes around again.
  expect(suggest([])).toBeDefined();
});

test('pages that have labels wait, and what is labelled is not suggested', () => {
  const sections = [section('a.html', 'one'), section('a.html', 'two'), section('b.html', 'one')];
  const suggest = createSuggester(byId(sections), random(1));
  expect(suggest(['a.html#one'])?.id).toBe('b.html#one');
  expect(suggest(['a.html#one', 'b.html#one'])?.id).toBe('a.html#two');
  expect(suggest(sections.map(({ id }) => id))).toBeUndefined();
});
