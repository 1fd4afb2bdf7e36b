import { resolve } from 'node:path';
import { SearchError } from '../engine/errors.js';
import { folderPages } from './sources/folder-pages.js';
import { isJsonLines, linePages } from './sources/line-pages.js';
import { MARKDOWN_URLS, type MarkdownUrls } from './sources/parse-markdown.js';
import { sitemapPages } from './sources/sitemap-pages.js';
import type { SourceOptions, SourcePage } from './sources/source-page.js';

/** Options that say which pages are read. */
export interface InputOptions {
  /** Files to read: globs relative to the site. Default: its HTML, or its Markdown where it has no HTML. */
  glob?: readonly string[] | undefined;
  /** Files to leave out, likewise. Default: none. */
  exclude?: readonly string[] | undefined;
  /** How the site publishes `a.md`: `html` as `a.html` (default), `folder` as `a/`, `plain` as `a`, `md` as it is. */
  markdownUrls?: MarkdownUrls | undefined;
  /** Address of a sitemap, in place of a folder: its pages are fetched from its own host. */
  sitemap?: string | undefined;
  /** Most pages of a sitemap. Default 10,000. */
  maxPages?: number | undefined;
}

/** Where the pages of an index come from. */
export interface PageInput {
  /** What people call it. */
  name: string;
  /** The site's folder, where the pages lie in one. */
  folder: string | undefined;
  pages(options: SourceOptions & { exclude: readonly string[] }): AsyncIterable<SourcePage>;
}

/** Pages of a sitemap, unless `maxPages` says otherwise. */
const MOST_PAGES = 10_000;

/** Options that are of one input alone. */
const OF_FOLDER = { glob: '--glob', exclude: '--exclude', markdownUrls: '--markdown-urls' } as const;

/**
 * Tells a folder, a file of JSON lines and a sitemap apart.
 * @throws SearchError `bad-option` where there is none, more than one, or an option of another
 */
export function inputOf(site: string | undefined, options: InputOptions): PageInput {
  const { sitemap, maxPages, glob, markdownUrls } = options;
  if ((site === undefined) === (sitemap === undefined))
    throw new SearchError(
      'bad-option',
      'Say what to index: the folder that your site is built into, a .jsonl file, or a sitemap with --sitemap. One of them.',
    );
  const isFolder = site !== undefined && !isJsonLines(site);
  if (!isFolder)
    for (const [name, flag] of Object.entries(OF_FOLDER) as [keyof typeof OF_FOLDER, string][])
      if (options[name]?.length)
        throw new SearchError('bad-option', `${flag} is for a folder; ${site ?? sitemap} is none.`);
  if (sitemap === undefined && maxPages !== undefined)
    throw new SearchError('bad-option', '--max-pages is for --sitemap.');
  if (maxPages !== undefined && !(Number.isInteger(maxPages) && maxPages > 0))
    throw new SearchError('bad-option', `maxPages is ${maxPages}; expected a whole number from 1.`);
  if (markdownUrls !== undefined && !MARKDOWN_URLS.includes(markdownUrls))
    throw new SearchError(
      'bad-option',
      `markdownUrls is "${markdownUrls as string}"; expected one of ${MARKDOWN_URLS.join(', ')}.`,
    );

  if (sitemap !== undefined) {
    const url = sitemapUrl(sitemap);
    return {
      ...{ name: sitemap, folder: undefined },
      pages: (source) => sitemapPages(url, { ...source, maxPages: maxPages ?? MOST_PAGES }),
    };
  }
  const path = resolve(site!);
  if (!isFolder) return { name: site!, folder: undefined, pages: (source) => linePages(site!, source) };
  return {
    ...{ name: path, folder: path },
    pages: (source) =>
      folderPages(path, { ...source, include: glob?.length ? glob : undefined, markdownUrls }),
  };
}

function sitemapUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new SearchError(
      'bad-option',
      `sitemap is "${text}"; expected its address, such as http://localhost:8080/sitemap.xml.`,
    );
  return url;
}
