import { figuresOf, type Judged } from '../evaluate/figures.js';
import type { Evaluation } from '../evaluate/evaluation.js';
import { measure } from '../evaluate/measures.js';
import { STAGES } from '../evaluate/rank-stages.js';

/** In which place the right answer stands of 30 queries: the second look moves most of them up, and query 29 down. */
const PLACES = Array.from({ length: 30 }, (_, at) => ({
  keyword: 8,
  vector: 6,
  hybrid: at === 29 ? 1 : 4,
  reranked: at === 29 ? 3 : at < 20 ? 1 : 4,
}));

/** An evaluation of 30 queries, `query 0` to `query 29`, whose figures follow from the places above. */
export function sampleEvaluation(more: Partial<Evaluation> = {}): Evaluation {
  const judged = PLACES.map((places, at): Judged => {
    const relevant = new Map([[`answer-${at}`, 1]]);
    const ranking = (place: number): string[] => {
      const documents = Array.from({ length: 12 }, (_, other) => `other-${other}`);
      return documents.with(place - 1, `answer-${at}`);
    };
    const stages = Object.fromEntries(
      STAGES.map((stage, nth) => [stage, { documents: ranking(places[stage]), ms: 10 ** nth }]),
    );
    return {
      query: { id: `q${at}`, text: `query ${at}` },
      relevant,
      rankings: { stages, depths: [{ documents: ranking(places.reranked), ms: 1000, read: 20 }] },
      measures: Object.fromEntries(STAGES.map((stage) => [stage, measure(ranking(places[stage]), relevant)])),
    };
  });
  return {
    ...{ collection: 'sample', queries: 30, documents: 1234, passages: 5678, candidates: 20 },
    ...{ embedder: 'test-embedder', reranker: 'test-reranker' },
    ...figuresOf(judged, STAGES),
    ...{ missing: [], unknownLabels: 0, machine: 'a machine' },
    ...more,
  };
}
