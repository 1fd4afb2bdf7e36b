import { selectAll, selectOne } from 'css-select';
import { type AnyNode, type Document, type Element, isTag } from 'domhandler';
import { getAttributeValue, textContent } from 'domutils';
import { parse } from 'parse5';
import { adapter } from 'parse5-htmlparser2-tree-adapter';
import { typeTexts } from './as-typed.js';
import { type Names, titleOf } from './page-titles.js';
import { cutSections, headingText, type PageSection } from './cut-sections.js';
import { type MetaValue, type PageAttributes, readAttributes } from './page-attributes.js';
import { imageMeta } from './page-image.js';
import { isSkipped } from './is-skipped.js';

/** A page as the index sees it, or why it is left out. */
export type ParsedPage = PageContent | { skipped: string };

export interface PageContent extends Names, Omit<PageAttributes, 'defaults'> {
  title: string;
  /** What `html[lang]` says. */
  language: string | undefined;
  /** The URL that the page names as the one it is a copy of, or its own. */
  canonical: string | undefined;
  sections: PageSection[];
  /** The h1 in the main content that was taken for the title, and is in no section; empty where there is none. */
  titleHeading: string;
  /** It marks its main content for the index. */
  marked: boolean;
}

/** What an author marks as the main content. */
const MARKED = '[data-second-look-body], [data-pagefind-body]';
/** Where other pages keep theirs, the surest sign first. */
const ROOTS = [
  'main',
  '[role="main"]',
  '.DocSearch-content, .theme-doc-markdown, .vp-doc, .sl-markdown-content, .markdown-body, .md-content',
  'article',
  '#content, #main, #main-content, .content, .document .body',
  'body',
];

/** What is read of every page of a site, as CSS selectors. */
export interface PageSelectors {
  /** The main content, where the page does not mark it. Pages without such an element are skipped. */
  root?: string | undefined;
  /** Elements that are left out with all that they hold, as if they said `data-second-look-ignore="all"`. */
  exclude?: readonly string[] | undefined;
}

/** Parses HTML as browsers do, however broken, and cuts its main content into sections. */
export function parsePage(html: string, { root, exclude = [] }: PageSelectors = {}): ParsedPage {
  const document = parse(html, { treeAdapter: adapter });
  typeTexts(document);
  for (const selector of exclude)
    for (const { attribs } of selectAll<AnyNode, Element>(selector, document))
      attribs['data-second-look-ignore'] = 'all';
  if (isNotForRobots(document)) return { skipped: 'its robots meta says noindex' };
  if (selectOne('meta[http-equiv="refresh" i]', document))
    return { skipped: 'it only leads to another page' };
  const marked = outermost(MARKED, document);
  const roots = marked.length > 0 ? marked : mainContent(document, root);
  if (root !== undefined && roots.length === 0) return { skipped: `it has no element like ${root}` };
  const found = namesOf(document, roots);
  const { sections, titleHeading } = cutSections(roots, !found.headParts);
  if (sections.length === 0) return { skipped: 'no text in its main content' };
  const { defaults, ...attributes } = readAttributes(document);
  const { meta } = attributes;
  for (const [key, value] of [...(meta.has('image') ? [] : imageMeta(roots)), ...defaults])
    if (key !== 'title' && !meta.has(key)) meta.set(key, value);
  const names = namedBy(found, meta.get('title'), defaults.get('title'));
  meta.delete('title');
  const element = selectOne<AnyNode, Element>('html', document);
  const canonical = selectOne<AnyNode, Element>('head link[rel="canonical" i][href]', document);
  return {
    ...attributes,
    ...names,
    title: titleOf(names),
    language: (element && getAttributeValue(element, 'lang')) || undefined,
    canonical: canonical?.attribs.href,
    sections,
    titleHeading,
    marked: marked.length > 0,
  };
}

/** A list of words, of which `noindexifembedded` is none of these. */
function isNotForRobots(document: Document): boolean {
  return selectAll<AnyNode, Element>('meta[name="robots" i][content]', document).some(({ attribs }) =>
    attribs.content?.split(/[\s,]+/).some((word) => /^(noindex|none)$/i.test(word)),
  );
}

function mainContent(document: Document, root: string | undefined): AnyNode[] {
  for (const selector of root === undefined ? ROOTS : [root]) {
    const found = outermost(selector, document);
    if (found.some((element) => textContent(element).trim() !== '')) return found;
  }
  return [];
}

/** The elements that a selector finds, without those inside one another, which would be read twice. */
function outermost(selector: string, document: Document): Element[] {
  const found = selectAll<AnyNode, Element>(selector, document);
  const all = new Set<AnyNode>(found);
  return found.filter((element) => !isInside(element, all));
}

function isInside(inner: AnyNode, outer: ReadonlySet<AnyNode>): boolean {
  for (let node = inner.parent; node; node = node.parent) if (outer.has(node)) return true;
  return false;
}

/** Its first h1, in the main content or else anywhere, and its `<title>`; where there are several h1s, they head its parts. */
function namesOf(document: Document, roots: AnyNode[]): Names & { headParts: boolean } {
  const inside = selectAll<AnyNode, Element>('h1', roots).filter((h1) => !isLeftOut(h1));
  const h1 = inside[0] ?? selectOne<AnyNode, Element>('h1', document);
  const title = selectOne<AnyNode, Element>('head > title', document);
  const heading = h1 ? headingText(h1) : '';
  const documentTitle = title ? textContent(title).replace(/\s+/g, ' ').trim() : '';
  const headParts = inside.length > 1 && documentTitle !== '';
  return { heading: headParts ? '' : heading, documentTitle, headParts };
}

/** Whether an element is no part of the text, or inside one that is not. */
function isLeftOut(element: Element): boolean {
  for (let node: AnyNode | null = element; node; node = node.parent)
    if (isTag(node) && isSkipped(node)) return true;
  return false;
}

/** A title that the author gives the index is the page's, whatever its heading says; a default where it has no other. */
function namedBy(
  { heading, documentTitle }: Names,
  given: MetaValue | undefined,
  otherwise: MetaValue | undefined,
): Names {
  const title = given ?? (heading || documentTitle ? undefined : otherwise);
  return title ? { heading: title.value, documentTitle: '' } : { heading, documentTitle };
}
