import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { readPageContent, type PageContent } from './page-content.js';

/** A page of the demo. */
export interface DocsPage extends PageContent {
  /** Where it lies below the docs, e.g. `commands/npm-unpublish.html`. */
  path: string;
  /** Its address on the site. */
  url: string;
  /** The address of the page it repeats word for word, under the name that one goes by; its own otherwise. */
  canonicalUrl: string;
}

/** npm ships these two pages a second time, under the names of their manual pages. */
const repeats = new Map([
  ['configuring-npm/npm-global.html', 'configuring-npm/folders.html'],
  ['configuring-npm/npm-json.html', 'configuring-npm/package-json.html'],
]);

/** Reads every page of a folder of built npm docs, in the order of their paths. */
export async function readDocsPages(source: string): Promise<DocsPage[]> {
  const paths = (await glob('**/*.html', { cwd: source })).sort();
  return Promise.all(
    paths.map(async (path) => ({
      ...readPageContent(await readFile(join(source, path), 'utf8')),
      path,
      url: urlOf(path),
      canonicalUrl: urlOf(repeats.get(path) ?? path),
    })),
  );
}

function urlOf(path: string): string {
  return `/docs/${path}`;
}
