import type { Candidate } from '../candidate.js';
import type { SearchIndex } from '../open-index.js';
import { passageText } from '../passage-text.js';
import type { Ranking } from '../rank.js';
import { blend } from './blend.js';

/** How many candidates the cross-encoder reads between two rankings. */
const BATCH = 4;

/** Reads the best candidates in small batches, best first, and blends in the scores as they come. */
export async function* rerankCandidates(
  index: SearchIndex,
  query: string,
  candidates: Candidate[],
  most: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Ranking, void> {
  if (!index.manifest.reranker) return;
  const { weight, headingJoint } = index.manifest.reranker;
  const read = candidates.slice(0, most);
  const rest = candidates.slice(most);
  const { passages } = await index.retriever.passages.get(read.map(({ passage }) => passage));
  for (let at = 0; at < read.length; at += BATCH) {
    signal?.throwIfAborted();
    const batch = read.slice(at, at + BATCH).filter(({ passage }) => passages.has(passage));
    const texts = batch.map(({ passage }) => passageText(passages.get(passage)!, headingJoint));
    const probabilities = await index.reranker.use(
      (reranker) => reranker.probabilities(query, texts, signal),
      signal,
    );
    if (!probabilities) return;
    batch.forEach((candidate, i) => {
      candidate.rerank = probabilities[i] ?? 0;
    });
    yield {
      stage: 'reranking',
      candidates: [...blend(read, weight), ...rest],
      progress: { read: Math.min(at + BATCH, read.length), of: read.length },
    };
  }
}
