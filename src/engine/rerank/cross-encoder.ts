import { SearchError } from '../errors.js';
import type { RerankerEntry } from '../index-file/manifest.js';
import type { Output, Session } from '../model/session.js';
import type { TextTokenizer } from '../model/tokenizer.js';
import { Recent } from './recent.js';

export type CrossEncoderSettings = Pick<RerankerEntry, 'maxQueryTokens' | 'maxTokens' | 'calibration'>;

/** Reads a query and a passage together and says how well the passage answers. */
export interface CrossEncoder {
  /**
   * The model's raw score of each passage; higher is better.
   * @throws the signal's reason, between any two passages, once it is aborted
   */
  logits(query: string, passages: readonly string[], signal?: AbortSignal): Promise<number[]>;
  /** The same as probabilities, 0 to 1. */
  probabilities(query: string, passages: readonly string[], signal?: AbortSignal): Promise<number[]>;
}

/** Scores that are remembered: of some thirty queries. */
const SCORES = 1000;
/** Passages whose tokens are: those of what one is typing come again with every key. */
const PASSAGES = 300;

/**
 * Joins a session and a tokenizer into a cross-encoder. Passages are run one by one: at one thread that costs no more than
 * a batch, wastes nothing on padding, and lets a newer query in sooner. What it has read it remembers, so that a query
 * typed again, or asked for more pages, costs only what is new; of a longer query no score holds.
 */
export function createCrossEncoder(
  session: Session,
  tokenizer: TextTokenizer,
  { maxQueryTokens, maxTokens, calibration }: CrossEncoderSettings,
): CrossEncoder {
  const scores = new Recent<number>(SCORES);
  const tokens = new Recent<number[]>(PASSAGES);
  const idsOf = (passage: string): number[] => {
    const ids = tokens.get(passage) ?? tokenizer.ids(passage);
    tokens.set(passage, ids);
    return ids;
  };
  const logit = async (query: readonly number[], passage: string): Promise<number> => {
    const key = `${query.join()} ${passage}`;
    const score =
      scores.get(key) ??
      relevance(await session.run([tokenizer.framePair(query, idsOf(passage), maxTokens)]));
    scores.set(key, score);
    return score;
  };
  const logits: CrossEncoder['logits'] = async (query, passages, signal) => {
    const queryIds = tokenizer.ids(query).slice(0, maxQueryTokens);
    const all: number[] = [];
    for (const passage of passages) {
      signal?.throwIfAborted();
      all.push(await logit(queryIds, passage));
    }
    return all;
  };
  return {
    logits,
    probabilities: async (query, passages, signal) =>
      (await logits(query, passages, signal)).map((score) =>
        sigmoid(calibration.scale * score + calibration.offset),
      ),
  };
}

/** One logit is the score; of two (irrelevant, relevant) it is their difference. */
function relevance({ data, dims }: Output): number {
  const [first = NaN, second = NaN] = data;
  const score = dims[1] === 2 ? second - first : dims[1] === 1 ? first : NaN;
  if (Number.isNaN(score))
    throw new SearchError(
      'model-failed',
      `The reranker gave an output of shape [${dims.join(', ')}]; expected [1, 1] or [1, 2], as text-classification models give.`,
    );
  return score;
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
