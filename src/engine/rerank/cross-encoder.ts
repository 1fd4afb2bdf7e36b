import { SearchError } from '../errors.js';
import type { RerankerEntry } from '../index-file/manifest.js';
import type { Output, Session } from '../model/session.js';
import type { TextTokenizer } from '../model/tokenizer.js';
import type { ModelDevice } from '../update.js';
import { Recent } from './recent.js';

export type CrossEncoderSettings = Pick<RerankerEntry, 'maxQueryTokens' | 'maxTokens' | 'calibration'>;

/** Reads a query and a passage together and says how well the passage answers. */
export interface CrossEncoder {
  readonly tokenizer: TextTokenizer;
  /**
   * The model's raw score of each passage; higher is better.
   * @throws the signal's reason, between any two passages at least, once it is aborted
   */
  logits(query: string, passages: readonly string[], signal?: AbortSignal): Promise<number[]>;
  /** The same as probabilities, 0 to 1. */
  probabilities(query: string, passages: readonly string[], signal?: AbortSignal): Promise<number[]>;
  /** Milliseconds that a passage takes on this device, as measured of late; 0 before the first. */
  pace(): number;
  /** What reads, where that was chosen among several, and once it was. */
  device(): ModelDevice | undefined;
  /** Lets go of what it runs on. */
  dispose(): Promise<void>;
}

/** Scores that are remembered: of some thirty queries. */
const SCORES = 1000;
/** Passages whose tokens are: those of what one is typing come again with every key. */
const PASSAGES = 300;
/** What the latest passages count for in the pace. */
const NEWS = 0.3;

/**
 * Joins a session and a tokenizer into a cross-encoder. As many passages are run at a time as the session takes: on one
 * thread one, which costs no more than a batch, wastes nothing on padding, and lets a newer query in sooner. What it has
 * read it remembers, so that a query typed again, or asked for more pages, costs only what is new; of a longer query no
 * score holds.
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
  let pace = 0;
  const run = async (
    query: readonly number[],
    unread: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<number[]> => {
    const inputs = unread.map((passage) => tokenizer.framePair(query, idsOf(passage), maxTokens));
    const started = performance.now();
    const read = relevances(await session.run(inputs, signal));
    const took = (performance.now() - started) / unread.length;
    pace = pace === 0 ? took : (1 - NEWS) * pace + NEWS * took;
    return read;
  };
  const logits: CrossEncoder['logits'] = async (query, passages, signal) => {
    const queryIds = tokenizer.ids(query).slice(0, maxQueryTokens);
    const keyOf = (passage: string): string => `${queryIds.join()} ${passage}`;
    const known = new Map(passages.map((passage) => [passage, scores.get(keyOf(passage))]));
    const unread = [...known.keys()].filter((passage) => known.get(passage) === undefined);
    while (unread.length > 0) {
      signal?.throwIfAborted();
      // While they are read, a session with more lanes may take over.
      const some = unread.splice(0, session.lanes);
      const read = await run(queryIds, some, signal);
      some.forEach((passage, row) => {
        known.set(passage, read[row]);
        scores.set(keyOf(passage), read[row]!);
      });
    }
    return passages.map((passage) => known.get(passage)!);
  };
  return {
    tokenizer,
    logits,
    probabilities: async (query, passages, signal) =>
      (await logits(query, passages, signal)).map((score) =>
        sigmoid(calibration.scale * score + calibration.offset),
      ),
    pace: () => pace,
    device: () => session.device,
    dispose: () => session.dispose(),
  };
}

/** One logit a passage is its score; of two (irrelevant, relevant) it is their difference. */
function relevances({ data, dims }: Output): number[] {
  const [rows = 0, labels = 0] = dims;
  const scores = Array.from({ length: rows }, (_, row) => {
    const [first = NaN, second = NaN] = data.subarray(row * labels, (row + 1) * labels);
    return labels === 2 ? second - first : first;
  });
  if (dims.length !== 2 || labels < 1 || labels > 2 || scores.some(Number.isNaN))
    throw new SearchError(
      'model-failed',
      `The reranker gave an output of shape [${dims.join(', ')}]; expected [1, 1] or [1, 2], as text-classification models give.`,
    );
  return scores;
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
