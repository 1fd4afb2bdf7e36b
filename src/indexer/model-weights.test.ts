import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEncoderFile } from '../engine/encoder/encoder-file.js';
import { openEncoder } from '../engine/encoder/open-encoder.js';
import { createEmbedder, type Embedder } from '../engine/model/embedder.js';
import type { Session } from '../engine/model/session.js';
import { openTokenizer } from '../engine/model/tokenizer.js';
import { createWasmSession } from '../engine/model/wasm-session.js';
import { DEFAULT_EMBEDDER, DEFAULT_RERANKER, findModel } from './find-model.js';
import { type ModelFolder, modelFolder } from './model-folder.js';
import { modelWeights, type VisitorWeights } from './model-weights.js';
import { KEPT_FOR, weightsCache } from './weights-cache.js';

const fileOf = async (model: ModelFolder, pooling: 'mean' | undefined): Promise<Uint8Array> => {
  const encoder = await modelWeights(model, pooling).encoder();
  if ('reason' in encoder) throw new Error(encoder.reason);
  return encoder.file;
};

const visitorWeights = (model: ModelFolder): Promise<VisitorWeights> =>
  modelWeights(model, undefined).packed();

/** Comparing megabytes one by one takes all memory where they differ. */
const shortHash = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 12);

describe('the weights of a BERT', () => {
  it('embed as ONNX Runtime does with the file that they come from', async () => {
    const model = await findModel(DEFAULT_EMBEDDER, 'embedder');
    const json = async (file: string): Promise<unknown> =>
      JSON.parse(await readFile(join(model.folder, file), 'utf8')) as unknown;
    const tokenizer = openTokenizer(
      await json('tokenizer.json'),
      await json('tokenizer_config.json'),
      model.name,
    );
    const settings = {
      pooling: 'mean',
      maxTokens: 512,
      queryPrefix: '',
      passagePrefix: '',
      dimensions: 384,
    } as const;
    const embedder = (session: Session): Embedder => createEmbedder(session, tokenizer, settings);
    const ours = embedder(await openEncoder(await fileOf(model, 'mean'), model.name));
    const onnx = await readFile(join(model.folder, model.weights));
    const theirs = embedder(await createWasmSession(onnx, model.name));
    for (const text of [
      'npm',
      'undo a publish',
      'How do I list the outdated packages of a project? '.repeat(20),
    ]) {
      const [vector, other] = [await ours.embedQuery(text), await theirs.embedQuery(text)];
      // Theirs is rounded at every layer: this is as near as two machines' native builds are to each other.
      expect(
        vector.reduce((sum, value, at) => sum + value * other[at]!, 0),
        text,
      ).toBeGreaterThan(0.985);
    }
  });

  it('are packed for visitors, and say their sizes', async () => {
    const weights = await visitorWeights(await findModel(DEFAULT_RERANKER, 'reranker'));
    expect(weights).toMatchObject({ format: 'encoder', name: 'model.encoder' });
    expect(weights.bytes.length).toBeLessThan(12e6);
    expect(readEncoderFile(gunzipSync(weights.bytes), 'model.encoder').shape).toEqual({
      ...{ vocabulary: 15360, positions: 512, types: 2, width: 384, inner: 1536, heads: 12, layers: 3 },
      ...{ epsilon: 1e-12, pooling: 'mean', labels: 1 },
    });
  });
});

