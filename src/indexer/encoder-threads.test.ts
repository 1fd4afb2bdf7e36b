import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeEncoderFile } from '../engine/encoder/encoder-file.js';
import type { EncoderShape } from '../engine/encoder/encoder-shape.js';
import { openEncoder } from '../engine/encoder/open-encoder.js';
import type { Session } from '../engine/model/session.js';
import { randomInput, randomWeights } from '../testing/plain-encoder.js';
import { embedPassages } from './embed-passages.js';
import { encoderThreads } from './encoder-threads.js';
import type { PreparedEmbedder } from './prepare-models.js';

const SHAPE: EncoderShape = {
  ...{ vocabulary: 50, positions: 40, types: 2, width: 32, inner: 64, heads: 2, layers: 2 },
  ...{ epsilon: 1e-12, pooling: 'mean', labels: 0 },
};
const FILE = writeEncoderFile(randomWeights(SHAPE, 1));

/** A thread that is out of luck, and says that it is there when it is asked. */
const UNLUCKY = `
import { BroadcastChannel, parentPort } from 'node:worker_threads';
const channel = new BroadcastChannel('unlucky');
channel.onmessage = ({ data }) => data === 'who' && channel.postMessage('here');
parentPort.on('message', () => parentPort.postMessage({ error: 'out of luck' }));
`;

describe('encoderThreads', () => {
  let folder: string;
  let script: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'second-look-threads-'));
    script = join(folder, 'encoder-thread.mjs');
    // As the package has it: a thread loads no TypeScript.
    await build({
      ...{ configFile: false, logLevel: 'error', publicDir: false, ssr: { noExternal: true } },
      build: {
        ...{ outDir: folder, emptyOutDir: false, ssr: true, target: 'node20', minify: false },
        rolldownOptions: {
          input: join(import.meta.dirname, 'encoder-thread.ts'),
          output: { entryFileNames: 'encoder-thread.mjs' },
        },
      },
    });
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  const open = (file = FILE, lanes = 3): Promise<Session> => encoderThreads(file, 'test', { lanes, script });

  it('makes the vectors that one thread makes, in the order of what it is given', async () => {
    const one = await openEncoder(FILE, 'test');
    const session = await open();
    expect(session.lanes).toBe(3);
    // More than there are threads, and the longest first, so that later ones are done before it.
    const inputs = [40, 1, 17, 3, 30, 2, 9, 1].map((tokens, seed) => randomInput(SHAPE, tokens, seed));
    const [some, all] = await Promise.all([session.run(inputs.slice(2, 4)), session.run(inputs)]);
    const alone = await one.run(inputs);
    expect(all).toEqual(alone);
    expect(some.data).toEqual(alone.data.slice(2 * SHAPE.width, 4 * SHAPE.width));
    await session.dispose();
  });

  it('counts passages as they are embedded, and gives each its own vector', async () => {
    const session = await open();
    const inputs = [7, 12, 1, 30, 4].map((tokens, seed) => randomInput(SHAPE, tokens, seed));
    const length = (text: string): number => inputs[Number(text)]!.ids.length;
    const embedder = {
      tokenizer: { count: length },
      embedPassages: async (texts: readonly string[]) => {
        const { data } = await session.run(texts.map((text) => inputs[Number(text)]!));
        return texts.map((_, at) => data.slice(at * SHAPE.width, (at + 1) * SHAPE.width));
      },
    } as unknown as PreparedEmbedder['embedder'];
    const counts: [number, number][] = [];
    const vectors = await embedPassages(
      inputs.map((_, at) => ({ text: String(at), page: { title: '' }, section: { trail: [] } }) as never),
      { embedder, entry: { headingJoint: '' } as never, batch: 2 },
      (done, total) => counts.push([done, total]),
    );
    expect(counts).toEqual([
      [2, 5],
      [4, 5],
      [5, 5],
    ]);
    const alone = await (await openEncoder(FILE, 'test')).run(inputs);
    expect(vectors.flatMap((vector) => [...vector])).toEqual([...alone.data]);
    await session.dispose();
  });

  it('fails as a whole where a thread does, says why, and leaves none behind', async () => {
    const inputs = [5, 6, 7, 8].map((tokens, seed) => randomInput(SHAPE, tokens, seed));
    const damaged = await open(FILE.slice(0, -10));
    for (const run of [damaged.run(inputs), damaged.run(inputs.slice(0, 1))])
      await expect(run).rejects.toMatchObject({
        code: 'model-failed',
        message: expect.stringMatching(/^test failed: .*it has \d+ bytes where its sizes make \d+/) as string,
      });

    const crashing = join(folder, 'crashing.mjs');
    await writeFile(crashing, 'throw new Error("no start");');
    await expect(
      (await encoderThreads(FILE, 'test', { lanes: 2, script: crashing })).run(inputs),
    ).rejects.toThrow('test failed: no start.');

    const unlucky = join(folder, 'unlucky.mjs');
    await writeFile(unlucky, UNLUCKY);
    const session = await encoderThreads(FILE, 'test', { lanes: 3, script: unlucky });
    const channel = new BroadcastChannel('unlucky');
    let there = 0;
    channel.onmessage = ({ data }) => (there += data === 'here' ? 1 : 0);
    const count = async (): Promise<number> => {
      there = 0;
      channel.postMessage('who');
      await new Promise((resolve) => setTimeout(resolve, 200));
      return there;
    };
    await expect.poll(count, { timeout: 20_000 }).toBe(3);
    await expect(session.run(inputs)).rejects.toThrow('test failed: out of luck.');
    await expect.poll(count, { timeout: 20_000 }).toBe(0);
    await expect(session.run(inputs)).rejects.toThrow('test failed: out of luck.');
    channel.close();
  }, 60_000);

  it('is one thread where there is one core', async () => {
    expect((await encoderThreads(FILE, 'test', { lanes: 1, script })).lanes).toBe(1);
  });
});
