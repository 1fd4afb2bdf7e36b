import { beforeEach, describe, expect, it } from 'vitest';
import { expectDamaged } from '../../testing/damage.js';
import { MemorySource } from '../../testing/memory-source.js';
import type { FileEntry } from './manifest.js';
import { type IndexSource, missingFile, readVerified } from './source.js';

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

describe('readVerified', () => {
  const whole = bytesOf('the whole file');
  let source: MemorySource & Pick<IndexSource, 'kept' | 'lost'>;
  let kept: Map<string, Uint8Array<ArrayBuffer>>;
  let file: FileEntry;
  beforeEach(async () => {
    kept = new Map();
    source = Object.assign(new MemorySource(), {
      kept: {
        read: async (path: string) => kept.get(path),
        write: async (path: string, bytes: Uint8Array<ArrayBuffer>) => void kept.set(path, bytes),
      },
    });
    file = await source.add('model.onnx', whole);
  });

  it('gives a file that is what the manifest says', async () => {
    expect(await readVerified(source, file)).toEqual(whole);
  });

  it.each([
    ['cut short', 'the whole fi', /12 bytes .* 14/],
    ['with something after it', 'the whole file.', /15 bytes .* 14/],
    ['altered', 'the whole FILE', /SHA-256/],
  ])('refuses a file %s, by name', async (_, content, reason) => {
    source.files.set('model.onnx', bytesOf(content));
    const error: unknown = await readVerified(source, file, { keep: true }).catch(
      (thrown: unknown) => thrown,
    );
    expectDamaged(error, 'model.onnx');
    expect((error as Error).message).toMatch(reason);
    expect(kept.size).toBe(0);
  });

  it('passes on that a file is missing', async () => {
    source.files.clear();
    await expect(readVerified(source, file)).rejects.toMatchObject({ code: 'missing-file' });
  });

  it.each([
    ['is gone', true, () => missingFile('model.onnx', 'HTTP 404')],
    [
      'is kept back, as hosts do that tell nobody what they have',
      true,
      () => missingFile('model.onnx', 'HTTP 403'),
    ],
    ['cannot be reached', false, () => missingFile('model.onnx', 'Failed to fetch')],
    ['comes from a host that is overloaded', false, () => missingFile('model.onnx', 'HTTP 503')],
  ])('notes whether the site has lost a file that %s', async (_, isLost, error) => {
    source.read = () => Promise.reject(error());
    await expect(readVerified(source, file)).rejects.toThrow();
    expect(source.lost ?? false).toBe(isLost);
  });

  it('notes that another file has come in the place of one', async () => {
    source.read = async () => bytesOf('<!doctype html>');
    await expect(readVerified(source, file)).rejects.toMatchObject({ code: 'damaged-file' });
    expect(source.lost).toBe(true);
  });

  it('keeps a file for the next visit only where asked to, and then reads it from there', async () => {
    await readVerified(source, file);
    expect(kept.size).toBe(0);
    await readVerified(source, file, { keep: true });
    expect(kept.get('model.onnx')).toEqual(whole);
    expect(await readVerified(source, file, { keep: true })).toEqual(whole);
    expect(source.reads).toHaveLength(2);
  });

  it.each(['the whole fi', 'the whole FILE', ''])(
    'downloads a file again whose kept copy is damaged (%j), and mends the copy',
    async (content) => {
      kept.set('model.onnx', bytesOf(content));
      expect(await readVerified(source, file, { keep: true })).toEqual(whole);
      expect(source.reads).toEqual(['model.onnx']);
      expect(kept.get('model.onnx')).toEqual(whole);
    },
  );

  it('says how far a file has come, at once the whole where a copy was kept', async () => {
    const loaded: number[] = [];
    const onBytes = (bytes: number): void => void loaded.push(bytes);
    await readVerified(source, file, { keep: true, onBytes });
    expect(loaded.at(-1)).toBe(whole.length);
    loaded.length = 0;
    await readVerified(source, file, { keep: true, onBytes });
    expect(loaded).toEqual([whole.length]);
  });

  it('works where nothing can be kept', async () => {
    const bare = new MemorySource();
    file = await bare.add('model.onnx', whole);
    expect(await readVerified(bare, file, { keep: true })).toEqual(whole);
  });
});
