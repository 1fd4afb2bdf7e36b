import { selectAll } from 'css-select';
import { type AnyNode, type Document, type Element, hasChildren, isTag } from 'domhandler';
import { attribute, type AttributeName, weightOf } from './attributes.js';
import { isHeading } from './is-skipped.js';
import { textOf } from './text-of.js';
import { parseValueSources, type ValueSource } from './value-sources.js';
import type { PageWarning } from './warning.js';

/** What a page's markup says of the page, wherever on it. */
export interface PageAttributes {
  /** One value a key; the first wins. */
  meta: Map<string, MetaValue>;
  /** Values for keys that nothing else gives. */
  defaults: Map<string, MetaValue>;
  /** Values of each key, each once. */
  filters: Map<string, Set<string>>;
  /** One value a key; the first wins. */
  sorts: Map<string, string>;
  warnings: PageWarning[];
}

export interface MetaValue {
  value: string;
  /** It is a URL, relative to the page. */
  url: boolean;
}

/** Longest key and longest value of a filter or sort, in characters; what is longer is passed over. */
export const LONGEST_KEY = 100;
export const LONGEST_VALUE = 200;
/** Longest value of a page's metadata; what is longer is cut. */
export const LONGEST_META = 1000;
/** Most keys of one page, and values of one key on it. */
export const MOST_KEYS = 50;
export const MOST_VALUES = 200;
const MOST_WARNINGS = 20;

/** Their text is none of the page's. */
const UNREAD = new Set(['script', 'style', 'noscript', 'template']);
const URL_ATTRIBUTES = new Set(['src', 'href', 'poster', 'data-src']);

const SYNTAX = 'Write key, key[attribute] or key:value, with commas between; a written value comes last.';
const TOO_LONG = `Keys have at most ${LONGEST_KEY} characters, values to filter and sort by ${LONGEST_VALUE}, metadata ${LONGEST_META}.`;
const TOO_MANY = `A page has at most ${MOST_KEYS} keys, and ${MOST_VALUES} values of one.`;

/** Reads metadata, filters and sort keys from the whole page, but for what is ignored with `all`. */
export function readAttributes(document: Document): PageAttributes {
  const page: PageAttributes = {
    ...{ meta: new Map(), defaults: new Map(), filters: new Map(), sorts: new Map() },
    warnings: [],
  };
  readElement(document, page);
  readDocSearch(document, page);
  return page;
}

function readElement(node: AnyNode, page: PageAttributes): void {
  if (isTag(node)) {
    if (UNREAD.has(node.name) || isIgnoredWhole(node, page)) return;
    for (const [source, value] of valuesOf(node, 'meta', page)) setMeta(page.meta, source, value, page);
    for (const [source, value] of valuesOf(node, 'default-meta', page))
      setMeta(page.defaults, source, value, page);
    for (const [{ key }, value] of valuesOf(node, 'filter', page)) addFilter(page, key, value);
    for (const [{ key }, value] of valuesOf(node, 'sort', page))
      if (fits(page, key, value, page.sorts) && !page.sorts.has(key)) page.sorts.set(key, value);
    checkWeight(node, page);
    checkTitle(node, page);
  }
  if (hasChildren(node)) for (const child of node.children) readElement(child, page);
}

/** `<meta name="docsearch:NAME" content>` is a filter by NAME; a version may be a list. */
function readDocSearch(document: Document, page: PageAttributes): void {
  for (const { attribs } of selectAll<AnyNode, Element>('meta[name^="docsearch:" i][content]', document)) {
    const key = (attribs.name ?? '').slice('docsearch:'.length).trim();
    const content = attribs.content ?? '';
    for (const value of key === 'version' ? content.split(',') : [content])
      if (key !== '') addFilter(page, key, collapsed(value));
  }
}

function isIgnoredWhole(element: Element, page: PageAttributes): boolean {
  const ignore = attribute(element, 'ignore');
  if (ignore === undefined || ['', 'index', 'true'].includes(ignore)) return false;
  if (ignore !== 'all')
    warn(page, `ignore="${short(ignore)}" counts as "all"`, 'Ignore is index, or all for metadata too.');
  return true;
}

