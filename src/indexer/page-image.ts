import { type AnyNode, type Element, isTag } from 'domhandler';
import { isSkipped } from './cut-sections.js';
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

function firstImage(nodes: readonly AnyNode[]): Element | undefined {
  for (const node of nodes) {
    if (!isTag(node) || isSkipped(node)) continue;
    const src = node.attribs.src?.trim();
    if (node.name === 'img' && src && src.length <= LONGEST_META && isLink(src)) return node;
    const inside = firstImage(node.children);
    if (inside) return inside;
  }
  return undefined;
}
