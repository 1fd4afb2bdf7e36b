import type { SitePage } from './read-site.js';

/** The pages of one language, which get an index of their own. */
export interface LanguageGroup<P = SitePage> {
  /** A canonical BCP 47 tag. */
  language: string;
  pages: P[];
}

/** Where no page says its language. */
const UNSAID = 'en';

/**
 * Groups pages by what they say in `html[lang]`: the language of most pages first, each group in the order of the site.
 * A region joins its language where that has pages (`en-US` with `en`); without, regions stay apart (`pt-BR`, `pt-PT`).
 * Pages that say nothing that is a language go with most.
 */
export function groupByLanguage<P extends { language: string | undefined }>(
  pages: readonly P[],
): LanguageGroup<P>[] {
  const said = pages.map(({ language }) => canonicalLanguage(language ?? ''));
  const all = new Set(said);
  const joined = said.map((tag) => tag && (joinedTo(tag, all) ?? tag));
  const counts = new Map<string, number>();
  for (const tag of joined) if (tag !== undefined) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const languages = [...counts].sort((left, right) => right[1] - left[1]).map(([tag]) => tag);
  const main = languages[0] ?? UNSAID;
  return [main, ...languages.slice(1)].map((language) => ({
    language,
    pages: pages.filter((_, at) => (joined[at] ?? main) === language),
  }));
}

/** The canonical form of a tag without extensions; undefined where it is none, or says that it knows none (`und`). */
export function canonicalLanguage(tag: string): string | undefined {
  try {
    const { baseName } = new Intl.Locale(tag.trim().replaceAll('_', '-'));
    return /^und\b/.test(baseName) ? undefined : baseName;
  } catch {
    return undefined;
  }
}

/** The language that a region belongs to, if pages have it and it is written in the same script. */
function joinedTo(tag: string, all: ReadonlySet<string | undefined>): string | undefined {
  const { language } = new Intl.Locale(tag);
  return all.has(language) && scriptOf(tag) === scriptOf(language) ? language : undefined;
}

/** Traditional Chinese (`zh-TW`) is not found by simplified (`zh`). */
function scriptOf(tag: string): string | undefined {
  return new Intl.Locale(tag).maximize().script;
}