function valuesOf(element: Element, name: AttributeName, page: PageAttributes): [ValueSource, string][] {
  const text = attribute(element, name);
  if (text === undefined) return [];
  const sources = parseValueSources(text);
  if (!sources) warn(page, `${name}="${short(text)}" cannot be read`, SYNTAX);
  return (sources ?? []).flatMap((source): [ValueSource, string][] => {
    const value = collapsed(
      source.inline ??
        (source.attribute === undefined ? textOf(element.children) : element.attribs[source.attribute]) ??
        '',
    );
    return value === '' ? [] : [[source, value]];
  });
}

function addFilter(page: PageAttributes, key: string, value: string): void {
  if (value === '' || !fits(page, key, value, page.filters)) return;
  const values = page.filters.get(key) ?? new Set();
  page.filters.set(key, values);
  if (values.size >= MOST_VALUES && !values.has(value))
    warn(
      page,
      `the key "${short(key)}" has more than ${MOST_VALUES} values; the rest are passed over`,
      TOO_MANY,
    );
  else values.add(value);
}

function setMeta(
  values: Map<string, MetaValue>,
  { key, attribute: from }: ValueSource,
  value: string,
  page: PageAttributes,
): void {
  const url = key === 'image' || (from !== undefined && URL_ATTRIBUTES.has(from));
  if (values.has(key) || (url && !isLink(value)) || !fitsKey(page, key, values)) return;
  if (value.length > LONGEST_META) {
    warn(page, `the metadata "${short(key)}" has ${value.length} characters`, TOO_LONG);
    if (url) return;
  }
  values.set(key, { value: value.slice(0, LONGEST_META), url });
}

/** Whether an address is one that may be linked to or shown, seen from a page of the site. */
export function isLink(address: string): boolean {
  const base = 'https://site/';
  return URL.canParse(address, base) && /^https?:$/.test(new URL(address, base).protocol);
}

function fits(page: PageAttributes, key: string, value: string, keys: ReadonlyMap<string, unknown>): boolean {
  if (!fitsKey(page, key, keys)) return false;
  if (value.length <= LONGEST_VALUE) return true;
  warn(page, `a value of "${key}" has ${value.length} characters and is passed over`, TOO_LONG);
  return false;
}

function fitsKey(page: PageAttributes, key: string, keys: ReadonlyMap<string, unknown>): boolean {
  if (key.length > LONGEST_KEY) {
    warn(page, `the key "${short(key)}" has ${key.length} characters and is passed over`, TOO_LONG);
    return false;
  }
  if (keys.has(key) || keys.size < MOST_KEYS) return true;
  warn(page, `it has more than ${MOST_KEYS} keys; the rest are passed over`, TOO_MANY);
  return false;
}

function checkWeight(element: Element, page: PageAttributes): void {
  const written = attribute(element, 'weight');
  if (written === undefined) return;
  const weight = weightOf(element);
  if (weight === undefined || weight !== Number(written))
    warn(page, `weight="${short(written)}" counts as ${weight ?? 1}`, 'A weight is a number from 0 to 10.');
  if (isHeading(element))
    warn(
      page,
      `the weight of an <${element.name}> is passed over`,
      'Headings count more by themselves; put a weight on the element around the section.',
    );
}

function checkTitle(element: Element, page: PageAttributes): void {
  const title = attribute(element, 'title');
  if (title !== undefined && !(title.trim() && element.attribs.id) && !isHeading(element))
    warn(
      page,
      `title="${short(title)}" of an <${element.name}> makes no section`,
      'A section needs a title that is not empty, and an id that a result can lead to.',
    );
}

function warn(page: PageAttributes, what: string, advice: string): void {
  const known = page.warnings.some((warning) => warning.what === what && warning.advice === advice);
  if (!known && page.warnings.length < MOST_WARNINGS) page.warnings.push({ what, advice });
}

function collapsed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Enough of a text to know it by. */
function short(text: string): string {
  const line = collapsed(text);
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
