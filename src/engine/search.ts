import type { Candidate } from './candidate.js';
import { excerptMaker } from './excerpt-maker.js';
import type { Passage } from './index-file/passage-file.js';
import { missingParts, type SearchIndex } from './open-index.js';
import { type Query, readQuery } from './query.js';
import { rank, type Ranking } from './rank.js';
import { readingOf } from './rerank/reading.js';
import { respellings } from './respellings.js';
import { groupByPage, urlOfSection } from './results.js';
import type { PassageLookup } from './retriever.js';
import type { TypingPause } from './typing-pause.js';
import type { Missing, SearchRequest, SearchUpdate, Stage } from './update.js';

/** Of a page, so many candidates are looked up for each section to show: neighbours are often of the same section. */
const LOOKED_UP_PER_SECTION = 3;

/** Pages shown first where their texts are still to be fetched: about what fits a screen. */
const FIRST_PAGES = 3;

/** Turns a page URL of the index into one to link to. */
export type ResolveUrl = (url: string) => string | undefined;

/**
 * Answers a query: an update for every ranking that the two looks give (see `rank`), and one when nothing more will
 * come. Parts that cannot answer are named in `missing`.
 * @param pause waited for before the second look
 * @throws the signal's reason, between any two steps, once it is aborted
 */
export async function* search(
  index: SearchIndex,
  request: SearchRequest,
  resolve: ResolveUrl,
  signal?: AbortSignal,
  pause?: TypingPause,
): AsyncGenerator<SearchUpdate, void> {
  const query = await readQuery(request.text, index, request.filters, request.sort);
  const present = presenter(index, request, query, resolve, signal);
  let last: Ranking | undefined;
  for await (last of rank(index, query, readingOf(request.rerank), signal, pause)) {
    yield* present(last.stage, last);
  }
  yield* present('done', last ?? { candidates: [] });
}

/** What both looks have found in the end. */
export interface Found {
  /** Best first. */
  candidates: Candidate[];
  missing: Missing[];
  /** A passage's address; undefined where it is none to link to. */
  urlOf: (passage: Passage) => string | undefined;
}

/**
 * Answers a query once, for whoever shows no list that gets better.
 * @throws the signal's reason, between any two steps, once it is aborted
 */
export async function find(
  index: SearchIndex,
  { text, filters, rerank }: Pick<SearchRequest, 'text' | 'filters' | 'rerank'>,
  resolve: ResolveUrl,
  signal?: AbortSignal,
): Promise<Found> {
  const query = await readQuery(text, index, filters);
  let last: Ranking | undefined;
  for await (last of rank(index, query, readingOf(rerank), signal));
  return {
    candidates: last?.candidates ?? [],
    missing: [...failedParts(index), ...(last?.missing ?? [])],
    urlOf: ({ page, section }) => {
      const url = resolve(page.url);
      return url && urlOfSection(url, section);
    },
  };
}

type Present = (stage: Stage, ranking: Omit<Ranking, 'stage'>) => AsyncGenerator<SearchUpdate, void>;

/**
 * Makes updates of candidates: looks up their passages, groups them by page, and says what is missing. Where the texts
 * of the first list are still to be fetched, its first pages come by themselves before.
 */
function presenter(
  index: SearchIndex,
  request: SearchRequest,
  query: Query,
  resolve: ResolveUrl,
  signal: AbortSignal | undefined,
): Present {
  const { passages: store } = index.retriever;
  const { limit = 10, sectionsPerPage = 3, excerptLength = 160, facets } = request;
  const excerptsWith = excerptMaker(query, index.analyser, excerptLength);
  return async function* (stage, ranking) {
    const lookUp = (pages: number): Candidate[] =>
      toLookUp(ranking.candidates, store, pages, LOOKED_UP_PER_SECTION * sectionsPerPage);
    const all = lookUp(limit);
    const ids = idsOf(all);
    if (stage === 'keyword' && !store.has(ids)) {
      const first = lookUp(FIRST_PAGES);
      const firstRead = store.get(idsOf(first));
      // On their way behind the first ones.
      void store.get(ids);
      await firstRead;
      if (!store.has(ids)) yield await updateOf(stage, ranking, first);
    }
    yield await updateOf(stage, ranking, all);
  };

  async function updateOf(
    stage: Stage,
    { candidates, progress, missing: ofQuery = [], respelt }: Omit<Ranking, 'stage'>,
    shown: readonly Candidate[],
  ): Promise<SearchUpdate> {
    signal?.throwIfAborted();
    const { passages, failures } = await store.get(idsOf(shown));
    signal?.throwIfAborted();
    const excerpts = excerptsWith(respelt);
    if (stage === 'done' && candidates.some(({ vector }) => vector)) {
      const rows = shown.flatMap(({ passage }) => passages.get(passage) ?? []);
      // Words make excerpts too, where its code cannot be had.
      const code = await import('./begin-by-meaning.js').catch(() => undefined);
      await code?.beginByMeaning(index, query.text, excerpts, rows, signal);
    }
    const results = groupByPage(shown, passages, { limit, sectionsPerPage, excerptOf: excerpts.of, resolve });
    const counted = facets && (await index.refinements.use((opened) => opened.facets(candidates, facets)));
    signal?.throwIfAborted();
    const missing = [
      ...failedParts(index),
      ...ofQuery,
      ...(counted?.missing ?? []),
      ...failures.map(({ message }): Missing => ({ part: 'passages', reason: message })),
    ];
    return {
      ...{ query: query.typed.trim(), stage, results, missing },
      ...(counted && { facets: counted.facets }),
      ...(progress && { progress }),
      ...(respelt?.size && { respelt: respellings(query.typed, respelt, passages, index.analyser) }),
    };
  }
}

function idsOf(candidates: readonly Candidate[]): number[] {
  return candidates.map(({ passage }) => passage);
}

/** What an index was built without has not failed, and a visitor can do nothing about it. */
function failedParts(index: SearchIndex): Missing[] {
  const { embedder, reranker } = index.manifest;
  return missingParts(index).filter(
    ({ part }) => (part !== 'vector' || embedder) && (part !== 'rerank' || reranker),
  );
}

/** The candidates of the first pages, no more of each than it may show: every other may lie in a file of its own. */
function toLookUp(
  candidates: readonly Candidate[],
  store: PassageLookup,
  pages: number,
  most: number,
): Candidate[] {
  const counts = new Map<number, number>();
  return candidates.filter(({ passage }) => {
    const page = store.pageOf(passage);
    const count = counts.get(page) ?? 0;
    if (count === most || (count === 0 && counts.size === pages)) return false;
    counts.set(page, count + 1);
    return true;
  });
}
