import type { Candidate, Evidence } from './candidate.js';
import type { Excerpt } from './excerpt.js';
import type { Page, Passage, Section } from './index-file/passage-file.js';

/** A page that answers, with the sections that do. */
export interface PageResult {
  /** Absolute, or relative to the site's root where the index lies on disk. */
  url: string;
  title: string;
  /**
   * What the page's author says of it, by key (`data-pagefind-meta`), with its `title`, and the `image` that stands for
   * it and its `image_alt` where there is one. Addresses are absolute.
   */
  meta: Record<string, string>;
  /** Its best section's score, 0 to 1. */
  score: number;
  /** Best first; at least one. */
  sections: SectionResult[];
}

/** A section that answers, by its best passage. */
export interface SectionResult {
  /** The page's URL with the heading's anchor. */
  url: string;
  /** Headings from below the title down to the section's own; empty at the page's top. */
  trail: string[];
  excerpt: Excerpt;
  score: number;
  /** What each stage made of it. */
  why: { keyword?: Evidence; vector?: Evidence; rerank?: number; exact: boolean };
}

export interface GroupOptions {
  /** Most pages. */
  limit: number;
  /** Most sections of one page. */
  sectionsPerPage: number;
  /** What is shown of a passage. */
  excerptOf: (passage: Passage) => Excerpt;
  /** Turns a page URL of the index into one to link to; undefined leaves the page out. */
  resolve: (url: string) => string | undefined;
}

/** Groups candidates, best first, by page and section; a section shows its best passage. */
export function groupByPage(
  candidates: readonly Candidate[],
  passages: ReadonlyMap<number, Passage>,
  options: GroupOptions,
): PageResult[] {
  const pages = new Map<string, PageResult>();
  const seen = new Set<string>();
  for (const candidate of candidates) {
    const passage = passages.get(candidate.passage);
    const url = passage && options.resolve(passage.page.url);
    if (!passage || url === undefined) continue;
    const sectionUrl = urlOfSection(url, passage.section);
    if (seen.has(sectionUrl)) continue;
    const page = pages.get(url);
    if (!page && pages.size === options.limit) continue;
    if (page?.sections.length === options.sectionsPerPage) continue;
    seen.add(sectionUrl);
    // Excerpts take most of the time: they are made of what is shown alone.
    const result = sectionResult(candidate, passage, sectionUrl, options.excerptOf);
    if (page) page.sections.push(result);
    else pages.set(url, { ...described(passage.page, url), score: candidate.score, sections: [result] });
  }
  return [...pages.values()];
}

/** The page's URL with the heading's anchor. */
export function urlOfSection(page: string, { anchor }: Section): string {
  return anchor ? `${page}#${encodeURIComponent(anchor)}` : page;
}

function described(
  { title, meta = [], links = [] }: Page,
  url: string,
): Omit<PageResult, 'score' | 'sections'> {
  const addresses = links.flatMap(([key, link]) => {
    const address = webAddress(link, url);
    return address ? [[key, address.href] as const] : [];
  });
  return {
    ...{ url, title },
    meta: Object.fromEntries([['title', title] as const, ...meta, ...addresses]),
  };
}

/** Where a link leads that stands at a base address; undefined unless that is on the web. */
export function webAddress(link: string, base: string): URL | undefined {
  const url = URL.canParse(link, base) ? new URL(link, base) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url : undefined;
}

function sectionResult(
  { score, exact, keyword, vector, rerank }: Candidate,
  passage: Passage,
  url: string,
  excerptOf: GroupOptions['excerptOf'],
): SectionResult {
  return {
    url,
    trail: passage.section.trail,
    excerpt: excerptOf(passage),
    score,
    why: {
      exact,
      ...(keyword && { keyword }),
      ...(vector && { vector }),
      ...(rerank !== undefined && { rerank }),
    },
  };
}
