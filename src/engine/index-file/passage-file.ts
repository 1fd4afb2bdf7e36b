import * as v from 'valibot';
import { damagedFile } from './bytes.js';
import { parseJson } from './manifest.js';

/** A page of the site. `url` is relative to the site's root. */
export interface Page {
  url: string;
  title: string;
  /** What its author says of it, by key. */
  meta?: Pairs | undefined;
  /** The same, where the value is a URL, relative to the page. */
  links?: Pairs | undefined;
}

/** Keys and values. Keys are any text, `__proto__` too, so this is no object. */
export type Pairs = readonly (readonly [key: string, value: string])[];

/** A part of a page that a heading begins. */
export interface Section {
  /** The heading's id; empty for what stands before the first one. */
  anchor: string;
  /** Headings from below the title down to the section's own; empty at the page's top. */
  trail: string[];
}

/** A piece of a section, short enough for the models to read whole. */
export interface Passage {
  id: number;
  page: Page;
  section: Section;
  text: string;
}

/** A page as it is when an index is built: with what is kept in files of their own. */
export interface IndexedPage extends Page {
  filters?: ReadonlyMap<string, ReadonlySet<string>>;
  sorts?: ReadonlyMap<string, string>;
}

/** A passage as it is when an index is built: with what only the keywords are made of. */
export interface IndexedPassage extends Passage {
  page: IndexedPage;
  /** How much its words count, 0 to 10. Default 1. */
  weight?: number;
}

const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const pairs = v.optional(v.array(v.tuple([v.string(), v.string()])));
const shard = v.object({
  pages: v.array(v.object({ url: v.string(), title: v.string(), meta: pairs, links: pairs })),
  sections: v.array(v.object({ page: index, anchor: v.string(), trail: v.array(v.string()) })),
  /** Section and text, in the order of the passages' ids. */
  passages: v.array(v.tuple([index, v.string()])),
});

/** Writes consecutive passages as one self-contained shard (JSON; pages and sections once each). */
export function writePassageFile(passages: readonly Passage[]): Uint8Array<ArrayBuffer> {
  const pages = new Map<Page, number>();
  const sections = new Map<Section, { at: number; page: number }>();
  for (const { page, section } of passages) {
    if (!pages.has(page)) pages.set(page, pages.size);
    if (!sections.has(section)) sections.set(section, { at: sections.size, page: pages.get(page) ?? 0 });
  }
  const contents: v.InferInput<typeof shard> = {
    pages: [...pages.keys()].map(({ url, title, meta, links }) => ({
      ...{ url, title },
      ...(meta?.length && { meta: meta.map(([key, value]) => [key, value]) }),
      ...(links?.length && { links: links.map(([key, value]) => [key, value]) }),
    })),
    sections: [...sections].map(([{ anchor, trail }, { page }]) => ({ page, anchor, trail })),
    passages: passages.map(({ section, text }) => [sections.get(section)?.at ?? 0, text]),
  };
  return new TextEncoder().encode(JSON.stringify(contents));
}

/** Reads a shard whose first passage has the id `first`. */
export function readPassageFile(bytes: Uint8Array, first: number, name: string): Passage[] {
  const read = v.safeParse(shard, parseJson(bytes, name));
  if (!read.success) throw damagedFile(name, read.issues[0].message);
  const { pages, sections, passages } = read.output;
  return passages.map(([sectionAt, text], at) => {
    const section = sections[sectionAt];
    const page = section && pages[section.page];
    if (!page) throw damagedFile(name, `passage ${first + at} belongs to no page`);
    return { id: first + at, page, section, text };
  });
}
