import { selectAll, selectOne } from 'css-select';
import type { AnyNode, Document, Element } from 'domhandler';
import { getAttributeValue, textContent } from 'domutils';
import { parse } from 'parse5';
import { adapter } from 'parse5-htmlparser2-tree-adapter';
import { type Names, titleOf } from './page-titles.js';
import { cutSections, headingText, type PageSection } from './cut-sections.js';

/** A page as the index sees it, or why it is left out. */
export type ParsedPage = PageContent | { skipped: string };

export interface PageContent extends Names {
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
  if (selectOne('meta[http-equiv="refresh" i]', document))
    return { skipped: 'it only leads to another page' };
  const roots = mainContent(document);
  const sections = cutSections(roots);
  if (sections.length === 0) return { skipped: 'no text in its main content' };
  const names = namesOf(document, roots);
  const root = selectOne<AnyNode, Element>('html', document);
  const canonical = selectOne<AnyNode, Element>('head link[rel="canonical" i][href]', document);
  return {
    ...names,
    title: titleOf(names),
    language: (root && getAttributeValue(root, 'lang')) || undefined,
    canonical: canonical?.attribs.href,
    sections,
  };
}

function mainContent(document: Document): AnyNode[] {
  for (const selector of ROOTS) {
    const found = selectAll<AnyNode, Element>(selector, document);
    // Containers inside one another would be read twice.
    const all = new Set<AnyNode>(found);
    const outermost = found.filter((element) => !isInside(element, all));
    if (outermost.some((element) => textContent(element).trim() !== '')) return outermost;
  }
  return [];
}

function isInside(inner: AnyNode, outer: ReadonlySet<AnyNode>): boolean {
  for (let node = inner.parent; node; node = node.parent) if (outer.has(node)) return true;
  return false;
}

/** Its first h1, in the main content or else anywhere, and its `<title>`. */
function namesOf(document: Document, roots: AnyNode[]): Names {
  const inside = selectAll<AnyNode, Element>('h1', roots);
  const h1 = inside[0] ?? selectOne<AnyNode, Element>('h1', document);
  const title = selectOne<AnyNode, Element>('head > title', document);
  const heading = h1 ? headingText(h1) : '';
  const documentTitle = title ? textContent(title).replace(/\s+/g, ' ').trim() : '';
  // Where a page has several h1s, they head its parts.
  return inside.length > 1 && documentTitle !== ''
    ? { heading: '', documentTitle }
    : { heading, documentTitle };
}
