import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSite } from './read-site.js';
import type { FolderOptions } from './sources/folder-pages.js';

describe('readSite', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'second-look-site-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function write(path: string, content: string | Uint8Array = `<main>${path}</main>`): Promise<void> {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  const read = (more: Partial<FolderOptions> = {}): ReturnType<typeof readSite> =>
    readSite(folder, { include: ['**/*.{html,htm}'], exclude: [], maxPageBytes: 1e6, ...more });

  it('reads all pages, in the order of their names, with URLs relative to the site', async () => {
    for (const path of [
      'index.html',
      'guide/index.html',
      'guide/a b.html',
      'api/x#y?.html',
      'old.htm',
      'a.txt',
    ])
      await write(path);
    const { pages, skipped } = await read();
    expect(pages.map(({ url }) => url)).toEqual([
      'api/x%23y%3F.html',
      'guide/a%20b.html',
      'guide/',
      '',
      'old.htm',
    ]);
    expect(skipped).toEqual([]);
  });

  it('keeps what an h1 says that is not in the title, but for badges and the banner of the site', async () => {
    await write('a.html', '<title>CLI</title><main><h1>Upgrading the CLI on Windows</h1><p>Text.</p></main>');
    await write('b.html', '<title>publish</title><main><h1>publish 11.2</h1><p>Text.</p></main>');
    for (const name of ['fs', 'http', 'url'])
      await write(
        `${name}.html`,
        `<title>${name} | Node.js</title><main><h1>Manual</h1><h2 id="x">X</h2>Text</main>`,
      );
    const { pages } = await read();
    expect(pages.map(({ title, sections }) => [title, sections[0]?.blocks[0]?.text])).toEqual([
      ['CLI', 'Upgrading the CLI on Windows'],
      ['publish', 'Text.'],
      ...['fs', 'http', 'url'].map((name) => [`${name} | Node.js`, 'Text']),
    ]);
  });

  it('gives URLs that lead back to the file, even where a name looks like a scheme', async () => {
    await write('javascript:alert.html');
    const { pages } = await read();
    expect(new URL(pages[0]!.url, 'https://docs.test/').href).toMatch(/^https:\/\/docs\.test\/javascript/);
  });

  it('leaves out what it is told to, and hidden folders', async () => {
    for (const path of ['a.html', 'second-look/b.html', '.git/c.html']) await write(path);
    const { pages } = await read({ exclude: ['second-look/**'] });
    expect(pages.map(({ url }) => url)).toEqual(['a.html']);
  });

  it('skips what hosts show in place of missing pages, in every language, and no other page of that name', async () => {
    const errors = ['404.html', '404/index.html', 'de/404.html'];
    for (const path of [...errors, 'status/404.html', 'de/index.html'])
      await write(path, `<html lang="${path.startsWith('de') ? 'de' : 'en'}"><main>${path}</main>`);
    const { pages, skipped } = await read();
    expect(pages.map(({ file }) => file)).toEqual(['de/index.html', 'status/404.html']);
    const reason = 'hosts show it in place of pages that are missing';
    expect(skipped).toEqual(errors.map((file) => ({ file, reason })));

    await write('404.md', '# Not here\n\nLost.');
    await write('a.md', '# A\n\nText.');
    const markdown = await read({ include: ['**/*.md'], markdownUrls: 'plain' });
    expect(markdown.pages.map(({ url }) => url)).toEqual(['a']);
    expect(markdown.skipped).toEqual([{ file: '404.md', reason }]);
  });

  it('names each page that it skips, and why, and reads the others', async () => {
    await write('empty.html', '');
    await write('large.html', `<main>${'x'.repeat(2_000_000)}</main>`);
    await write('private.html', '<meta name="robots" content="noindex"><p>Text</p>');
    await write('text.html', '<p>Text</p>');
    const { pages, skipped } = await read();
    expect(pages.map(({ url }) => url)).toEqual(['text.html']);
    expect(skipped).toEqual([
      { file: 'empty.html', reason: expect.stringContaining('no text') as string },
      { file: 'large.html', reason: expect.stringMatching(/2\.0 MB.*1\.0 MB/) as string },
      { file: 'private.html', reason: expect.stringContaining('noindex') as string },
    ]);
  });

  it('reads only pages that mark their main content where any page does, and names the others', async () => {
    await write('marked.html', '<nav>x</nav><div data-pagefind-body>Text</div>');
    await write('ours.html', '<div data-second-look-body>Text</div>');
    await write('other.html');
    const { pages, skipped } = await read();
    expect(pages.map(({ url }) => url)).toEqual(['marked.html', 'ours.html']);
    expect(skipped).toEqual([
      { file: 'other.html', reason: expect.stringContaining('data-pagefind-body') as string },
    ]);
  });

  it('warns of what is odd, by the name of the page', async () => {
    await write('a.html', '<main data-pagefind-weight="99">Text</main>');
    expect((await read()).warnings).toEqual([
      {
        file: 'a.html',
        what: 'weight="99" counts as 10',
        advice: expect.stringContaining('0 to 10') as string,
      },
    ]);
  });

  it('keeps a hundred keys of a site that has more, and says which page has the others', async () => {
    const key = (page: number, at: number): string => `<i data-pagefind-filter="key ${page} ${at}:x"></i>`;
    for (const page of [1, 2, 3])
      await write(
        `${page}.html`,
        `<main>Text${Array.from({ length: 45 }, (_, at) => key(page, at)).join('')}</main>`,
      );
    const { pages, warnings } = await read();
    expect(new Set(pages.flatMap(({ filters }) => [...filters.keys()])).size).toBe(100);
    expect(warnings).toMatchObject([
      { file: '3.html', what: expect.stringContaining('"key 3 10"') as string },
    ]);
  });

  it('reads bytes that are no UTF-8', async () => {
    await write('latin1.html', Buffer.from('<main>caf\xe9 au lait</main>', 'latin1'));
    const { pages } = await read();
    expect(pages[0]?.sections[0]?.blocks[0]?.text).toMatch(/caf.* au lait/);
  });

  it('tells how far it is', async () => {
    await write('a.html');
    await write('b.html', '');
    const progress: number[][] = [];
    await read({ onProgress: (...step) => void progress.push(step) });
    expect(progress).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });

  it('says which folder is missing, is a file, or has no pages', async () => {
    await write('file.html');
    await write('empty/readme.txt', 'Text');
    for (const name of ['missing', 'file.html', 'empty']) {
      const path = join(folder, name);
      await expect(
        readSite(path, { include: ['**/*.html'], exclude: [], maxPageBytes: 1e6 }),
      ).rejects.toMatchObject({ code: 'bad-option', message: expect.stringContaining(path) as string });
    }
  });
});
