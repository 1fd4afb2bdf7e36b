import type { Candidate } from './candidate.js';
import { matcher } from './excerpt.js';
import { loadCode } from './load-code.js';
import type { SearchIndex } from './open-index.js';
import type { Query } from './query.js';
import type { Reading } from './rerank/reading.js';
import type { Respelt } from './retriever.js';
import type { TypingPause } from './typing-pause.js';
import type { Missing, Progress, Stage } from './update.js';

/** The candidates in the order that a stage gives them, best first. */
export interface Ranking {
  stage: Exclude<Stage, 'done'>;
  candidates: Candidate[];
  /** What the query asked for and could not have, and why. */
  missing?: Missing[] | undefined;
  /** Terms that were looked for in place of words that nobody wrote. */
  respelt?: Respelt | undefined;
  /** Candidates that the cross-encoder has read, and will have. */
  progress?: Progress;
}

/**
 * Ranks passages in two looks: as the retriever finds them, by words and then with vectors fused in; then in the order
 * that the cross-encoder gives them, a ranking per batch that it reads. A stage whose model is still loading is waited
 * for; one that cannot answer is left out.
 * @param reading how much the cross-encoder reads
 * @param pause waited for before it reads
 * @throws the signal's reason, between any two steps, once it is aborted
 */
export async function* rank(
  index: SearchIndex,
  query: Query,
  reading: Reading,
  signal?: AbortSignal,
  pause?: TypingPause,
): AsyncGenerator<Ranking, void> {
  let candidates: Candidate[] = [];
  let ofQuery: Pick<Ranking, 'missing' | 'respelt'> = {};
  for await (const look of index.retriever.retrieve(query, signal)) {
    ({ candidates, ...ofQuery } = look);
    yield look;
  }
  // A site's own engine does not sort: its list is of relevance in any case.
  const isSorted = query.sort && index.manifest.remote === undefined;
  if (reading.most === 0 || query.text === '' || isSorted || candidates.length === 0) return;
  await pause?.(signal);
  // The code comes once there is a model: the first rows do without.
  const readCandidates = await index.reranker.use(
    () =>
      loadCode(
        'read-candidates.js',
        async () => (await import('./rerank/read-candidates.js')).readCandidates,
      ),
    signal,
  );
  if (!readCandidates || !index.manifest.reranker) return;
  const reader = { ...index.manifest.reranker, reranker: index.reranker, passages: index.retriever.passages };
  const matches = matcher(query.analysed, index.analyser);
  for await (const ranking of readCandidates(reader, query.text, matches, candidates, reading, signal))
    yield { ...ofQuery, ...ranking };
}
