import { expect, it } from 'vitest';
import type { SourcePage } from '../indexer/sources/source-page.js';
import { devSource } from './dev-source.js';

const read = async (exclude: string[]): Promise<SourcePage[]> => {
  const pages = ['index.html', '/guide/', 'drafts/a%20b.html', 'large.html'].map((url) => ({
    url,
    html: `<main><p>Text</p><p class="toc">Contents</p>${url === 'large.html' ? 'x'.repeat(500) : ''}</main>`,
  }));
  const plan = { exclude, selectors: { exclude: ['.toc'] }, maxPageBytes: 400 };
  const found: SourcePage[] = [];
  for await (const page of devSource(pages, plan)) found.push(page);
  return found;
};

it('reads the pages of a dev server as those of a folder are read', async () => {
  const pages = await read([]);
  expect(pages.map(({ url }) => url)).toEqual(['', 'guide/', 'drafts/a%20b.html', 'large.html']);
  expect(pages[0]?.page).toMatchObject({ sections: [{ blocks: [{ text: 'Text' }] }] });
  expect(pages[3]?.page).toEqual({ skipped: expect.stringContaining('more than') as string });
});

it.each([
  [['drafts/**'], ['', 'guide/', 'large.html']],
  [['Drafts'], ['', 'guide/', 'large.html']],
  [['guide/index.html', '*.html'], ['drafts/a%20b.html']],
  [
    ['drafts/**', '!drafts/a b.html', ''],
    ['', 'guide/', 'large.html'],
  ],
  [['**/a b.html'], ['', 'guide/', 'large.html']],
])('leaves out %j', async (exclude, left) => {
  expect((await read(exclude)).map(({ url }) => url)).toEqual(left);
});
