import type { Bitmap } from './bitmap.js';
import { inContext } from './context.js';
import { fuse } from './fuse.js';
import type { PassageStore } from './index-file/passage-store.js';
import type { Analyser } from './keyword/analyse.js';
import type { KeywordStore } from './keyword/keyword-store.js';
import { searchKeywords } from './keyword/search-keywords.js';
import type { Embedder } from './model/embedder.js';
import type { Part } from './part.js';
import type { Query } from './query.js';
import type { Ranked } from './ranked.js';
import type { Refinement, Refinements } from './refinements.js';
import type { FirstLook, Retriever } from './retriever.js';
import type { Missing } from './update.js';
import type { VectorIndex } from './vector/vector-index.js';
import { vectorWeightFor } from './vector-weight.js';

/**
 * How many passages each ranking hands over. Of 100, fewer pages come than a search may ask for, and a passage that
 * one ranking has in its list and the other just misses loses too much (hybrid nDCG@10 with 100: −.004 on tldr-npm,
 * −.002 on scifact-dev).
 */
const RETRIEVED = 300;

/** The parts of an index that find passages. */
export interface RetrieverParts {
  analyser: Analyser;
  passages: PassageStore;
  keywords: KeywordStore;
  vectors: Part<VectorIndex>;
  embedder: Part<Embedder>;
  /** Cosine that unrelated passages have, 0 to 1. */
  unrelated: number;
  refinements: Part<Refinements>;
}

/** Finds passages in the index: by words, then by words and vectors. */
export function indexRetriever(parts: RetrieverParts): Retriever {
  const { passages, keywords, vectors, embedder, unrelated, refinements } = parts;
  return {
    passages,

    async *retrieve(query: Query, signal?: AbortSignal): AsyncGenerator<FirstLook, void> {
      const { text } = query;
      keywords.failure = undefined;
      const { allowed, listed, missing } = await refine(query);
      if (listed) {
        yield { stage: 'keyword', candidates: listed, missing };
        return;
      }
      const respelt = new Map<string, readonly string[]>();
      const byWords = text
        ? await searchKeywords(keywords, query.analysed, RETRIEVED, allowed, (stem, terms) =>
            respelt.set(stem, terms),
          )
        : [];
      yield { stage: 'keyword', candidates: inContext(fuse(byWords, undefined)), missing, respelt };
      const ranking = text ? await searchVectors(text, allowed, signal) : undefined;
      if (!ranking) return;
      const fused = fuse(byWords, { ranking, weight: vectorWeightFor(text), unrelated });
      yield { stage: 'hybrid', candidates: inContext(fused), missing, respelt };
    },

    // On a slow line a model beside the keywords would take the bandwidth that the first rows wait for.
    async preload() {
      await keywords.open();
      await Promise.all([embedder.open(), vectors.open()]);
    },

    missing() {
      const reasons: [Missing['part'], string | undefined][] = [
        ['keyword', keywords.failure],
        ['vector', embedder.failure ?? vectors.failure],
        ['rows', vectors.shortfall],
        ['filters', refinements.failure],
      ];
      return reasons.flatMap(([part, reason]) => (reason === undefined ? [] : [{ part, reason }]));
    },
  };

  async function refine(query: Query): Promise<Refinement> {
    const { phrases, excluded, filters, sort } = query;
    if (!phrases.length && !excluded.length && !sort && !Object.keys(filters).length) return {};
    // Better nothing than what was to be left out.
    return (await refinements.use((opened) => opened.refine(query))) ?? { listed: [] };
  }

  async function searchVectors(
    text: string,
    allowed: Bitmap | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Ranked[] | undefined> {
    void vectors.open();
    const vector = await embedder.use((opened) => {
      // Queries that were typed and superseded while the model loaded are not embedded one after another.
      signal?.throwIfAborted();
      return opened.embedQuery(text);
    }, signal);
    signal?.throwIfAborted();
    return vector && vectors.use((opened) => opened.search(vector, RETRIEVED, allowed));
  }
}
