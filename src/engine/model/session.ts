import type { ModelDevice } from '../update.js';
import type { ModelInput } from './tokenizer.js';

/** A model's output, row-major. */
export interface Output {
  data: Float32Array;
  /** `[batch, labels]`, `[batch, width]` or `[batch, tokens, width]`. */
  dims: readonly number[];
}

/** A loaded model that turns token ids into numbers. */
export interface Session {
  /** How many inputs it runs best at a time. */
  readonly lanes: number;
  /** What it runs on, where that was chosen, and once it was. */
  readonly device?: ModelDevice | undefined;
  /**
   * Runs a batch; shorter rows are padded to the longest, so give rows of about the same length.
   * @param signal may end it early, where that can be done; it then throws the signal's reason
   */
  run(batch: readonly ModelInput[], signal?: AbortSignal): Promise<Output>;
  dispose(): Promise<void>;
}

/** One output of the rows of several. */
export function joined(
  rows: readonly Float32Array[],
  dims: readonly number[] = [rows[0]?.length ?? 0],
): Output {
  const width = rows[0]?.length ?? 0;
  const data = new Float32Array(rows.length * width);
  rows.forEach((row, at) => data.set(row, at * width));
  return { data, dims: [rows.length, ...dims] };
}

/** A batch as the tensors that BERT-like models take, int64 `[batch, tokens]` each. */
export interface PaddedBatch {
  dims: [batch: number, tokens: number];
  input_ids: BigInt64Array;
  attention_mask: BigInt64Array;
  token_type_ids: BigInt64Array;
}

/** Pads rows to the longest with id 0, which the mask hides. */
export function pad(batch: readonly ModelInput[]): PaddedBatch {
  const tokens = Math.max(...batch.map((input) => input.ids.length));
  const size = batch.length * tokens;
  const padded: PaddedBatch = {
    dims: [batch.length, tokens],
    input_ids: new BigInt64Array(size),
    attention_mask: new BigInt64Array(size),
    token_type_ids: new BigInt64Array(size),
  };
  batch.forEach(({ ids, types }, row) => {
    ids.forEach((id, at) => {
      padded.input_ids[row * tokens + at] = BigInt(id);
      padded.attention_mask[row * tokens + at] = 1n;
      padded.token_type_ids[row * tokens + at] = BigInt(types[at] ?? 0);
    });
  });
  return padded;
}
