import type { DocsPage } from './docs-pages.js';
import { escapeHtml } from './html.js';

/** One part of the docs. */
export interface DocsGroup {
  /** Its folder, which also makes the ids of its headings. */
  folder: string;
  title: string;
  pages: DocsPage[];
}

const groups = [
  { folder: 'commands', title: 'Commands' },
  { folder: 'configuring-npm', title: 'Configuring npm' },
  { folder: 'using-npm', title: 'Using npm' },
];

/** The docs in their parts, by title; a page that repeats another one is left out. */
export function groupPages(pages: DocsPage[]): DocsGroup[] {
  const originals = pages.filter((page) => page.url === page.canonicalUrl);
  return groups.map(({ folder, title }) => ({
    folder,
    title,
    pages: originals
      .filter((page) => page.path.startsWith(`${folder}/`))
      .sort((a, b) => shortTitle(a).localeCompare(shortTitle(b), 'en')),
  }));
}

/** The part a page belongs to. */
export function groupTitle(page: DocsPage): string {
  return groups.find(({ folder }) => page.path.startsWith(`${folder}/`))?.title ?? '';
}

/** The lists of the sidebar. */
export function navigationHtml(docs: DocsGroup[]): string {
  return docs
    .map(
      ({ folder, title, pages }) =>
        `<p class="nav-title" id="nav-${folder}">${title}</p><ul aria-labelledby="nav-${folder}">${links(pages)}</ul>`,
    )
    .join('');
}

/** The sections of the overview on the home page. */
export function overviewHtml(docs: DocsGroup[]): string {
  return docs
    .map(
      ({ folder, title, pages }) =>
        `<section class="${folder}"><h2>${title}</h2><ul>${links(pages)}</ul></section>`,
    )
    .join('');
}

function links(pages: DocsPage[]): string {
  return pages.map((page) => `<li><a href="${page.url}">${escapeHtml(shortTitle(page))}</a></li>`).join('');
}

/** Below the heading "Commands" a command goes by its own name: `npm-unpublish` is listed as `unpublish`. */
function shortTitle({ path, title }: DocsPage): string {
  return path.startsWith('commands/') ? title.replace(/^npm-/, '') : title;
}
