import type { EmbedderEntry } from '../index-file/manifest.js';
import type { Output, Session } from './session.js';
import type { TextTokenizer } from './tokenizer.js';

export type EmbedderSettings = Pick<
  EmbedderEntry,
  'pooling' | 'maxTokens' | 'queryPrefix' | 'passagePrefix' | 'dimensions'
>;

/** A bi-encoder: turns a text into a unit vector, so that cosine is a dot product. */
export interface Embedder {
  readonly tokenizer: TextTokenizer;
  embedQuery(query: string): Promise<Float32Array>;
  /** Embeds a batch; give passages of about the same length. */
  embedPassages(passages: readonly string[]): Promise<Float32Array[]>;
  /** Lets go of what it runs on. */
  dispose(): Promise<void>;
}

/** Joins a session and a tokenizer into an embedder. */
export function createEmbedder(
  session: Session,
  tokenizer: TextTokenizer,
  settings: EmbedderSettings,
): Embedder {
  const { pooling, maxTokens, queryPrefix, passagePrefix } = settings;
  const embed = async (texts: readonly string[]): Promise<Float32Array[]> => {
    const inputs = texts.map((text) => tokenizer.frame(tokenizer.ids(text), maxTokens));
    const output = await session.run(inputs);
    return inputs.map((input, row) => unit(pool(output, row, input.ids.length, pooling)));
  };
  return {
    tokenizer,
    embedQuery: async (query) => (await embed([queryPrefix + query]))[0]!,
    embedPassages: (passages) => embed(passages.map((passage) => passagePrefix + passage)),
    dispose: () => session.dispose(),
  };
}

/** One row's vector: the mean of its token vectors (padding apart), or its first token's. */
function pool({ data, dims }: Output, row: number, tokens: number, pooling: 'mean' | 'cls'): Float32Array {
  // A model that pools by itself gives [batch, width].
  if (dims.length === 2) return data.slice(row * (dims[1] ?? 0), (row + 1) * (dims[1] ?? 0));
  const [, longest = 0, width = 0] = dims;
  const start = row * longest * width;
  if (pooling === 'cls') return data.slice(start, start + width);
  const mean = new Float32Array(width);
  for (let token = 0; token < tokens; token++)
    for (let at = 0; at < width; at++)
      mean[at] = (mean[at] ?? 0) + (data[start + token * width + at] ?? 0) / tokens;
  return mean;
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}
