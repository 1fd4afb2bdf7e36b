import { cp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { indexSite } from '../../src/indexer/index-site.js';
import { PACKAGE_ROOT } from '../../src/indexer/package-root.js';
import { cachedFolder, contentKey, listingKey } from '../cache.js';
import { compressFolder } from '../browser/compress-folder.js';
import { installedVersion } from '../installed-version.js';
import { indexWithPagefind } from '../peers/pagefind.js';
import type { Site } from './sites.js';
import { SYSTEMS } from './systems.js';

/** Copies a site, indexes it with second-look and with Pagefind, and adds a page for each system. */
export async function prepareSite(site: Site, progress: (message: string) => void): Promise<string> {
  const key = [
    await listingKey(site.pages),
    await contentKey(
      'src/engine/{index-file,keyword,model,vector}/**',
      'src/engine/passage-text.ts',
      'src/indexer/**',
      'models/**',
    ),
    installedVersion('pagefind'),
    ...[site.pages, ...site.leaveOut, site.content, ...(site.noContent ? [site.noContent] : [])],
  ].join('\n');
  const folder = await cachedFolder(`page-${site.name.replaceAll(' ', '-')}`, key, async (unfinished) => {
    await indexBoth(site, unfinished, progress);
    await compressFolder(unfinished);
  });
  await addBrowserFiles(join(folder, 'second-look'));
  for (const { page, head, body } of SYSTEMS)
    await writeFile(
      join(folder, page),
      `<!doctype html><html lang="en"><head><title>Docs</title>${head}</head><body>${body}</body></html>`,
    );
  return folder;
}

async function indexBoth(site: Site, folder: string, progress: (message: string) => void): Promise<void> {
  const html = await glob('**/*.html', { cwd: site.pages, ignore: site.leaveOut });
  for (const file of html) await cp(join(site.pages, file), join(folder, file), { dereference: true });
  progress(`${site.name}: ${html.length} pages; indexing them with Pagefind`);
  const { content, noContent } = site;
  await indexWithPagefind({ site: folder, content, ...(noContent && { leaveOut: noContent }) }, folder);
  let tenth = 0;
  await indexSite(folder, {
    language: 'en',
    script: false,
    onProgress: (step, done, total) => {
      if (step !== 'embed' || Math.floor((10 * done) / total) === tenth) return;
      tenth = Math.floor((10 * done) / total);
      progress(`${site.name}: indexing with second-look (kept for later runs), ${tenth * 10} % embedded`);
    },
  });
}

/** Puts the scripts as they are built now into an index that is older. */
async function addBrowserFiles(index: string): Promise<void> {
  for (const old of await glob('*.js{,.gz}', { cwd: index, absolute: true })) await rm(old);
  await cp(join(PACKAGE_ROOT, 'dist', 'browser'), index, { recursive: true });
  await compressFolder(index, '*.js');
}
