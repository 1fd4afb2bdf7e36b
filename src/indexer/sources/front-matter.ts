import * as v from 'valibot';
import { parse } from 'yaml';
import { messageOf } from '../../engine/errors.js';
import type { PageWarning } from '../warning.js';
import { filterValues, metaText, type PageFacts, pageFacts } from './page-facts.js';

/** What a Markdown file says of its page before its text. */
export interface FrontMatter {
  facts: PageFacts;
  /** Where the page is published, relative to the site's root, where the file says so. */
  permalink: string | undefined;
  /** The text. */
  body: string;
  /** Keys that hold what a page's facts are not made of. */
  warnings: PageWarning[];
}

const BLOCK = /^---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)?---[ \t]*(?:\r?\n|$)/;

const nothing = v.pipe(
  v.literal(''),
  v.transform(() => undefined),
);
const metadata = v.nullish(v.union([nothing, metaText]));
/** Jekyll and Astro have objects for images. */
const picture = v.pipe(
  v.union([v.object({ path: metaText }), v.object({ url: metaText }), v.object({ src: metaText })]),
  v.transform((image): string => Object.values(image)[0]!),
);
/** Hexo has lists in lists. */
const labels = v.nullish(
  v.pipe(
    v.unknown(),
    v.transform((given) => [given].flat(Infinity).filter((one) => one !== '' && one !== null)),
    filterValues,
  ),
  [],
);

/** Generators have hundreds of keys between them: those that say something of a page that is searched are read. */
const schema = v.object({
  ...pageFacts.entries,
  title: metadata,
  lang: pageFacts.entries.language,
  description: metadata,
  image: v.nullish(v.union([nothing, picture, metaText], 'expected an address')),
  date: metadata,
  tags: labels,
  categories: labels,
  permalink: v.nullish(v.string('expected an address')),
});

/** Reads YAML between two lines `---` at the beginning of a file, if it begins so. */
export function readFrontMatter(text: string): FrontMatter | { skipped: string } {
  if (/^\+\+\+[ \t]*\r?\n/.test(text))
    return { skipped: 'its front matter is TOML (+++); write it as YAML (---), or index the built site' };
  const block = BLOCK.exec(text);
  const body = text.slice(block?.[0].length ?? 0);
  const keys = parseYaml(block?.[1] ?? '');
  if ('fault' in keys) return { skipped: `its front matter cannot be read: ${keys.fault}` };
  const { draft, published, search } = keys.value;
  if (says(true, draft) || says(false, published))
    return { skipped: 'its front matter says that it is a draft' };
  if (says(false, search) || (isKeyed(search) && says(true, search.exclude)))
    return { skipped: 'its front matter leaves it out of the search' };
  const { read, warnings } = readKeys(keys.value);
  const { lang, description, image, date, tags, categories, permalink, ...facts } = read;
  return {
    body,
    warnings,
    // Others have placeholders in them, which their generator fills in.
    permalink: permalink && /^[^:?#]+$/.test(permalink) ? permalink.replace(/^\/+/, '') : undefined,
    facts: {
      ...facts,
      language: facts.language ?? lang,
      meta: {
        ...(description && { description }),
        ...(image && { image }),
        ...(date && { date }),
        ...facts.meta,
      },
      filters: { ...(tags.length && { tags }), ...(categories.length && { categories }), ...facts.filters },
      sorts: { ...(date && { date }), ...facts.sorts },
    },
  };
}

/** Reads what is as expected: a page is not lost for its picture. */
function readKeys(value: Record<string, unknown>): {
  read: v.InferOutput<typeof schema>;
  warnings: PageWarning[];
} {
  const tried = v.safeParse(schema, value);
  const issues = tried.success ? [] : tried.issues;
  const faulty = new Set(issues.map(({ path }) => path?.[0].key));
  const sound = Object.entries(value).filter(([key]) => !faulty.has(key));
  return {
    read: v.parse(schema, Object.fromEntries(sound)),
    warnings: issues.map((issue) => ({
      what: `its front matter has ${v.getDotPath(issue) ?? ''}: ${issue.message}`,
      advice:
        'Front matter that is not as expected is passed over: docs/command-line.md says what may be in it.',
    })),
  };
}

/** Generators whose YAML is older take `yes` and `off` too. */
function says(what: boolean, value: unknown): boolean {
  return (what ? /^(true|yes|on|1)$/i : /^(false|no|off|0)$/i).test(String(value));
}

function isKeyed(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseYaml(yaml: string): { value: Record<string, unknown> } | { fault: string } {
  try {
    const value: unknown = parse(yaml, { logLevel: 'error' }) ?? {};
    return isKeyed(value) ? { value } : { fault: 'expected keys and values' };
  } catch (error) {
    return { fault: messageOf(error).split('\n')[0]!.replace(/:$/, '') };
  }
}
