import { SearchError } from '../errors.js';
import type { RerankerEntry } from '../index-file/manifest.js';
import type { Output, Session } from '../model/session.js';
import type { TextTokenizer } from '../model/tokenizer.js';

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

/**
 * Joins a session and a tokenizer into a cross-encoder. Passages are run one by one: at one thread that costs no more than a batch, wastes
 * nothing on padding, and lets a newer query in sooner.
 */
export function createCrossEncoder(
  session: Session,
  tokenizer: TextTokenizer,
  { maxQueryTokens, maxTokens, calibration }: CrossEncoderSettings,
): CrossEncoder {
  const logit = async (query: readonly number[], passage: string): Promise<number> => {
    return relevance(await session.run([tokenizer.framePair(query, tokenizer.ids(passage), maxTokens)]));
  };
  const logits: CrossEncoder['logits'] = async (query, passages, signal) => {
    const queryIds = tokenizer.ids(query).slice(0, maxQueryTokens);
    const scores: number[] = [];
    for (const passage of passages) {
      signal?.throwIfAborted();
      scores.push(await logit(queryIds, passage));
    }
    return scores;
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
