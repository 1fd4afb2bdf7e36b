import type { PageContent } from './parse-page.js';
import type { Warning } from './warning.js';

/** Each key to filter or sort by is a file of the index and a line of its manifest, so a site has no more of either. */
const MOST_KEYS = 100;
const MOST_NAMED = 3;

/** Pages without the keys that a site has too many of: those that come up last. Says which pages have them. */
export function limitKeys<P extends Pick<PageContent, 'filters' | 'sorts'> & { file: string }>(
  pages: readonly P[],
): { pages: P[]; warnings: Warning[] } {
  const warnings: Warning[] = [];
  const kept = { filters: new Set<string>(), sorts: new Set<string>() };
  return { pages: pages.map((page) => ({ ...page, ...limited(page) })), warnings };

  function limited(page: P): Pick<PageContent, 'filters' | 'sorts'> {
    return {
      filters: known(page.filters, 'filters', page.file),
      sorts: known(page.sorts, 'sorts', page.file),
    };
  }

  function known<V>(values: Map<string, V>, kind: 'filters' | 'sorts', file: string): Map<string, V> {
    for (const key of values.keys()) if (kept[kind].size < MOST_KEYS) kept[kind].add(key);
    const beyond = [...values.keys()].filter((key) => !kept[kind].has(key));
    if (beyond.length === 0) return values;
    warnings.push({
      file,
      what: `${kind} by ${beyond
        .map((key) => `"${key}"`)
        .slice(0, MOST_NAMED)
        .join(', ')}${beyond.length > MOST_NAMED ? ' …' : ''} are passed over`,
      advice: `A site has at most ${MOST_KEYS} keys to filter by and as many to sort by.`,
    });
    return new Map([...values].filter(([key]) => kept[kind].has(key)));
  }
}
