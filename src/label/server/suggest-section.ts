import { pageOf } from '../../evaluate/collection.js';
import { type SiteSection, type SiteSections, sectionText } from './site-sections.js';

/** Shorter sections say too little for someone to look for them, in characters. */
const SHORTEST = 200;

/** Headings of sections that are on every page, or lead away from it. */
const BOILERPLATE =
  /^(see also|synopsis|related|related (pages|topics|links)|table of contents|contents|on this page|in this (article|section)|next steps?|further reading|references|resources|licen[cs]e|copyright|credits|contributors|change ?log|release notes|history|feedback|comments)\W*$/i;

/**
 * Draws sections for which a query may be written: at random, the pages with the fewest queries first.
 * @param next random numbers from 0 to 1
 */
export function createSuggester(
  sections: SiteSections,
  next: () => number = Math.random,
): (labelled: Iterable<string>) => SiteSection | undefined {
  const candidates = suggestible([...sections.values()]);
  const suggested = new Set<string>();
  return (labelled) => {
    const taken = new Set([...labelled, ...suggested]);
    let left = candidates.filter(({ id }) => !taken.has(id));
    // All were shown: those that were skipped come around again.
    if (left.length === 0) {
      suggested.clear();
      const marked = new Set(labelled);
      left = candidates.filter(({ id }) => !marked.has(id));
    }
    const page = oneOf(leastTaken(left, taken), next);
    const section = oneOf(
      left.filter((section) => section.page.url === page),
      next,
    );
    if (section) suggested.add(section.id);
    return section;
  };
}

/** Sections with enough of their own to say. */
export function suggestible(sections: readonly SiteSection[]): SiteSection[] {
  const pagesWith = new Map<string, Set<string>>();
  for (const section of sections) {
    const text = sectionText(section);
    pagesWith.set(text, (pagesWith.get(text) ?? new Set()).add(section.page.url));
  }
  return sections.filter((section) => {
    const text = sectionText(section);
    const heading = section.trail.at(-1) ?? '';
    // The same text on several pages has no one right place.
    return text.length >= SHORTEST && !BOILERPLATE.test(heading) && pagesWith.get(text)!.size === 1;
  });
}

/** The pages of these sections from which the fewest were taken. */
function leastTaken(sections: readonly SiteSection[], taken: ReadonlySet<string>): string[] {
  const times = new Map<string, number>();
  for (const id of taken) times.set(pageOf(id), (times.get(pageOf(id)) ?? 0) + 1);
  const pages = [...new Set(sections.map(({ page }) => page.url))];
  const fewest = pages.reduce((least, page) => Math.min(least, times.get(page) ?? 0), Infinity);
  return pages.filter((page) => (times.get(page) ?? 0) === fewest);
}

function oneOf<T>(items: readonly T[], next: () => number): T | undefined {
  return items[Math.floor(next() * items.length)];
}
