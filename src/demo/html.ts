import { selectAll as selectAllIn, selectOne as selectOneIn } from 'css-select';
import type { ChildNode, Document, Element, ParentNode } from 'domhandler';
import { appendChild, prepend, removeElement } from 'domutils';
import { parse, parseFragment, serialize } from 'parse5';
import { adapter as treeAdapter } from 'parse5-htmlparser2-tree-adapter';

/** Parses a whole page as browsers do. */
export function parsePage(html: string): Document {
  return parse(html, { treeAdapter });
}

/** The HTML of a whole page, or of what an element holds. */
export function innerHtml(node: ParentNode): string {
  return serialize(node, { treeAdapter });
}

/** Puts `html` in the place of what the element holds. */
export function setInnerHtml(element: Element, html: string): void {
  for (const child of [...element.children]) removeElement(child);
  for (const child of [...parseFragment(html, { treeAdapter }).childNodes]) appendChild(element, child);
}

/** Puts a new element around one that stands in a page. */
export function wrap(element: Element, wrapper: Element): void {
  prepend(element, wrapper);
  appendChild(wrapper, element);
}

/** The first element a selector finds; an error where there is none. */
export function selectOne(selector: string, root: ParentNode): Element {
  const found = selectOneIn<ChildNode, Element>(selector, root.children);
  if (!found) throw new Error(`no "${selector}" in the page`);
  return found;
}

/** Every element a selector finds. */
export function selectAll(selector: string, root: ParentNode): Element[] {
  return selectAllIn<ChildNode, Element>(selector, root.children);
}

/** Text made safe to stand in HTML, in content and in quoted attributes alike. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&${entityNames[character]};`);
}

const entityNames: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' };
