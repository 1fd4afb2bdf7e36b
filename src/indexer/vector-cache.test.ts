import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unitVectors } from '../testing/random.js';
import type { PreparedEmbedder } from './prepare-models.js';
import { VectorCache } from './vector-cache.js';

describe('VectorCache', () => {
  let folder: string;
  let model: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'second-look-vectors-'));
    model = mkdtempSync(join(tmpdir(), 'second-look-model-'));
    for (const file of ['model.onnx', 'tokenizer.json', 'tokenizer_config.json'])
      writeFileSync(join(model, file), file);
  });
  afterEach(() => [folder, model].forEach((path) => rmSync(path, { recursive: true, force: true })));

  const open = (more: Partial<PreparedEmbedder> = {}): Promise<VectorCache> =>
    VectorCache.open(folder, {
      ...{
        model: { name: 'test', folder: model, weights: 'model.onnx' },
        native: true,
        entry: { dimensions: 8 },
      },
      ...more,
    } as PreparedEmbedder);
  const texts = Array.from({ length: 300 }, (_, at) => `text ${at}`);
  const vectors = unitVectors(300, 8, 1);
  async function fill(from = 0, to = 300): Promise<void> {
    const cache = await open();
    texts.slice(from, to).forEach((text, at) => cache.add(text, vectors[from + at]!));
    cache.close();
  }
  const kept = async (): Promise<number> => {
    const cache = await open();
    return texts.filter((text, at) => {
      const vector = cache.get(text);
      if (vector) expect(vector).toEqual(vectors[at]);
      return vector;
    }).length;
  };
  const segments = (): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.segment'))
      .map((name) => join(folder, name));

  it('gives back, bit for bit, what an earlier run has put in, and nothing for other texts', async () => {
    await fill();
    expect(await kept()).toBe(300);
    expect((await open()).get('text 300')).toBeUndefined();
  });

  it('keeps what was written when a run was killed, to the last whole record', async () => {
    const cache = await open();
    texts.forEach((text, at) => cache.add(text, vectors[at]!));
    // Not closed. The last records were not written yet.
    const written = await kept();
    expect(written).toBeGreaterThan(50);
    const [segment] = segments();
    truncateSync(segment!, readFileSync(segment!).length - 3);
    expect(await kept()).toBe(written - 1);
  });

  it('passes over what is damaged', async () => {
    await fill();
    const [segment] = segments();
    const bytes = readFileSync(segment!);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(segment!, bytes);
    expect(await kept()).toBe(150);
  });

  it('is another one for other weights, settings, or another runtime', async () => {
    await fill();
    expect((await open({ runner: 'encoder' })).get('text 0')).toBeUndefined();
    const entry = { dimensions: 8, pooling: 'cls' } as PreparedEmbedder['entry'];
    expect((await open({ entry })).get('text 0')).toBeUndefined();
    writeFileSync(join(model, 'model.onnx'), 'other');
    expect(await kept()).toBe(0);
  });

  it('drops what no run has used for a month, and keeps the rest', async () => {
    await fill();
    const [segment] = segments();
    const old = new Date(Date.now() - 40 * 24 * 3600e3);
    utimesSync(segment!, old, old);
    const cache = await open();
    for (const text of texts.slice(0, 10)) cache.get(text);
    cache.close();
    expect(segments()).toHaveLength(1);
    expect(await kept()).toBe(10);
  });

  it('costs nothing but time where its folder cannot be written, and says why', async () => {
    writeFileSync(join(folder, 'file'), '');
    const cache = await VectorCache.open(join(folder, 'file'), {
      ...{ model: { name: 'test', folder: model, weights: 'model.onnx' }, runner: 'native' },
      entry: { dimensions: 8 },
    } as PreparedEmbedder);
    cache.add('text', vectors[0]!);
    cache.close();
    expect(cache.get('text')).toBeUndefined();
    expect(cache.failure).toMatch(/file.* cannot be used \(ENOTDIR/);
  });
});
