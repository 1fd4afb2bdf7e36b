import type { Candidate, Evidence } from './candidate.js';
import { excerpt, type Excerpt, type Matches } from './excerpt.js';
import type { Passage } from './index-file/passage-file.js';

/** A page that answers, with the sections that do. */
export interface PageResult {
  /** Absolute, or relative to the site's root where the index lies on disk. */
  url: string;
  title: string;
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
  /** Longest excerpt in characters. */
  excerptLength: number;
  /** Turns a page URL of the index into one to link to; undefined leaves the page out. */
  resolve: (url: string) => string | undefined;
}

/** Groups candidates, best first, by page and section; a section shows its best passage. */
export function groupByPage(
  candidates: readonly Candidate[],
  passages: ReadonlyMap<number, Passage>,
  matches: Matches,
  options: GroupOptions,
): PageResult[] {
  const pages = new Map<string, PageResult>();
  const seen = new Set<string>();
  for (const candidate of candidates) {
    const passage = passages.get(candidate.passage);
    const url = passage && options.resolve(passage.page.url);
    if (!passage || url === undefined) continue;
    const { anchor } = passage.section;
    const sectionUrl = anchor ? `${url}#${encodeURIComponent(anchor)}` : url;
    if (seen.has(sectionUrl)) continue;
    const page = pages.get(url);
    if (!page && pages.size === options.limit) continue;
    if (page?.sections.length === options.sectionsPerPage) continue;
    seen.add(sectionUrl);
    // Excerpts take most of the time: they are made of what is shown alone.
    const result = sectionResult(candidate, passage, sectionUrl, matches, options.excerptLength);
    if (page) page.sections.push(result);
    else pages.set(url, { url, title: passage.page.title, score: candidate.score, sections: [result] });
  }
  return [...pages.values()];
}

function sectionResult(
  { score, exact, keyword, vector, rerank }: Candidate,
  { section, text }: Passage,
  url: string,
  matches: Matches,
  excerptLength: number,
): SectionResult {
  return {
    url,
    trail: section.trail,
    excerpt: excerpt(text, matches, excerptLength),
    score,
    why: {
      exact,
      ...(keyword && { keyword }),
      ...(vector && { vector }),
      ...(rerank !== undefined && { rerank }),
    },
  };
}
