import { HEADING_JOINT } from '../engine/index-file/manifest.js';
import type { Page, Passage } from '../engine/index-file/passage-file.js';
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

/** Cuts pages into passages, numbered in the order of the site. `maxTokens` counts the heading trail too. */
export function passagesOf(
  pages: readonly Pick<SitePage, 'url' | 'title' | 'sections'>[],
  { maxTokens, count, language, onProgress }: PassageOptions,
): Passage[] {
  const passages: Passage[] = [];
  // A model may take a megabyte without a space for one unknown token; no passage is to be that long.
  const length = (text: string): number => Math.max(count(text), Math.ceil(text.length / 16));
  for (const [at, { url, title, sections }] of pages.entries()) {
    const page: Page = { url, title };
    for (const { anchor, trail, blocks } of sections) {
      const section = { anchor, trail };
      const budget = Math.max(SHORTEST_PASSAGE, maxTokens - count(contextOf(title, trail, HEADING_JOINT)));
      for (const text of cutPassages(blocks, { maxTokens: budget, count: length, language }))
        passages.push({ id: passages.length, page, section, text });
    }
    onProgress?.(at + 1, pages.length);
  }
  return passages;
}
