import { type PageResult, SearchError, type SearchUpdate, type SectionResult } from '../../protocol.js';
import type { SearchHistory } from '../../element/search-history.js';
import type { SearchSession } from '../../element/index.js';

/** What of a session is set as it is. */
export const FIELDS = [
  'text',
  'active',
  'update',
  'error',
  'info',
  'offersModels',
  'counts',
  'filters',
] as const;

/** What a search is made to show. */
export interface Still extends Partial<Pick<SearchSession, (typeof FIELDS)[number]>> {
  pages?: PageResult[];
  waiting?: PageResult[];
  models?: Parameters<SearchSession['models']['set']>[1][];
  inline?: 'popover' | 'page';
  history?: SearchHistory;
  /** The button alone. */
  closed?: boolean;
}

/** Languages that the box has texts in, beside English. */
export const LANGUAGES = [
  'ar',
  'de',
  'es',
  'fr',
  'he',
  'it',
  'ja',
  'ko',
  'nl',
  'pl',
  'pt',
  'ru',
  'tr',
  'uk',
  'zh',
];

const row = (
  path: string,
  trail: string[],
  text: string,
  marked: string[],
  rerank?: number,
): SectionResult => ({
  url: `https://docs.example/${path}`,
  trail,
  excerpt: {
    text,
    ranges: marked
      .map((word): [number, number] => [text.indexOf(word), text.indexOf(word) + word.length])
      .sort(([left], [right]) => left - right),
  },
  score: rerank ?? 0.5,
  why: { exact: false, ...(rerank !== undefined && { rerank }) },
});

const page = (title: string, ...sections: SectionResult[]): PageResult => ({
  ...{ title, sections, meta: {}, score: sections[0]!.score },
  url: sections[0]!.url.replace(/#.*/, ''),
});

const publish = (score?: number): SectionResult =>
  row(
    'publish#description',
    ['Description'],
    'Publishes a package to the registry so that it can be installed by name.',
    ['Publishes'],
    score,
  );
const unpublish = (score?: number): SectionResult =>
  row(
    'unpublish',
    [],
    'Remove a package from the registry. To learn more about how the npm registry treats unpublish, see our unpublish policies.',
    ['unpublish'],
    score,
  );
const deprecate = (score?: number): SectionResult =>
  row(
    'deprecate#description',
    ['Description'],
    'This command will update the npm registry entry for a package, providing a deprecation warning to all who attempt to install it.',
    [],
    score,
  );

const words = [
  page(
    'npm-publish',
    publish(),
    row(
      'publish#dry-run',
      ['Configuration', 'dry-run'],
      'Indicates that you don’t want npm to make any changes, and that it should only report what it would have done.',
      [],
    ),
  ),
  page('npm-unpublish', unpublish()),
  page('npm-deprecate', deprecate()),
];

const read = [
  page(
    'npm-unpublish',
    unpublish(0.93),
    row(
      'unpublish#warning',
      ['Warning'],
      'It is generally considered bad behavior to remove versions of a library that others are depending on!',
      [],
      0.71,
    ),
  ),
  page('npm-deprecate', deprecate(0.44)),
  page('npm-publish', publish(0.21)),
];

const manyPages = Array.from({ length: 10 }, (_, at) =>
  page(
    `Page ${at + 1}`,
    row(
      `page-${at}`,
      ['Getting started', 'Installation'],
      'Run the installer, then restart your shell so that the command can be found.',
      ['installer'],
      0.9 - at / 12,
    ),
  ),
);

const update = (stage: SearchUpdate['stage'], more: Partial<SearchUpdate> = {}): SearchUpdate => ({
  ...{ query: 'undo a publish', stage, results: [], missing: [], ...more },
});
const info: SearchSession['info'] = {
  ...{ pages: 93, sections: 1685, passages: 2087, language: 'en', languages: ['en'] },
  ...{ filters: [], modelBytes: 42e6, modelFiles: {} },
};
const loading = (model: 'embedder' | 'reranker', loadedBytes: number, totalBytes: number) =>
  ({ model, name: '', state: 'loading', loadedBytes, totalBytes }) as const;
const filtered = {
  info: { ...info, filters: ['section', 'version'] },
  counts: {
    section: { commands: 66, 'using npm': 14, configuring: 11 },
    version: { '11': 80, '10': 62, '9': 40 },
  },
};
const asked = { text: 'undo a publish', info };
const done = { ...asked, pages: read, update: update('done', { progress: { read: 20, of: 20 } }) };

/** Every state that a visitor may meet, by a name that says which. */
export const STATES: Readonly<Record<string, Still>> = {
  closed: { closed: true },
  empty: { info },
  history: {
    info,
    history: {
      pinned: [{ url: 'https://docs.example/ci', title: 'npm-ci', trail: [] }],
      searches: ['undo a publish', 'private registry for one scope'],
      opened: [
        { url: 'https://docs.example/unpublish', title: 'npm-unpublish', trail: ['Warning'] },
        { url: 'https://docs.example/npmrc', title: 'npmrc', trail: ['Files', 'Per-user config file'] },
      ],
    },
  },
  words: { ...asked, pages: words, update: update('keyword') },
  reading: { ...asked, pages: words, update: update('reranking', { progress: { read: 8, of: 20 } }) },
  results: done,
  chosen: { ...done, active: 'https://docs.example/deprecate#description' },
  'better order': {
    ...done,
    pages: words,
    waiting: read,
    active: 'https://docs.example/publish#description',
  },
  more: {
    ...asked,
    pages: manyPages,
    active: 'more:',
    update: update('done', { progress: { read: 20, of: 20 } }),
  },
  respelt: {
    ...done,
    text: 'undo a publihs',
    update: update('done', {
      query: 'undo a publihs',
      respelt: [{ typed: 'publihs', meant: 'publish' }],
      progress: { read: 20, of: 20 },
    }),
  },
  'filters offered': { ...done, ...filtered },
  'filters chosen': { ...done, ...filtered, filters: { section: ['commands'], version: ['11', '10'] } },
  'one letter': { ...asked, text: 'n', update: update('done', { query: 'n' }) },
  'no results': { ...asked, text: 'zzzyyyxxx', update: update('done', { query: 'zzzyyyxxx' }) },
  'no results, quoted': {
    ...asked,
    text: '"undo the publish" -legacy',
    filters: { section: ['commands'] },
    update: update('done', { query: '"undo the publish" -legacy' }),
  },
  error: {
    ...asked,
    error: new SearchError(
      'no-index',
      'There is no index at https://docs.example/second-look/: manifest.json answers 404. Run "second-look index" on the built site, and upload the folder that it writes.',
    ),
  },
  offer: { ...asked, pages: words, offersModels: true, update: update('keyword') },
  downloading: {
    ...asked,
    pages: words,
    models: [loading('embedder', 9.4e6, 23.4e6), loading('reranker', 0, 18.2e6)],
    update: update('keyword'),
  },
  starting: { ...asked, pages: words, models: [loading('embedder', 23e6, 23e6)], update: update('keyword') },
  'words alone': {
    ...asked,
    pages: words,
    update: update('done', { missing: [{ part: 'vector', reason: 'A model needs WebAssembly.' }] }),
  },
  popover: { ...done, inline: 'popover' },
  'search page': { ...done, ...filtered, inline: 'page' },
};
