import type { Candidate } from '../../engine/candidate.js';
import { missingParts, type SearchIndex } from '../../engine/open-index.js';
import { readQuery } from '../../engine/query.js';
import { rank } from '../../engine/rank.js';
import { readingOf } from '../../engine/rerank/reading.js';
import { documentId } from '../../evaluate/document-id.js';
import { random } from '../../evaluate/random.js';
import type { Pool } from '../protocol.js';
import { interleave } from './interleave.js';
import { describeSection, type SiteSections } from './site-sections.js';

/** How many passages the second look reads. */
const READ = 20;
/** How many sections of each ranking are judged. */
const DEPTH = 10;

/**
 * The sections to judge for a query: the best of the keywords, of the vectors and of the second look, so that the labels
 * do not favour the one that found them (pooling, Spärck Jones & van Rijsbergen 1975). The same query gives the same
 * order.
 * @param relevant documents to show first, found or not
 */
export async function poolFor(
  index: SearchIndex,
  sections: SiteSections,
  { text, relevant }: { text: string; relevant: readonly string[] },
  signal?: AbortSignal,
): Promise<Pool> {
  let candidates: Candidate[] = [];
  const query = await readQuery(text, index);
  for await (const ranking of rank(index, query, readingOf({ candidates: READ }), signal))
    candidates = ranking.candidates;

  const { passages, failures } = await index.retriever.passages.get(candidates.map(({ passage }) => passage));
  if (failures[0]) throw failures[0];
  const documentOf = (passage: number): string => documentId(passages.get(passage)!);
  const rankings = [byRank(candidates, 'keyword'), byRank(candidates, 'vector'), candidates].map((ranking) =>
    bestPassages(ranking, documentOf),
  );
  const shown = new Map(rankings.flatMap((ranking) => [...ranking]));
  const found = interleave(
    rankings.map((ranking) => [...ranking.keys()].slice(0, DEPTH)),
    random(seedOf(text)),
  );
  return {
    sections: [...new Set([...relevant, ...found])].map((id) =>
      describeSection(sections, id, passages.get(shown.get(id) ?? -1)),
    ),
    missing: missingParts(index).map(({ reason }) => reason),
  };
}

/** What one retriever found, in its order. */
function byRank(candidates: readonly Candidate[], retriever: 'keyword' | 'vector'): Candidate[] {
  return candidates
    .filter((candidate) => candidate[retriever])
    .sort((left, right) => left[retriever]!.rank - right[retriever]!.rank);
}

/** The documents of a ranking, best first, with the passage that each is ranked by. */
function bestPassages(
  ranking: readonly Candidate[],
  documentOf: (passage: number) => string,
): Map<string, number> {
  const best = new Map<string, number>();
  for (const { passage } of ranking) {
    const id = documentOf(passage);
    if (!best.has(id)) best.set(id, passage);
  }
  return best;
}

function seedOf(text: string): number {
  return new TextEncoder().encode(text).reduce((seed, byte) => (Math.imul(seed, 31) + byte) | 0, 0);
}
