import type { Element } from 'domhandler';

/** The attributes that say how a page is indexed; `data-pagefind-` and `data-second-look-` stand before each. */
export type AttributeName =
  'body' | 'ignore' | 'meta' | 'default-meta' | 'filter' | 'sort' | 'weight' | 'index-attrs' | 'title';

/** An attribute's value, which may be empty; undefined where the element does not have it. Ours wins over Pagefind's. */
export function attribute({ attribs }: Element, name: AttributeName): string | undefined {
  return attribs[`data-second-look-${name}`] ?? attribs[`data-pagefind-${name}`];
}

/**
 * How much an element's text counts, 0 to 10, 1 being what text counts by itself; undefined where the element does not
 * say so in a number.
 */
export function weightOf(element: Element): number | undefined {
  const weight = Number(attribute(element, 'weight')?.trim() || NaN);
  return Number.isFinite(weight) ? Math.min(10, Math.max(0, weight)) : undefined;
}

/** The texts of the attributes that `index-attrs` names, in its order. */
export function indexedAttributes(element: Element): string[] {
  const names = attribute(element, 'index-attrs')?.split(',') ?? [];
  return names.flatMap((name) => element.attribs[name.trim().toLowerCase()] ?? []);
}
