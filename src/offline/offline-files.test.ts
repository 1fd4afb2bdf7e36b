import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { indexSite } from '../indexer/index-site.js';
import { offlineFiles } from './offline-files.js';
import { precacheEntries } from './precache-entries.js';

const PAGE = (lang: string, text: string): string =>
  `<html lang="${lang}"><title>${text}</title><main data-pagefind-filter="kind:page" data-pagefind-sort="date:1">
  <h1>${text}</h1><p>${text} is what this page is about.</p></main>`;

describe('offlineFiles', () => {
  let site: string;
  let index: string;
  beforeAll(async () => {
    site = await mkdtemp(join(tmpdir(), 'second-look-offline-'));
    index = pathToFileURL(join(site, 'second-look/')).href;
    await mkdir(join(site, 'de'));
    await writeFile(join(site, 'one.html'), PAGE('en', 'Walking'));
    await writeFile(join(site, 'two.html'), PAGE('en', 'Running'));
    await writeFile(join(site, 'de/one.html'), PAGE('de', 'Wandern'));
    await writeFile(join(site, 'synonyms.json'), '[["walk", "stroll"]]');
    await indexSite(site, {
      embedder: 'none',
      reranker: 'reranker-v1',
      script: false,
      cache: false,
      synonyms: join(site, 'synonyms.json'),
    });
  });
  afterAll(() => rm(site, { recursive: true }));

  it('lists every file of the folder but the list itself, with its size', async () => {
    const folder = join(site, 'second-look');
    const onDisk = (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && entry.name !== 'browser-files.json')
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
    const { files, bytes } = await offlineFiles(index);
    expect(files.map(({ path }) => path).sort()).toEqual(onDisk.sort());
    let sum = 0;
    for (const file of files) {
      expect((await stat(join(folder, file.path))).size, file.path).toBe(file.bytes);
      sum += file.bytes;
    }
    expect(bytes).toBe(sum);
    const fixed = files.filter((file) => file.fixed).map(({ path }) => path);
    expect(fixed.sort()).toEqual(['manifest.de.json', 'manifest.json']);
  });

  it('leaves out models, and languages that are not asked for', async () => {
    const all = await offlineFiles(index);
    const words = await offlineFiles(index, { models: false });
    expect(words.files.some(({ path }) => path.startsWith('reranker/'))).toBe(false);
    expect(words.files.length).toBe(all.files.length - 3);
    const german = await offlineFiles(index, { languages: ['de'], models: false });
    const paths = german.files.map(({ path }) => path);
    expect(paths).toContain('manifest.json');
    expect(paths).toContain('manifest.de.json');
    expect(paths.filter((path) => path.startsWith('passages/'))).toHaveLength(1);
  });

  it('says which languages there are, and where there is no index', async () => {
    await expect(offlineFiles(index, { languages: ['fr'] })).rejects.toThrow(
      /languages has "fr"; the index at .* has en, de\./,
    );
    await expect(offlineFiles(`${index}nowhere/`)).rejects.toMatchObject({ code: 'missing-file' });
  });

  it('is a precache manifest for Workbox, under the URL that visitors will use', async () => {
    const entries = await precacheEntries(index, { url: '/docs/second-look/', models: false });
    const manifest = entries.find(({ url }) => url === '/docs/second-look/manifest.json')!;
    expect(manifest.revision).toMatch(/^[0-9a-f]{64}$/);
    const passages = entries.find(({ url }) => url.startsWith('/docs/second-look/passages/'))!;
    expect(passages.revision).toBeNull();
  });
});
