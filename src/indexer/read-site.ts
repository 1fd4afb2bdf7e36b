import { decodedPath } from '../engine/decoded-path.js';
import { originalOf } from './canonical.js';
import { isErrorPage } from './error-page.js';
import { limitKeys } from './limit-keys.js';
import { titlesOf, unsaidHeadings } from './page-titles.js';
import type { PageSection } from './cut-sections.js';
import type { PageContent } from './parse-page.js';
import { folderPages, type FolderOptions } from './sources/folder-pages.js';
import type { SourcePage } from './sources/source-page.js';
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

/**
 * Reads a folder of pages, in the order of its file names.
 * @throws SearchError `bad-option` when the folder is missing or has no pages
 */
export async function readSite(folder: string, options: FolderOptions): Promise<ReadSite> {
  return siteOf(folderPages(folder, options));
}

/** A site of pages, as far as each says something of the others: titles, copies, what is marked as the content. */
export async function siteOf(source: AsyncIterable<SourcePage>): Promise<ReadSite> {
  const pages: SitePage[] = [];
  const skipped: SkippedPage[] = [];
  for await (const { file, url, page } of source)
    if ('skipped' in page) skipped.push({ file, reason: page.skipped });
    else if ([file, url].some((path) => isErrorPage(path, page.language)))
      skipped.push({ file, reason: 'hosts show it in place of pages that are missing' });
    else pages.push({ ...page, file, url });
  const titles = titlesOf(pages);
  const titled = pages.map((page, at) => ({ ...page, title: titles[at] ?? page.title }));
  const unsaid = unsaidHeadings(titled);
  const headed = titled.map((page, at) => ({ ...page, sections: headedBy(unsaid[at] ?? '', page.sections) }));
  const marked = leaveOutUnmarked({ pages: headed, skipped });
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

/** Sections whose first words are those of a heading. */
function headedBy(heading: string, sections: PageSection[]): PageSection[] {
  if (heading === '') return sections;
  const [first] = sections;
  const top = first?.anchor === '' ? first : { anchor: '', trail: [], blocks: [] };
  const others = top === first ? sections.slice(1) : sections;
  return [{ ...top, blocks: [{ text: heading }, ...top.blocks] }, ...others];
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
  const urls = new Map(pages.map(({ url }) => [decodedPath(url), url]));
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
