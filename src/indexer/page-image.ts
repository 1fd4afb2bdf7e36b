import { type AnyNode, type Element, isTag } from 'domhandler';
import { findAll } from 'domutils';
import { isSkipped } from './is-skipped.js';
import { isLink, LONGEST_META, type MetaValue } from './page-attributes.js';

/** The first picture of a page's content, which stands for the page where its author names none, and its text. */
export function imageMeta(roots: readonly AnyNode[]): Map<string, MetaValue> {
  const image = firstImage(roots);
  if (!image) return new Map();
  const alt = image.attribs.alt?.trim().slice(0, LONGEST_META);
  return new Map([
    ['image', { value: image.attribs.src!.trim(), url: true }],
    ...(alt ? [['image_alt', { value: alt, url: false }] as const] : []),
  ]);
}

function firstImage(roots: readonly AnyNode[]): Element | undefined {
  return findAll(({ name }) => name === 'img', [...roots]).find((image) => {
    const src = image.attribs.src?.trim();
    return src && src.length <= LONGEST_META && isLink(src) && isRead(image, roots);
  });
}

/** Whether neither an element nor any around it, up to the content's own, is left out of the page's text. */
function isRead(element: Element, roots: readonly AnyNode[]): boolean {
  for (let node: AnyNode | null = element; node; node = roots.includes(node) ? null : node.parent)
    if (isTag(node) && isSkipped(node)) return false;
  return true;
}
