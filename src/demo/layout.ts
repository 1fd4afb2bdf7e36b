import { Element } from 'domhandler';
import { appendChild } from 'domutils';
import type { DocsPage } from './docs-pages.js';
import { escapeHtml, innerHtml, parsePage, selectAll, selectOne, setInnerHtml } from './html.js';
import { groupPages, groupTitle, navigationHtml, overviewHtml } from './navigation.js';

/** Fills the lists of pages into index.html: the home page, and the layout of all others. */
export function fillHome(indexHtml: string, pages: DocsPage[]): string {
  const home = parsePage(indexHtml);
  const docs = groupPages(pages);
  setInnerHtml(selectOne('.navigation', home), navigationHtml(docs));
  setInnerHtml(selectOne('.overview', home), overviewHtml(docs));
  return innerHtml(home);
}

/** Makes the home page into a page of the docs. */
export function fillPage(homeHtml: string, page: DocsPage): string {
  const html = parsePage(homeHtml);
  const main = selectOne('main', html);
  delete main.attribs.class;
  setInnerHtml(main, articleHtml(page));
  setInnerHtml(selectOne('title', html), escapeHtml(`${page.title} · npm docs`));
  selectOne('meta[name="description"]', html).attribs.content = page.description;
  if (page.canonicalUrl !== page.url)
    appendChild(selectOne('head', html), new Element('link', { rel: 'canonical', href: page.canonicalUrl }));
  for (const link of selectAll(`.navigation a[href="${page.canonicalUrl}"]`, html))
    link.attribs['aria-current'] = 'page';
  return innerHtml(html);
}

function articleHtml(page: DocsPage): string {
  return `<article>
<header>
<p class="group" data-second-look-ignore>${groupTitle(page)}</p>
<h1 id="${escapeHtml(page.titleId)}">${escapeHtml(page.title)}</h1>
<p class="lead">${escapeHtml(page.description)}</p>
</header>
${page.tocHtml && tocHtml(page)}
<div class="prose">
${page.contentHtml}
</div>
</article>`;
}

function tocHtml(page: DocsPage): string {
  return `<nav class="on-this-page" aria-label="On this page">
<details class="fold">
<summary>On this page</summary>
${page.tocHtml}
</details>
</nav>`;
}
