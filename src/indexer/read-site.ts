import { readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { SearchError } from '../engine/errors.js';
import { originalOf } from './canonical.js';
import { decodePage } from './decode-page.js';
import { limitKeys } from './limit-keys.js';
import { titlesOf } from './page-titles.js';
import { type PageContent, type ParsedPage, parsePage } from './parse-page.js';
import type { Warning } from './warning.js';

/** A page that the index will have. */
export interface SitePage extends PageContent {
  file: string;
  /** URL relative to the site's root: `guide/` for `guide/index.html`. */
  url: string;
}

/** A page that the index leaves out. */
export interface SkippedPage {
  file: string;
  reason: string;
}

/** What was read of a site. */
export interface ReadSite {
  pages: SitePage[];
  skipped: SkippedPage[];
  /** What is odd about the pages that the index will have. */
  warnings: Warning[];
}

export interface ReadSiteOptions {
  /** Files to read, as globs relative to the folder. */
  include: readonly string[];
  /** Files to leave out, likewise. */
  exclude: readonly string[];
  /** Larger files are skipped, in bytes. */
  maxPageBytes: number;
  onProgress?: (done: number, total: number) => void;
}

/**
 * Reads the folder of a built site, in the order of its file names.
 * @throws SearchError `bad-option` when the folder is missing or has no HTML
 */
export async function readSite(
  folder: string,
  { include, exclude, maxPageBytes, onProgress }: ReadSiteOptions,
): Promise<ReadSite> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory())
    throw new SearchError(
      'bad-option',
      `${folder} is not a folder. Name the folder that your site is built into.`,
    );
  const files = (
    await glob([...include], { cwd: folder, ignore: [...exclude], caseSensitiveMatch: false })
  ).sort();
  if (files.length === 0)
    throw new SearchError(
      'bad-option',
      `${folder} has no files like ${include.join(', ')}. Build the site first, then name its output folder.`,
    );

  const pages: SitePage[] = [];
  const skipped: SkippedPage[] = [];
  const seen = new Map<string, string>();
  for (const [at, file] of files.entries()) {
    const target = await realpath(join(folder, file)).catch(() => file);
    const twin = seen.get(target);
    seen.set(target, twin ?? file);
    const page =
      twin === undefined
        ? await readPage(join(folder, file), maxPageBytes)
        : { skipped: `a link to the same file as ${twin}` };
    if ('skipped' in page) skipped.push({ file, reason: page.skipped });
    else pages.push({ ...page, file, url: urlOf(file) });
    onProgress?.(at + 1, files.length);
  }
  return choosePages(pages, skipped);
}

/** Gives pages their titles, and leaves out those that the others make superfluous. */
export function choosePages(pages: readonly SitePage[], skipped: readonly SkippedPage[]): ReadSite {
  const titles = titlesOf(pages);
  const titled = pages.map((page, at) => ({ ...page, title: titles[at] ?? page.title }));
  const marked = leaveOutUnmarked({ pages: titled, skipped });
  const single = leaveOutCopies(marked.pages, marked.skipped);
  const limited = limitKeys(single.pages);
  return {
    pages: limited.pages,
    skipped: single.skipped,
    warnings: [
      ...limited.pages.flatMap(({ file, warnings }) => warnings.map((warning) => ({ file, ...warning }))),
      ...limited.warnings,
    ],
  };
}

/** Where an author marks the main content of any page, the other pages have none, as Pagefind has it. */
function leaveOutUnmarked<P extends Pick<SitePage, 'file' | 'marked'>>({
  pages,
  skipped,
}: {
  pages: readonly P[];
  skipped: readonly SkippedPage[];
}): { pages: P[]; skipped: SkippedPage[] } {
  const marked = pages.filter(({ marked }) => marked);
  if (marked.length === 0) return { pages: [...pages], skipped: [...skipped] };
  const reason = 'it marks no main content (data-pagefind-body, data-second-look-body), as other pages do';
  const unmarked = pages.filter(({ marked }) => !marked);
  return { pages: marked, skipped: [...skipped, ...unmarked.map(({ file }) => ({ file, reason }))] };
}

/** A page that names another page of the site as its canonical one would only show the same twice. */
function leaveOutCopies<P extends Pick<SitePage, 'file' | 'url' | 'canonical'>>(
  pages: readonly P[],
  skipped: readonly SkippedPage[],
): { pages: P[]; skipped: SkippedPage[] } {
  const urls = new Set(pages.map(({ url }) => url));
  const original = (page: P): string | undefined => originalOf(page.url, page.canonical, urls);
  const copies = pages.filter((page) => original(page) !== undefined);
  return {
    pages: pages.filter((page) => original(page) === undefined),
    skipped: [
      ...skipped,
      ...copies.map((page) => ({
        file: page.file,
        reason: `a copy of ${original(page) ?? ''}, as it says itself`,
      })),
    ],
  };
}

async function readPage(path: string, maxPageBytes: number): Promise<ParsedPage> {
  try {
    const { size } = await stat(path);
    if (size > maxPageBytes)
      return {
        skipped: `it has ${megabytes(size)} MB, more than the ${megabytes(maxPageBytes)} MB that a page may have`,
      };
    const html = decodePage(await readFile(path));
    return html === undefined ? { skipped: 'it is not text' } : parsePage(html);
  } catch (error) {
    if (error instanceof RangeError) return { skipped: 'its tags are nested too deep' };
    return { skipped: `it could not be read: ${String(error)}` };
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** File path to URL: each part encoded, a folder's index page as the folder. */
function urlOf(file: string): string {
  return file
    .split('/')
    .map(encodeURIComponent)
    .join('/')
    .replace(/(^|\/)index\.html?$/, '$1');
}
