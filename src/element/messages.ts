import type { Missing } from '../protocol.js';

/** Every text that the search box shows or says. Replace any of them through the `messages` property. */
export interface Messages {
  /** Name of the button and of the dialog. */
  search: string;
  placeholder: string;
  close: string;
  /** Name of the button that empties the field. */
  clear: string;
  /** Shown before anything is typed. */
  invitation: string;
  /** A single letter finds nothing: there is more to come. */
  short: string;
  results: string;
  noResults: (query: string) => string;
  noResultsHint: string;
  /** Buttons that ask less: without quotes and exclusions; without filters. */
  looser: string;
  withoutFilters: string;
  /** No page has a word as it was typed, and another was looked for. */
  respelt: (typed: string, meant: string) => string;
  /** Said and shown: how many pages were found. */
  found: (pages: number) => string;
  /** Button for more rows. */
  more: string;
  /** While the cross-encoder reads. */
  reading: (read: number, of: number) => string;
  /** When it has read all. */
  read: (of: number) => string;
  /** Said once, when the second look has changed what is on top. */
  reordered: string;
  /** A better order waits, as the visitor holds the list. */
  waiting: string;
  /** Button that shows it. */
  reveal: string;
  /** While models download; in megabytes. */
  downloading: (loaded: string, total: string) => string;
  /** Models are there and being started. */
  starting: string;
  /** Asks whether models may be fetched. */
  offer: (megabytes: string) => string;
  accept: string;
  decline: string;
  cancel: string;
  /** Some part cannot answer. */
  missing: Record<Missing['part'], string>;
  failed: string;
  /** The index cannot be fetched, as there is no network. */
  offline: string;
  retry: string;
  updatesHint: string;
  keys: { choose: string; open: string; close: string };
  score: (percent: number) => string;
  filters: string;
  /** How many values are chosen. */
  chosen: (count: number) => string;
  /** What stands for a number of pages, where a screen reader reads it. */
  pages: (count: number) => string;
  history: {
    searches: string;
    opened: string;
    pinned: string;
    pin: (title: string) => string;
    unpin: (title: string) => string;
    forget: (title: string) => string;
    clear: string;
  };
}

export const ENGLISH: Messages = {
  search: 'Search',
  placeholder: 'Search or ask a question',
  close: 'Close',
  clear: 'Clear',
  invitation: 'Type a word, a command, or ask in your own words.',
  short: 'Type on to search.',
  results: 'Search results',
  noResults: (query) => `Nothing found for “${query}”`,
  noResultsHint: 'Try other words, or fewer.',
  looser: 'Search without quotes and exclusions',
  withoutFilters: 'Search without filters',
  respelt: (typed, meant) => `No page has “${typed}”. Results for “${meant}”.`,
  found: (pages) => `${pages} ${pages === 1 ? 'page' : 'pages'} found`,
  more: 'Show more',
  reading: (read, of) => `Second look: read ${read} of ${of} passages`,
  read: (of) => `Second look: all ${of} passages read`,
  reordered: 'A second look has improved the order',
  waiting: 'A better order is ready',
  reveal: 'Show it',
  downloading: (loaded, total) => `Fetching models, once: ${loaded} of ${total} MB`,
  starting: 'Starting the models',
  offer: (megabytes) =>
    `Understand questions too? ${megabytes} MB are fetched once, and stay on this device.`,
  accept: 'Fetch',
  decline: 'No, thanks',
  cancel: 'Cancel',
  missing: {
    keyword: 'Words cannot be looked up; results are by meaning alone.',
    vector: 'Results are by words alone.',
    rows: 'Results by meaning are less exact.',
    rerank: 'There is no second look.',
    passages: 'Some results cannot be shown.',
    remote: 'The search does not answer at the moment. Please try again in a while.',
    filters: 'What was asked of the pages cannot be looked up.',
    sort: 'The pages cannot be put in the order that was asked for.',
    synonyms: 'Results are by the words as they were typed.',
    language: 'This language cannot be searched fully at the moment.',
    index: 'One site cannot be searched.',
  },
  failed: 'The search does not work at the moment.',
  offline: 'You are offline, and the search is not on this device yet.',
  retry: 'Try again',
  updatesHint: 'Results appear as you type. Use the arrow keys to choose one.',
  keys: { choose: 'choose', open: 'open', close: 'close' },
  score: (percent) => `Second look: ${percent} %`,
  filters: 'Filters',
  chosen: (count) => `${count} chosen`,
  pages: (count) => `${count} ${count === 1 ? 'page' : 'pages'}`,
  history: {
    searches: 'Recent searches',
    opened: 'Recently opened',
    pinned: 'Pinned',
    pin: (title) => `Pin “${title}”`,
    unpin: (title) => `Unpin “${title}”`,
    forget: (title) => `Forget “${title}”`,
    clear: 'Forget all',
  },
};
