import { HEADING_JOINT } from '../engine/index-file/manifest.js';
import type { IndexedPage, IndexedPassage } from '../engine/index-file/passage-file.js';
import { contextOf } from '../engine/passage-text.js';
import { cutPassages } from './cut-passages.js';
import type { SitePage } from './read-site.js';

/** However long a heading trail is, this many tokens are left for the text under it. */
const SHORTEST_PASSAGE = 32;

/** How to cut. */
export interface PassageOptions {
  /** Longest passage, with its heading trail. */
  maxTokens: number;
  /** Counts a text's tokens. */
  count: (text: string) => number;
  /** Language for finding sentences, BCP 47. */
  language: string;
  /** Called after every page. */
  onProgress?: (done: number, total: number) => void;
}

/** What passages are made of: a page's sections, and what its markup says of it. */
export type PageToCut = Pick<SitePage, 'url' | 'title' | 'sections'> &
  Partial<Pick<SitePage, 'meta' | 'filters' | 'sorts'>>;

/** Cuts pages into passages, numbered in the order of the site. `maxTokens` counts the heading trail too. */
export function passagesOf(
  pages: readonly PageToCut[],
  { maxTokens, count, language, onProgress }: PassageOptions,
): IndexedPassage[] {
  const passages: IndexedPassage[] = [];
  // A model may take a megabyte without a space for one unknown token; no passage is to be that long.
  const length = (text: string): number => Math.max(count(text), Math.ceil(text.length / 16));
  for (const [at, { sections, ...rest }] of pages.entries()) {
    const page = indexedPage(rest);
    for (const { anchor, trail, blocks } of sections) {
      const section = { anchor, trail };
      const budget = Math.max(
        SHORTEST_PASSAGE,
        maxTokens - count(contextOf(page.title, trail, HEADING_JOINT)),
      );
      for (const passage of cutPassages(blocks, { maxTokens: budget, count: length, language }))
        passages.push({ id: passages.length, page, section, ...passage });
    }
    onProgress?.(at + 1, pages.length);
  }
  return passages;
}

function indexedPage({ url, title, meta, filters, sorts }: Omit<PageToCut, 'sections'>): IndexedPage {
  const pairs = (url: boolean): [string, string][] =>
    [...(meta ?? [])].filter(([, entry]) => entry.url === url).map(([key, { value }]) => [key, value]);
  return {
    url,
    title,
    meta: pairs(false),
    links: pairs(true),
    ...(filters && { filters }),
    ...(sorts && { sorts }),
  };
}
