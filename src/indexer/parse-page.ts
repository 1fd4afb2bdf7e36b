import { selectAll, selectOne } from 'css-select';
import type { AnyNode, Document, Element } from 'domhandler';
import { getAttributeValue, textContent } from 'domutils';
import { parse } from 'parse5';
import { adapter } from 'parse5-htmlparser2-tree-adapter';
import { cutSections, headingText, type PageSection } from './cut-sections.js';

/** A page as the index sees it, or why it is left out. */
export type ParsedPage = PageContent | { skipped: string };

export interface PageContent {
  title: string;
  /** What `html[lang]` says. */
  language: string | undefined;
  /** The URL that the page names as the one it is a copy of, or its own. */
  canonical: string | undefined;
  sections: PageSection[];
}

/** Where pages keep their main content, the surest sign first. */
const ROOTS = [
  '[data-second-look-body], [data-pagefind-body]',
  'main',
  '[role="main"]',
  '.DocSearch-content, .theme-doc-markdown, .vp-doc, .sl-markdown-content, .markdown-body, .md-content',
  'article',
  '#content, #main, #main-content, .content, .document .body',
  'body',
];

/** Parses HTML as browsers do, however broken, and cuts its main content into sections. */
export function parsePage(html: string): ParsedPage {
  const document = parse(html, { treeAdapter: adapter });
  if (selectOne('meta[name="robots" i]:is([content*="noindex" i], [content~="none" i])', document))
    return { skipped: 'its robots meta says noindex' };
  const roots = mainContent(document);
  const sections = cutSections(roots);
  if (sections.length === 0) return { skipped: 'no text in its main content' };
  const root = selectOne<AnyNode, Element>('html', document);
  const canonical = selectOne<AnyNode, Element>('head link[rel="canonical" i][href]', document);
  return {
    title: pageTitle(document, roots),
    language: (root && getAttributeValue(root, 'lang')) || undefined,
    canonical: canonical?.attribs.href,
    sections,
  };
}

function mainContent(document: Document): AnyNode[] {
  for (const selector of ROOTS) {
    const found = selectAll<AnyNode, Element>(selector, document);
    // Containers inside one another would be read twice.
    const outermost = found.filter(
      (element) => !found.some((other) => other !== element && contains(other, element)),
    );
    if (outermost.some((element) => textContent(element).trim() !== '')) return outermost;
  }
  return [];
}

function contains(outer: AnyNode, inner: AnyNode): boolean {
  for (let node = inner.parent; node; node = node.parent) if (node === outer) return true;
  return false;
}

/**
 * The first h1 or the document's title. Where one contains the other, the shorter: titles carry the site's name
 * ("Install · Docs"), headings carry badges ("install @11.2").
 */
function pageTitle(document: Document, roots: AnyNode[]): string {
  const inside = selectAll<AnyNode, Element>('h1', roots);
  // Where a page has several, they head its parts.
  const h1 = inside.length > 1 ? undefined : (inside[0] ?? selectOne<AnyNode, Element>('h1', document));
  const heading = h1 ? headingText(h1) : '';
  const title = selectOne<AnyNode, Element>('head > title', document);
  const documentTitle = title ? textContent(title).replace(/\s+/g, ' ').trim() : '';
  if (!heading || !documentTitle)
    return heading || documentTitle || (inside[0] ? headingText(inside[0]) : '') || 'Untitled';
  return heading.includes(documentTitle) ? documentTitle : heading;
}
