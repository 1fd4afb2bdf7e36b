import { describe, expect, it } from 'vitest';
import { createEmbedder, type Embedder, type EmbedderSettings } from './embedder.js';
import type { Session } from './session.js';
import type { ModelInput, TextTokenizer } from './tokenizer.js';

/** A letter is a token, its code its id; 1 and 2 stand around a text. */
const tokenizer: TextTokenizer = {
  ids: (text) => Array.from(text, (letter) => letter.charCodeAt(0)),
  count: (text) => text.length,
  frame: (text, maxTokens) => ({
    ids: [1, ...text.slice(0, maxTokens - 2), 2],
    types: new Array<number>(Math.min(text.length + 2, maxTokens)).fill(0),
  }),
  framePair: () => ({ ids: [], types: [] }),
  overhead: { single: 2, pair: 3 },
};

/** Gives each token the vector [id, position, 1], and padding a vector that would spoil any mean. */
function tokenSession(seen: ModelInput[] = []): Session {
  return {
    async run(batch) {
      seen.push(...batch);
      const longest = Math.max(...batch.map(({ ids }) => ids.length));
      const rows = batch.flatMap(({ ids }) =>
        Array.from({ length: longest }, (_, at) => (at < ids.length ? [ids[at]!, at, 1] : [1e6, -1e6, 1e6])),
      );
      return { data: Float32Array.from(rows.flat()), dims: [batch.length, longest, 3] };
    },
    lanes: 1,
    dispose: () => Promise.resolve(),
  };
}

const embedder = (session: Session, settings: Partial<EmbedderSettings> = {}): Embedder =>
  createEmbedder(session, tokenizer, {
    ...{ pooling: 'mean', maxTokens: 16, queryPrefix: '', passagePrefix: '', dimensions: 3 },
    ...settings,
  });
const unit = (...vector: number[]): number[] => vector.map((value) => value / Math.hypot(...vector));
const rounded = (vector: Iterable<number> | undefined): number[] =>
  Array.from(vector ?? [], (value) => Number(value.toFixed(5)));

describe('createEmbedder', () => {
  it('gives the mean of the token vectors, made one long', async () => {
    const vector = await embedder(tokenSession()).embedQuery('A');
    expect(rounded(vector)).toEqual(rounded(unit((1 + 65 + 2) / 3, (0 + 1 + 2) / 3, 1)));
  });

  it('leaves padding out of the mean, so that a text has one vector in whatever batch', async () => {
    const model = embedder(tokenSession());
    const [short, long] = await model.embedPassages(['A', 'BCDEFG']);
    expect(rounded(short)).toEqual(rounded((await model.embedPassages(['A']))[0]));
    expect(rounded(long)).toEqual(rounded((await model.embedPassages(['BCDEFG']))[0]));
  });

  it("gives the first token's vector for models trained that way", async () => {
    const [first, second] = await embedder(tokenSession(), { pooling: 'cls' }).embedPassages(['A', 'BCD']);
    expect(rounded(first)).toEqual(rounded(unit(1, 0, 1)));
    expect(rounded(second)).toEqual(rounded(unit(1, 0, 1)));
  });

  it('takes a vector that the model has pooled itself', async () => {
    const pooled: Session = {
      run: async () => ({ data: Float32Array.from([3, 4, 0, 0, 0, 2]), dims: [2, 3] }),
      lanes: 1,
      dispose: () => Promise.resolve(),
    };
    const vectors = await embedder(pooled).embedPassages(['a', 'b']);
    expect(vectors.map(rounded)).toEqual([
      [0.6, 0.8, 0],
      [0, 0, 1],
    ]);
  });

  it('gives zeros for zeros, not NaN', async () => {
    const silent: Session = {
      run: async () => ({ data: new Float32Array(3), dims: [1, 3] }),
      lanes: 1,
      dispose: () => Promise.resolve(),
    };
    expect([...(await embedder(silent).embedQuery('a'))]).toEqual([0, 0, 0]);
  });

  it('puts the prefixes in front that the model was trained with', async () => {
    const seen: ModelInput[] = [];
    const model = embedder(tokenSession(seen), { queryPrefix: 'q:', passagePrefix: 'p:' });
    await model.embedQuery('A');
    await model.embedPassages(['A']);
    expect(seen.map(({ ids }) => String.fromCharCode(...ids.slice(1, -1)))).toEqual(['q:A', 'p:A']);
  });

  it('cuts texts to what the model can read', async () => {
    const seen: ModelInput[] = [];
    await embedder(tokenSession(seen), { maxTokens: 8 }).embedQuery('A'.repeat(1000));
    expect(seen[0]?.ids).toHaveLength(8);
  });
});
