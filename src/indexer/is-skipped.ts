import { type AnyNode, type Element } from 'domhandler';
import { findAll, textContent } from 'domutils';
import { attribute } from './attributes.js';

/** Never part of a page's text. */
const SKIPPED = new Set(
  'script style noscript template svg math iframe object canvas nav footer form button select label dialog head'.split(
    ' ',
  ),
);

/** Whether an element is no part of a page's text. */
export function isSkipped(element: Element): boolean {
  const { name, attribs } = element;
  return (
    SKIPPED.has(name) ||
    isHidden(element) ||
    isPermalink(element) ||
    attribute(element, 'ignore') !== undefined ||
    ('data-search-exclude' in attribs && !isHeading(element)) ||
    isTableOfContents(element) ||
    isSidebar(element)
  );
}

/** `until-found` hides what a search in the page reveals, so it is meant to be found. */
function isHidden({ attribs: { hidden, 'aria-hidden': hiddenFromReaders } }: Element): boolean {
  return (hidden !== undefined && hidden.toLowerCase() !== 'until-found') || hiddenFromReaders === 'true';
}

/** The mark that generators put behind what has an id: "#", "¶". */
function isPermalink(element: Element): boolean {
  return (
    element.name === 'a' &&
    (element.attribs.href ?? '').includes('#') &&
    !/[\p{L}\p{N}]/u.test(textContent(element))
  );
}

/** A list that is little but links to its own page. */
function isTableOfContents(element: Element): boolean {
  if (element.name !== 'ul' && element.name !== 'ol') return false;
  const links = linksIn(element).filter((link) => (link.attribs.href ?? '').startsWith('#'));
  return links.length > 2 && shareOf(links, element) > 0.9;
}

/** An aside that is mostly links. Others are notes and warnings, which are part of the text. */
function isSidebar(element: Element): boolean {
  return element.name === 'aside' && shareOf(linksIn(element), element) > 0.5;
}

function linksIn(element: Element): Element[] {
  return findAll((inner) => inner.name === 'a', [element]);
}

/** How much of an element's text is in these parts of it, 0 to 1. */
function shareOf(parts: readonly Element[], element: Element): number {
  const length = (node: AnyNode): number => textContent(node).replace(/\s+/g, ' ').trim().length;
  return parts.reduce((sum, part) => sum + length(part), 0) / Math.max(1, length(element));
}

/** Whether an element is h1 to h6. */
export function isHeading({ name }: Element): boolean {
  return /^h[1-6]$/.test(name);
}
