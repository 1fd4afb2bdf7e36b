import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Passage } from '../../src/engine/index-file/passage-file.js';
import { labelLinks } from './label-passages.js';
import { isTelling, readLinks } from './links.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'links-'));
});
afterAll(async () => rm(folder, { recursive: true }));

test('passes over texts that say nothing of where they lead', () => {
  for (const text of ['here', 'Next', 'Section 13.3', '13', '¶', 'https://example.org', 'Source'])
    expect(isTelling(text), text).toBe(false);
  for (const text of ['os.path.join()', 'Creating a table', 'next()', 'git-rebase'])
    expect(isTelling(text), text).toBe(true);
});

test('a link leads to the section that its anchor lies in, and there to the passage with most of its words', async () => {
  await writeFile(
    join(folder, 'a.html'),
    '<a href="b.html#deep">joining paths</a> <a href="https://other.org/b.html">elsewhere</a> <a href="b.html">here</a>',
  );
  await writeFile(
    join(folder, 'b.html'),
    '<h1>B</h1><h2 id="one">One</h2><p id="deep">…</p><h2 id="two">Two</h2>',
  );
  const page = { url: 'b.html', title: 'B' };
  const section = { anchor: 'one', trail: ['One'] };
  const passages: Passage[] = [
    { id: 0, page, section, text: 'Something else.' },
    { id: 1, page, section, text: 'Paths are joined by joining them.' },
    { id: 2, page, section: { anchor: 'two', trail: ['Two'] }, text: 'Joining paths.' },
  ];
  expect(labelLinks(passages, await readLinks(folder))).toEqual([
    { text: 'joining paths', kind: 'link', relevant: new Map([[1, 2]]) },
  ]);
});
