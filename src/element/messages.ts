import type { Missing } from '../protocol.js';

/** Every text that the search box shows or says. Replace any of them through the `messages` property. */
export interface Messages {
  /** Name of the button and of the dialog. */
  search: string;
  placeholder: string;
  close: string;
  /** Shown before anything is typed. */
  invitation: string;
  results: string;
  noResults: (query: string) => string;
  noResultsHint: string;
  /** Said and shown: how many pages were found. */
  found: (pages: number) => string;
  /** While the cross-encoder reads. */
  reading: (read: number, of: number) => string;
  /** When it has read all. */
  read: (of: number) => string;
  /** Said once, when the second look has changed what is on top. */
  reordered: string;
  /** While models download; in megabytes. */
  downloading: (loaded: string, total: string) => string;
  /** Models are there and being started. */
  starting: string;
  /** Some part cannot answer. */
  missing: Record<Missing['part'], string>;
  failed: string;
  updatesHint: string;
  keys: { choose: string; open: string; close: string };
  score: (percent: number) => string;
}

export const ENGLISH: Messages = {
  search: 'Search',
  placeholder: 'Search or ask a question',
  close: 'Close',
  invitation: 'Type a word, a command, or ask in your own words.',
  results: 'Search results',
  noResults: (query) => `Nothing found for “${query}”`,
  noResultsHint: 'Try other words, or fewer.',
  found: (pages) => `${pages} ${pages === 1 ? 'page' : 'pages'} found`,
  reading: (read, of) => `Second look: read ${read} of ${of} passages`,
  read: (of) => `Second look: all ${of} passages read`,
  reordered: 'A second look has improved the order',
  downloading: (loaded, total) => `Fetching models, once: ${loaded} of ${total} MB`,
  starting: 'Starting the models',
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
  },
  failed: 'The search does not work at the moment.',
  updatesHint: 'Results appear as you type. Use the arrow keys to choose one.',
  keys: { choose: 'choose', open: 'open', close: 'close' },
  score: (percent) => `Second look: ${percent} %`,
};
