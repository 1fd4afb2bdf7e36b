import {
  type Context,
  type ContextPassage,
  type FacetCounts,
  type IndexInfo,
  type Missing,
  type PageResult,
  SearchError,
  type SearchUpdate,
  type Stage,
} from '../protocol.js';
import type { QueryOptions, Search } from './create-search.js';
import { latestOf } from './latest-of.js';

const STAGES: readonly Stage[] = ['keyword', 'hybrid', 'reranking', 'done'];

/**
 * Searches several indexes as if they were one. One that cannot be opened, or fails later, is named in `missing`, and the
 * others answer.
 * @param open opens one of them
 * @throws SearchError `bad-option` where there is none; that of the first one where none can be opened
 */
export async function mergeSearches(
  indexes: readonly (string | URL)[],
  open: (index: string | URL) => Promise<Search>,
): Promise<Search> {
  if (indexes.length === 0)
    throw new SearchError('bad-option', 'index is an empty list; expected the URLs of index folders.');
  const opened = await Promise.allSettled(indexes.map(open));
  const searches = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = opened.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
  if (searches.length === 0) throw failed[0] as Error;
  const unopened = failed.map(missingIndex);
  let asked = 0;

  return {
    info: infoOf(searches.map(({ info }) => info)),
    preload: () => searches.forEach((search) => search.preload()),
    dispose() {
      asked++;
      searches.forEach((search) => search.dispose());
    },
    query(text, options = {}) {
      const streams = searches.map((search) => survivor(search.query(text, options), text));
      const own = ++asked;
      return merged(streams, unopened, options, () => asked > own);
    },
    async filters() {
      const { values } = await answersOf(searches.map((search) => search.filters()));
      return values.reduce(added, {});
    },
    async context(question, options = {}) {
      const { values, missing } = await answersOf(
        searches.map((search) => search.context(question, options)),
      );
      return contextOf(values, [...unopened, ...missing], options.maxTokens ?? 1500);
    },
  };
}

/**
 * An update whenever any of the searches has one, of the latest that each has.
 * @param isOver whether nobody waits for them any more
 */
async function* merged(
  streams: AsyncIterable<SearchUpdate>[],
  unopened: readonly Missing[],
  { limit = 10, sort, signal }: QueryOptions,
  isOver: () => boolean,
): AsyncGenerator<SearchUpdate, void> {
  for await (const updates of latestOf(streams)) {
    // The streams have ended, but these have come before.
    signal?.throwIfAborted();
    if (isOver()) return;
    const stages = updates.map(({ stage }) => STAGES.indexOf(stage));
    // The slowest says how far the search has come.
    const stage = updates.length < streams.length ? 'keyword' : STAGES[Math.min(...stages)]!;
    const missing = [...unopened, ...updates.flatMap((update) => update.missing)];
    if (sort)
      missing.push({
        part: 'sort',
        reason: 'Several indexes have no order in common: the pages of one follow those of the other.',
      });
    const results = updates.flatMap((update) => update.results);
    const read = updates.flatMap(({ progress }) => progress ?? []);
    const facets = updates.map((update) => update.facets).filter((counts) => counts !== undefined);
    const respelt = new Map(updates.flatMap((update) => update.respelt ?? []).map((one) => [one.typed, one]));
    yield {
      ...{ query: updates[0]!.query, stage, missing },
      results: (sort ? results : results.sort(byScore)).slice(0, limit),
      ...(read.length > 0 && {
        // One worker reads for all of them.
        progress: { ...read[0], read: sum(read, 'read'), of: sum(read, 'of') },
      }),
      ...(facets.length > 0 && { facets: facets.reduce(added, {}) }),
      ...(respelt.size > 0 && { respelt: [...respelt.values()] }),
    };
  }
}

/** The updates of an index; where it fails, its last one says so. */
async function* survivor(
  updates: AsyncIterable<SearchUpdate>,
  text: string,
): AsyncGenerator<SearchUpdate, void> {
  let last: SearchUpdate = { query: text.trim(), stage: 'done', results: [], missing: [] };
  try {
    for await (last of updates) yield last;
  } catch (error) {
    // The reader's own signal is no failure of the index.
    if (!(error instanceof SearchError)) throw error;
    yield { ...last, stage: 'done', missing: [...last.missing, missingIndex(error)] };
  }
}

/**
 * Exact matches first, then by score. Scores are on scales that do not depend on what else an index has: shares of what the
 * words can give, cosines, what calibrated probabilities count for.
 */
function byScore(left: PageResult, right: PageResult): number {
  return Number(isExact(right)) - Number(isExact(left)) || right.score - left.score;
}

function isExact({ sections }: PageResult): boolean {
  return sections[0]?.why.exact === true;
}

/** The best passages of all that the budget holds, no text twice. */
function contextOf(contexts: readonly Context[], failed: readonly Missing[], maxTokens: number): Context {
  const passages: ContextPassage[] = [];
  const texts = new Set<string>();
  let tokens = 0;
  const all = contexts.flatMap((context) => context.passages).sort((left, right) => right.score - left.score);
  for (const passage of all) {
    if (texts.has(passage.text)) continue;
    if (tokens + passage.tokens > maxTokens) break;
    texts.add(passage.text);
    tokens += passage.tokens;
    passages.push(passage);
  }
  const counted = contexts.every((context) => context.counted === 'by tokenizer')
    ? 'by tokenizer'
    : 'by estimate';
  return { passages, tokens, counted, missing: [...failed, ...contexts.flatMap(({ missing }) => missing)] };
}

/** What those gave that did not fail. @throws what the first one threw, where all did, or where it is no SearchError */
async function answersOf<T>(asked: Promise<T>[]): Promise<{ values: T[]; missing: Missing[] }> {
  const answers = await Promise.allSettled(asked);
  const values = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const errors = answers.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
  const fatal = values.length === 0 ? errors[0] : errors.find((error) => !(error instanceof SearchError));
  if (fatal !== undefined) throw fatal as Error;
  return { values, missing: errors.map(missingIndex) };
}

function missingIndex(error: unknown): Missing {
  return { part: 'index', reason: error instanceof Error ? error.message : String(error) };
}

function infoOf(infos: readonly IndexInfo[]): IndexInfo {
  const all = <T>(lists: readonly T[][]): T[] => [...new Set(lists.flat())];
  // A model that several of them name is downloaded once.
  const modelFiles = Object.assign({}, ...infos.map((info) => info.modelFiles)) as IndexInfo['modelFiles'];
  return {
    pages: sum(infos, 'pages'),
    sections: sum(infos, 'sections'),
    passages: sum(infos, 'passages'),
    language: infos[0]!.language,
    languages: all(infos.map(({ languages }) => languages)),
    filters: all(infos.map(({ filters }) => filters)),
    modelBytes: Object.values(modelFiles).reduce((total, bytes) => total + bytes, 0),
    modelFiles,
  };
}

/** Counts of two indexes together. */
function added(one: FacetCounts, other: FacetCounts): FacetCounts {
  const counts = new Map(Object.entries(one).map(([key, values]) => [key, new Map(Object.entries(values))]));
  for (const [key, values] of Object.entries(other)) {
    const of = counts.get(key) ?? new Map<string, number>();
    counts.set(key, of);
    for (const [value, count] of Object.entries(values)) of.set(value, (of.get(value) ?? 0) + count);
  }
  return Object.fromEntries([...counts].map(([key, values]) => [key, Object.fromEntries(values)]));
}

function sum<Key extends string>(items: readonly Record<Key, number>[], key: Key): number {
  return items.reduce((total, item) => total + item[key], 0);
}