describe('weights that an earlier run packed', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'second-look-weights-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const reranker = (): Promise<ModelFolder> => findModel(DEFAULT_RERANKER, 'reranker');

  it('are taken from the cache, as they were', async () => {
    const made = await modelWeights(await reranker(), undefined, weightsCache(folder)).packed();
    const [file] = await readdir(folder);
    // Another file with a right hash: whatever comes back came from the cache.
    const other = gzipSync('another');
    await writeFile(join(folder, file!), Buffer.concat([createHash('sha256').update(other).digest(), other]));
    const again = modelWeights(await reranker(), undefined, weightsCache(folder));
    expect(made).toMatchObject({ format: 'encoder', name: 'model.encoder' });
    expect({ ...(await again.packed()), bytes: undefined }).toEqual({ ...made, bytes: undefined });
    expect(shortHash((await again.packed()).bytes)).toBe(shortHash(other));
    expect(await again.encoder()).toEqual({ file: new Uint8Array(Buffer.from('another')) });
  });

  it('are made anew where the cache is damaged, of another pooling, or cannot be written', async () => {
    const { bytes } = await modelWeights(await reranker(), undefined, weightsCache(folder)).packed();
    const [file] = await readdir(folder);
    const stored = await readFile(join(folder, file!));
    await writeFile(join(folder, file!), stored.subarray(0, 1e6));
    const again = await modelWeights(await reranker(), undefined, weightsCache(folder)).packed();
    expect(shortHash(again.bytes)).toBe(shortHash(bytes));
    expect(shortHash(await readFile(join(folder, file!)))).toBe(shortHash(stored));

    const { folder: embedder, name } = await findModel(DEFAULT_EMBEDDER, 'embedder');
    for (const pooling of ['mean', 'cls'] as const)
      await modelWeights(modelFolder(name, embedder), pooling, weightsCache(folder)).packed();
    expect(await readdir(folder)).toHaveLength(3);

    const nowhere = weightsCache(join(folder, file!));
    const { bytes: unkept } = await modelWeights(await reranker(), undefined, nowhere).packed();
    expect(shortHash(unkept)).toBe(shortHash(bytes));
  });

  it('go when no run has used them for a month', async () => {
    const cache = weightsCache(folder);
    const longAgo = new Date(Date.now() - KEPT_FOR - 60_000);
    const keys = ['used', 'unused'];
    for (const key of keys) await cache.write(key, Buffer.from(key));
    for (const key of keys) await utimes(join(folder, `${key}.weights`), longAgo, longAgo);
    expect(Buffer.from((await cache.read('used'))!).toString()).toBe('used');
    await cache.write('new', Buffer.from('new'));
    expect((await readdir(folder)).sort()).toEqual(['new.weights', 'used.weights']);
  });

  it('would be stale if other bytes were written: then WRITER in model-weights.ts is to be raised, and this changed', async () => {
    const hashes = new Map<string, string>();
    for (const [name, kind, pooling] of [
      [DEFAULT_RERANKER, 'reranker', undefined],
      [DEFAULT_EMBEDDER, 'embedder', 'mean'],
    ] as const) {
      const file = await fileOf(await findModel(name, kind), pooling);
      hashes.set(kind, shortHash(file));
    }
    expect(Object.fromEntries(hashes)).toEqual({ reranker: '971092727f3f', embedder: 'a7b14a19fae1' });
  });
});

describe('a model that our own kernels do not run', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'second-look-model-'));
    const { folder: original } = await findModel(DEFAULT_RERANKER, 'reranker');
    await cp(original, folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));

  const changeConfig = async (more: object): Promise<void> => {
    const file = join(folder, 'config.json');
    const config = JSON.parse(await readFile(file, 'utf8')) as object;
    await writeFile(file, JSON.stringify({ ...config, ...more }));
  };

  it.each([
    ['of another kind', { model_type: 'deberta-v2' }, /another model_type than BERT/],
    ['with another activation', { hidden_act: 'relu' }, /another hidden_act than BERT/],
    ['of more layers than the file has', { num_hidden_layers: 4 }, /no bert.encoder.layer.3.*bias/],
    ['of another width than the file has', { hidden_size: 192 }, /has \d+ values where config.json makes/],
    ['whose heads are too narrow', { num_attention_heads: 96 }, /heads/],
  ])('keeps its ONNX file: one %s', async (_, config, reason) => {
    await changeConfig(config);
    const weights = await visitorWeights(modelFolder('test', folder));
    expect(weights).toMatchObject({ format: 'onnx', name: 'model.onnx' });
    expect(weights.reason).toMatch(reason);
    expect(weights.bytes.length).toBe((await readFile(join(folder, 'model.onnx'))).length);
  });

  it('keeps its ONNX file: a cross-encoder taken for an embedder has a head, an embedder none', async () => {
    const { name, folder: embedder } = await findModel(DEFAULT_EMBEDDER, 'embedder');
    const asReranker = await visitorWeights(modelFolder(name, embedder));
    expect(asReranker.reason).toMatch(/no classifier.bias/);
  });

  it('is refused by name where its file is no ONNX', async () => {
    const onnx = await readFile(join(folder, 'model.onnx'));
    for (const bytes of [onnx.subarray(0, 1e6), Buffer.from('<!doctype html><title>Not found</title>')]) {
      await writeFile(join(folder, 'model.onnx'), bytes);
      await expect(visitorWeights(modelFolder('test', folder))).rejects.toThrow(
        /model\.onnx cannot be read as an ONNX file/,
      );
    }
  });
});
