import * as v from 'valibot';
import { parse } from 'yaml';
import { messageOf } from '../../engine/errors.js';
import { filterValues, metaText, type PageFacts, pageFacts } from './page-facts.js';

/** What a Markdown file says of its page before its text. */
export interface FrontMatter {
  facts: PageFacts;
  /** Where the page is published, relative to the site's root, where the file says so. */
  permalink: string | undefined;
  /** The text. */
  body: string;
}

const BLOCK = /^---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)?---[ \t]*(?:\r?\n|$)/;

const flag = v.nullish(v.boolean('expected true or false'));

/** Generators have hundreds of keys between them: those that say something of a page that is searched are read. */
const schema = v.object({
  ...pageFacts.entries,
  lang: pageFacts.entries.language,
  description: v.nullish(metaText),
  image: v.nullish(metaText),
  date: v.nullish(metaText),
  tags: v.nullish(filterValues, []),
  categories: v.nullish(filterValues, []),
  permalink: v.nullish(v.string('expected an address')),
  draft: flag,
  published: flag,
  search: v.nullish(v.union([v.boolean(), v.looseObject({ exclude: flag })])),
});

/** Reads YAML between two lines `---` at the beginning of a file, if it begins so. */
export function readFrontMatter(text: string): FrontMatter | { skipped: string } {
  if (/^\+\+\+[ \t]*\r?\n/.test(text))
    return { skipped: 'its front matter is TOML (+++); write it as YAML (---), or index the built site' };
  const block = BLOCK.exec(text);
  const body = text.slice(block?.[0].length ?? 0);
  const keys = parseYaml(block?.[1] ?? '');
  if ('fault' in keys) return { skipped: `its front matter cannot be read: ${keys.fault}` };
  const read = v.safeParse(schema, keys.value);
  if (!read.success) {
    const [issue] = read.issues;
    return { skipped: `its front matter cannot be read: ${v.getDotPath(issue) ?? ''}: ${issue.message}` };
  }
  const { lang, description, image, date, tags, categories, permalink, draft, published, search, ...facts } =
    read.output;
  if (draft || published === false) return { skipped: 'its front matter says that it is a draft' };
  if (search === false || (typeof search === 'object' && search?.exclude))
    return { skipped: 'its front matter leaves it out of the search' };
  return {
    body,
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

function parseYaml(yaml: string): { value: unknown } | { fault: string } {
  try {
    const value: unknown = parse(yaml, { logLevel: 'error' }) ?? {};
    return typeof value === 'object' && !Array.isArray(value)
      ? { value }
      : { fault: 'expected keys and values' };
  } catch (error) {
    return { fault: messageOf(error).split('\n')[0]!.replace(/:$/, '') };
  }
}
