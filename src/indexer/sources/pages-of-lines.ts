import { SearchError } from '../../engine/errors.js';
import type { PageSection } from '../cut-sections.js';
import { titleOf } from '../page-titles.js';
import type { PageContent } from '../parse-page.js';
import type { PagePart } from './read-line.js';
import type { SourcePage } from './source-page.js';

const KNOWN_KEYS =
  'A line has url, title, heading, text or html, language, meta, filters and sorts; put other things into meta.';

/**
 * Puts the sections of each page together, in the order of the lines.
 * @throws SearchError `bad-option` where two lines are of the same page or section
 */
export function pagesOfLines(parts: readonly PagePart[]): SourcePage[] {
  const pages = new Map<string, PagePart[]>();
  const lines = new Map<string, PagePart>();
  for (const part of parts) {
    const id = `${part.url}#${part.anchor}`;
    const twin = lines.get(id);
    if (twin)
      throw new SearchError(
        'bad-option',
        `${part.file}, line ${part.line}: the url "${part.anchor ? id : part.url}" occurs twice, first in line ` +
          `${twin.line}. Give each section of a page an address of its own, such as "${part.url}#install".`,
      );
    lines.set(id, part);
    const page = pages.get(part.url);
    if (page) page.push(part);
    else pages.set(part.url, [part]);
  }
  const told = new Set<string>();
  return [...pages].map(([url, ofPage]) => ({
    file: `${ofPage[0]!.file}:${ofPage[0]!.line}`,
    url,
    page: pageOf(ofPage, told),
  }));
}

/** @param told keys that another line was warned of */
function pageOf(parts: readonly PagePart[], told: Set<string>): SourcePage['page'] {
  const read = parts.filter((part): part is PagePart & { page: PageContent } => !('skipped' in part.page));
  const [first] = read;
  if (!first) return parts[0]!.page;
  const main = read.find(({ anchor }) => anchor === '') ?? first;
  const { heading, documentTitle } = main.page;
  const names =
    main.title === undefined ? { heading, documentTitle } : { heading: main.title, documentTitle: '' };
  const merged = read.map(({ page }) => page).reduce(joined);
  return {
    ...merged,
    ...names,
    title: titleOf(names),
    // That of a section's own line heads the section.
    titleHeading: main.anchor === '' ? main.page.titleHeading : '',
    sections: read.flatMap((part) => sectionsOf(part, main.title)),
    warnings: [...merged.warnings, ...parts.flatMap(({ unknown }) => warningsOf(unknown, told))],
  };
}

/** Of what two parts say of their page, the first counts; filters have the values of both. */
function joined(left: PageContent, right: PageContent): PageContent {
  const filters = new Map(left.filters);
  for (const [key, values] of right.filters)
    filters.set(key, new Set([...(filters.get(key) ?? []), ...values]));
  return {
    ...left,
    filters,
    language: left.language ?? right.language,
    meta: new Map([...right.meta, ...left.meta]),
    sorts: new Map([...right.sorts, ...left.sorts]),
    marked: left.marked || right.marked,
    warnings: [...left.warnings, ...right.warnings],
  };
}

/** A part's sections below its headings; a title that is not the page's is one. */
function sectionsOf(part: PagePart & { page: PageContent }, pageTitle: string | undefined): PageSection[] {
  const { anchor, headings, title } = part;
  const own = anchor !== '' && title !== undefined && title !== pageTitle ? [title] : [];
  const above = headings ?? own;
  return part.page.sections.map((section) => ({
    ...section,
    anchor: section.anchor || anchor,
    trail: [...above, ...section.trail],
  }));
}

function warningsOf(unknown: readonly string[], told: Set<string>): PageContent['warnings'] {
  return unknown
    .filter((key) => !told.has(key))
    .map((key) => {
      told.add(key);
      return { what: `"${key}" is passed over, here and in later lines`, advice: KNOWN_KEYS };
    });
}
