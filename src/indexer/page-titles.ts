/** What a page calls itself: in its h1, and in its `<title>`; empty where it has none. */
export interface Names {
  heading: string;
  documentTitle: string;
}

/**
 * The title of a page: its h1 or its `<title>`. Where one contains the other, the shorter: `<title>`s carry the site's
 * name ("Install · Docs"), headings carry badges ("install @11.2").
 */
export function titleOf({ heading, documentTitle }: Names): string {
  if (!heading || !documentTitle) return heading || documentTitle || 'Untitled';
  return heading.includes(documentTitle) ? documentTitle : heading;
}

/**
 * Titles of a site's pages. An h1 that several pages share is the site's banner where their `<title>`s differ; a
 * `<title>` that most pages share is the site's name.
 */
export function titlesOf(pages: readonly Names[]): string[] {
  const headings = tally(pages.map(({ heading }) => heading));
  const documentTitles = tally(pages.map(({ documentTitle }) => documentTitle));
  return pages.map(({ heading, documentTitle }) => {
    const isBanner = (headings.get(heading) ?? 0) > 2 && documentTitles.get(documentTitle) === 1;
    const isSiteName = (documentTitles.get(documentTitle) ?? 0) > Math.max(2, pages.length / 2);
    const own = { heading: isBanner ? '' : heading, documentTitle: isSiteName ? '' : documentTitle };
    return titleOf(own.heading || own.documentTitle ? own : { heading, documentTitle });
  });
}

/**
 * What pages' h1s say beyond their titles (`<title>CLI</title>`, `<h1>Upgrading the CLI on Windows</h1>`); empty where that
 * is nothing, or where several pages share the h1, which is the site's banner then.
 */
export function unsaidHeadings(pages: readonly { title: string; titleHeading: string }[]): string[] {
  const shared = tally(pages.map(({ titleHeading }) => titleHeading));
  return pages.map(({ title, titleHeading }) => {
    const said = new Set(wordsOf(title));
    const isBanner = (shared.get(titleHeading) ?? 0) > 2;
    return isBanner || wordsOf(titleHeading).every((word) => said.has(word)) ? '' : titleHeading;
  });
}

/** Of two letters at least: a badge has a number. */
function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{L}[\p{L}\p{M}]+/gu) ?? [];
}

function tally(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
