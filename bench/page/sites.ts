import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../src/indexer/package-root.js';
import { readQueries } from '../../src/evaluate/beir.js';

/** A real documentation site, and what its visitors might ask. */
export interface Site {
  name: string;
  /** Folder of HTML pages. */
  pages: string;
  /** Pages that are lists of the others, or of links: no host would have them searched. Neither system gets them. */
  leaveOut: string[];
  /** Where the pages' content is: Pagefind is told, second-look finds it by itself. */
  content: string;
  /** What in it is none: second-look leaves out lists of links by itself. */
  noContent?: string;
  /** The first is asked on a cold visit, the others when everything is warm. */
  queries: string[];
}

const WARM_QUERIES = 20;

/** npm's documentation, from the npm package `npm`, and every so many of the tldr-npm queries. */
export async function npmDocs(): Promise<Site> {
  const all = await readQueries(join(PACKAGE_ROOT, 'bench', 'tldr-npm', 'queries.jsonl'));
  const step = Math.floor(all.length / (WARM_QUERIES + 1));
  return {
    name: 'npm docs',
    pages: join(PACKAGE_ROOT, 'node_modules', 'npm', 'docs', 'output'),
    leaveOut: [],
    content: '#content',
    noContent: '#table_of_contents',
    queries: all.flatMap(({ text }, at) => (at % step === 0 ? [text] : [])).slice(0, WARM_QUERIES + 1),
  };
}

/** Python's documentation, where Debian's package python3.11-doc is installed. */
export async function pythonDocs(): Promise<Site | { absent: string }> {
  const pages = '/usr/share/doc/python3.11/html';
  if (!existsSync(join(pages, 'index.html')))
    return { absent: `The Python docs: there is no ${pages} (Debian: apt-get install python3.11-doc).` };
  const queries = await readFile(new URL('python-queries.txt', import.meta.url), 'utf8');
  return {
    name: 'Python docs',
    pages,
    leaveOut: [
      'genindex*.html',
      'contents.html',
      'py-modindex.html',
      'search.html',
      'whatsnew/changelog.html',
    ],
    content: 'div[role="main"]',
    queries: queries.trim().split('\n'),
  };
}
