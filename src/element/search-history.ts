import { recall, remember } from './browser-storage.js';

/** A page or section that a visitor has opened. */
export interface OpenedResult {
  url: string;
  title: string;
  /** Headings down to the section's own. */
  trail: readonly string[];
}

/** What a visitor has searched for and opened, on this device alone. Newest first. */
export interface SearchHistory {
  searches: readonly string[];
  opened: readonly OpenedResult[];
  pinned: readonly OpenedResult[];
}

const KEY = 'history';
const MOST_SEARCHES = 5;
const MOST_OPENED = 5;
const MOST_PINNED = 20;
const LONGEST = 500;

export const NO_HISTORY: SearchHistory = { searches: [], opened: [], pinned: [] };

/** Reads the history of a site's index; another script may have written anything there. */
export function readHistory(index: string): SearchHistory {
  const stored = recall(`${KEY}:${index}`);
  const { searches, opened, pinned } = (stored ?? {}) as Record<keyof SearchHistory, unknown>;
  return {
    searches: listOf(searches).filter(isText).slice(0, MOST_SEARCHES),
    opened: listOf(opened).filter(isOpened).slice(0, MOST_OPENED),
    pinned: listOf(pinned).filter(isOpened).slice(0, MOST_PINNED),
  };
}

export function writeHistory(index: string, history: SearchHistory): void {
  const { searches, opened, pinned } = history;
  const isEmpty = searches.length + opened.length + pinned.length === 0;
  remember(`${KEY}:${index}`, isEmpty ? undefined : history);
}

/** A result was opened that a search found; a pinned one is at hand already. */
export function addOpened(history: SearchHistory, search: string, result: OpenedResult): SearchHistory {
  const { searches, opened, pinned } = history;
  const isPinned = pinned.some(({ url }) => url === result.url);
  return {
    searches:
      search === ''
        ? searches
        : [search, ...searches.filter((other) => other !== search)].slice(0, MOST_SEARCHES),
    opened: isPinned ? opened : [result, ...without(opened, result.url)].slice(0, MOST_OPENED),
    pinned,
  };
}

/** Pins a result, or takes the pin away. */
export function togglePin(history: SearchHistory, result: OpenedResult): SearchHistory {
  const { opened, pinned } = history;
  const isPinned = pinned.some(({ url }) => url === result.url);
  return isPinned
    ? { ...history, pinned: without(pinned, result.url), opened: [result, ...without(opened, result.url)] }
    : { ...history, pinned: [result, ...pinned].slice(0, MOST_PINNED), opened: without(opened, result.url) };
}

/** Forgets a search by its text, or a result by its address. */
export function forget({ searches, opened, pinned }: SearchHistory, what: string): SearchHistory {
  return {
    searches: searches.filter((search) => search !== what),
    opened: without(opened, what),
    pinned: without(pinned, what),
  };
}

function without(results: readonly OpenedResult[], url: string): OpenedResult[] {
  return results.filter((other) => other.url !== url);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST;
}

/** Only what leads to a web page: a link from storage is as untrusted as any. */
function isOpened(value: unknown): value is OpenedResult {
  const { url, title, trail } = (value ?? {}) as Record<keyof OpenedResult, unknown>;
  return (
    isText(title) &&
    listOf(trail).every(isText) &&
    Array.isArray(trail) &&
    typeof url === 'string' &&
    URL.canParse(url) &&
    /^https?:$/.test(new URL(url).protocol)
  );
}
