import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ReadSite, siteOf } from '../read-site.js';
import { linePages } from './line-pages.js';

describe('linePages', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'second-look-lines-'));
    file = join(folder, 'pages.jsonl');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const readFile = (): Promise<ReadSite> => siteOf(linePages(file, { maxPageBytes: 1e6 }));
  const read = async (...lines: unknown[]): Promise<ReadSite> => {
    const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
    await writeFile(file, text.join('\n'));
    return readFile();
  };

  it('reads a page a line, of text or of HTML, with what it says of itself', async () => {
    const { pages, warnings } = await read(
      { url: 'a.html', title: 'First', text: 'One.\nStill one.\n\nTwo.', language: 'de' },
      '',
      {
        url: 'https://example.org/b?x=1',
        html: '<title>T</title><main><h1>Second</h1><p>Text<h2 id=more>More</h2><p>Rest</main>',
        meta: { author: 'Ada' },
        filters: { section: 'cli', tags: ['x', 2] },
        sorts: { date: '2026-11-24' },
      },
      { _id: 7, title: 'Only a title', text: '' },
    );
    expect(warnings).toEqual([]);
    expect(pages).toMatchObject([
      {
        file: `${file}:1`,
        url: 'a.html',
        title: 'First',
        language: 'de',
        sections: [{ anchor: '', trail: [], blocks: [{ text: 'One. Still one.' }, { text: 'Two.' }] }],
      },
      {
        url: 'https://example.org/b?x=1',
        title: 'Second',
        meta: new Map([['author', { value: 'Ada', url: false }]]),
        filters: new Map([
          ['section', new Set(['cli'])],
          ['tags', new Set(['x', '2'])],
        ]),
        sorts: new Map([['date', '2026-11-24']]),
        sections: [{ anchor: '' }, { anchor: 'more', trail: ['More'] }],
      },
      { url: '7', title: 'Only a title', sections: [{ blocks: [{ text: 'Only a title' }] }] },
    ]);
  });

  it('puts the sections of a page together', async () => {
    const { pages } = await read(
      {
        url: 'guide/#set%20up',
        title: 'Guide',
        heading: ['Start', 'Set up'],
        text: 'B',
        filters: { a: '1' },
      },
      { url: 'other', title: 'Other', text: 'Between' },
      { url: 'guide/', title: 'Guide', text: 'A', filters: { a: '2' } },
      { url: 'guide/#end', title: 'The end', html: '<p>C' },
    );
    expect(pages.map(({ url, title }) => [url, title])).toEqual([
      ['guide/', 'Guide'],
      ['other', 'Other'],
    ]);
    expect(pages[0]?.sections).toEqual([
      { anchor: 'set up', trail: ['Start', 'Set up'], blocks: [{ text: 'B' }] },
      { anchor: '', trail: [], blocks: [{ text: 'A' }] },
      { anchor: 'end', trail: ['The end'], blocks: [{ text: 'C' }] },
    ]);
    expect(pages[0]?.filters).toEqual(new Map([['a', new Set(['1', '2'])]]));
  });

  it.each([
    ['{"url": "a", "text": ', /line 2: expected \{"url".*found \{"url": "a"/],
    ['[1]', /line 2: /],
    ['{"text": "x"}', /line 2: expected a url on the web/],
    ['{"url": "javascript:alert(1)", "text": "x"}', /line 2: expected a url on the web/],
    ['{"url": "b"}', /line 2: expected either text or html/],
    ['{"url": "b", "text": "x", "html": "y"}', /line 2: expected either text or html/],
    ['{"url": "b", "text": 5}', /line 2: text: expected text/],
    ['{"url": "b", "text": "x", "filters": {"k": {"a": 1}}}', /line 2: filters\.k: expected/],
    ['{"url": "b", "text": "x", "meta": ["a"]}', /line 2: meta.*: expected/],
    ['{"url": "a", "text": "again"}', /line 2: the url "a" occurs twice, first in line 1/],
  ])('refuses %s and names file and line', async (line, message) => {
    const reading = read({ url: 'a', text: 'Good' }, line);
    await expect(reading).rejects.toMatchObject({ code: 'bad-option' });
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toThrow(file);
  });

  it('warns once of names that mean nothing, and skips what is too large', async () => {
    const { pages, skipped, warnings } = await read(
      { url: 'a', text: 'x', filter: { a: 'b' } },
      { url: 'b', text: 'x', filter: { a: 'c' } },
      { url: 'c', text: 'x'.repeat(2e6) },
    );
    expect(pages).toHaveLength(2);
    expect(skipped).toEqual([{ file: `${file}:3`, reason: expect.stringMatching(/2\.0 MB/) as string }]);
    expect(warnings).toMatchObject([
      { file: `${file}:1`, what: expect.stringContaining('"filter" is passed over') as string },
    ]);
  });

  it('reads gzip, a byte order mark, and characters that lie across chunks', async () => {
    const text = '日本語'.repeat(50_000);
    const lines = `\uFEFF${JSON.stringify({ url: 'a', text })}\r\n${JSON.stringify({ url: 'b', text: 'x' })}\r\n`;
    file += '.gz';
    await writeFile(file, gzipSync(lines));
    const { pages } = await readFile();
    expect(pages.map(({ url }) => url)).toEqual(['a', 'b']);
    expect(pages[0]?.sections[0]?.blocks[0]?.text).toBe(text);
  });

  it('says what is wrong with a file that is not there, empty, cut short or no text', async () => {
    await expect(readFile()).rejects.toThrow(/pages\.jsonl could not be read: ENOENT/);
    await expect(read('')).rejects.toThrow(/pages\.jsonl is empty/);
    await writeFile(file, Buffer.from('{"url":"a","text":"caf\xe9"}', 'latin1'));
    await expect(readFile()).rejects.toThrow(/could not be read: .*(UTF-8|utf-8)/);
    file += '.gz';
    await writeFile(file, gzipSync('{"url":"a","text":"x"}').subarray(0, 20));
    await expect(readFile()).rejects.toThrow(/could not be read: unexpected end of file/);
  });
});
