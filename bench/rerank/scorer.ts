/** What a worker is given. */
export interface ScorerOptions {
  /** Folder of the model under `/models/`, as on the Hugging Face hub. */
  model: string;
  /** The model gives a score; else it is an encoder of that shape, run for its time alone. */
  classifier: boolean;
  device: 'wasm' | 'webgpu';
  /** Workers that read. Default 1. */
  lanes?: number | undefined;
}

/** How long the scores took, in milliseconds. */
export interface Scored {
  /** To the scores of the first batch. */
  first: number;
  all: number;
  scores: number[];
}

/** A cross-encoder in a worker. */
export interface Scorer {
  /** Loads what is needed; milliseconds from nothing to ready. */
  open: (options: ScorerOptions) => Promise<number>;
  /** Scores passages in batches of so many; 1 is one by one. `first` counts `shown` passages. */
  score: (query: string, passages: readonly string[], batch: number) => Promise<Scored>;
}

/** How many scores make the first update that a visitor sees; second-look's own number. */
export const SHOWN = 4;

/** Scores batch by batch and keeps the times. */
export async function inBatches(
  passages: readonly string[],
  batch: number,
  run: (passages: string[]) => Promise<number[]>,
): Promise<Scored> {
  const started = performance.now();
  const scores: number[] = [];
  let first: number | undefined;
  for (let at = 0; at < passages.length; at += batch) {
    scores.push(...(await run(passages.slice(at, at + batch))));
    if (scores.length >= SHOWN) first ??= performance.now() - started;
  }
  const all = performance.now() - started;
  return { first: first ?? all, all, scores };
}
