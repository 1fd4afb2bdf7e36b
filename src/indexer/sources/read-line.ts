import * as v from 'valibot';
import { decodedPath } from '../../engine/decoded-path.js';
import { SearchError } from '../../engine/errors.js';
import type { Block } from '../cut-sections.js';
import { isLink } from '../page-attributes.js';
import { asTyped } from '../as-typed.js';
import { type PageContent, parsePage } from '../parse-page.js';
import { metaText, pageFacts, withFacts } from './page-facts.js';
import { type SourceOptions, tooLarge } from './source-page.js';

/** What one line has of a page: the whole, or a section. */
export interface PagePart {
  file: string;
  line: number;
  /** The page's URL, without an anchor. */
  url: string;
  /** Empty for the page itself. */
  anchor: string;
  /** What the line calls the page, or the section where it says no heading. */
  title: string | undefined;
  headings: string[] | undefined;
  /** Names that are in the line and mean nothing. */
  unknown: string[];
  page: PageContent | { skipped: string };
}

export const EXPECTED_LINE = '{"url": …, "title": …, "text" or "html": …}';

/** BEIR's lines have `_id`; what it is of a site is a page's address. */
const line = v.looseObject(
  {
    ...pageFacts.entries,
    url: v.nullish(v.string('expected an address')),
    _id: v.nullish(v.union([v.string(), v.number()], 'expected an address')),
    heading: v.nullish(
      v.union([metaText, v.array(metaText)], 'expected a heading, or a list of them, outermost first'),
    ),
    text: v.nullish(v.string('expected text')),
    html: v.nullish(v.string('expected HTML')),
    lang: pageFacts.entries.language,
  },
  `expected ${EXPECTED_LINE}`,
);
const KNOWN = new Set(Object.keys(line.entries));

/**
 * Reads a line of JSON.
 * @throws SearchError `bad-option` that names the line and what is wrong with it
 */
export function readLine(
  json: string,
  where: { file: string; line: number },
  { maxPageBytes, selectors }: SourceOptions,
): PagePart {
  const refused = (what: string): SearchError =>
    new SearchError('bad-option', `${where.file}, line ${where.line}: ${what}.`);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw refused(`expected ${EXPECTED_LINE}; found ${shortened(json)}`);
  }
  const read = v.safeParse(line, value);
  if (!read.success) {
    const [issue] = read.issues;
    const place = v.getDotPath(issue);
    throw refused(`${place ? `${place}: ` : ''}${issue.message}`);
  }
  const { text, html, heading, lang, title, ...facts } = read.output;
  const address = facts.url ?? facts._id?.toString();
  if (address === undefined || !isLink(address))
    throw refused(`expected a url on the web, such as "guide/install.html"; found ${shortened(json)}`);
  if ((text ?? html) == null || (text != null && html != null))
    throw refused(`expected either text or html; found ${shortened(json)}`);

  const [url = '', anchor = ''] = address.split('#');
  const headings = heading == null ? undefined : [heading].flat();
  const size = Buffer.byteLength(json);
  const page =
    size > maxPageBytes
      ? tooLarge(size, maxPageBytes)
      : html == null
        ? textPage(text ?? '', [title, headings?.at(-1)])
        : parsePage(html, selectors);
  return {
    ...where,
    // Results encode anchors again.
    ...{ url, anchor: decodedPath(anchor), title: title ?? undefined, headings },
    unknown: Object.keys(facts).filter((key) => !KNOWN.has(key)),
    page:
      'skipped' in page
        ? page
        : withFacts(page, { ...facts, title: undefined, language: facts.language ?? lang }),
  };
}

/** A page of paragraphs. One without text is found by its name. */
function textPage(text: string, names: readonly (string | null | undefined)[]): ReturnType<typeof parsePage> {
  const paragraphs = blocksOf(text);
  const blocks =
    paragraphs.length > 0 ? paragraphs : names.flatMap((name) => blocksOf(name ?? '')).slice(0, 1);
  if (blocks.length === 0) return { skipped: 'it has no text' };
  return {
    ...{
      title: '',
      heading: '',
      documentTitle: '',
      language: undefined,
      canonical: undefined,
      marked: false,
      titleHeading: '',
    },
    ...{ meta: new Map(), filters: new Map(), sorts: new Map(), warnings: [] },
    sections: [{ anchor: '', trail: [], blocks }],
  };
}

function blocksOf(text: string): Block[] {
  return asTyped(text)
    .split(/\n\s*\n/)
    .map((paragraph) => ({ text: paragraph.replace(/\s+/g, ' ').trim() }))
    .filter((block) => block.text !== '');
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
