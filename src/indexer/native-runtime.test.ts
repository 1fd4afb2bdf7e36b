import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openEncoder } from '../engine/encoder/open-encoder.js';
import { createEmbedder, type Embedder } from '../engine/model/embedder.js';
import type { Session } from '../engine/model/session.js';
import { openTokenizer } from '../engine/model/tokenizer.js';
import { DEFAULT_EMBEDDER, findModel } from './find-model.js';
import { nativeSession } from './native-runtime.js';
import { modelWeights } from './model-weights.js';

const TEXTS = [
  'npm-unpublish: Description. This removes a package version from the registry.',
  'Remove a package version from the registry',
  'Folder structures used by npm',
];

const dot = (left: Float32Array, right: Float32Array): number =>
  left.reduce((sum, value, at) => sum + value * right[at]!, 0);

it('embeds natively what WebAssembly embeds in the browser, and related texts closer than others', async () => {
  const model = await findModel(DEFAULT_EMBEDDER, 'embedder');
  const json = (file: string): unknown =>
    JSON.parse(readFileSync(join(model.folder, file), 'utf8')) as unknown;
  const tokenizer = openTokenizer(json('tokenizer.json'), json('tokenizer_config.json'), model.name);
  const embedder = (session: Session): Embedder =>
    createEmbedder(session, tokenizer, {
      pooling: 'mean',
      maxTokens: 512,
      dimensions: 384,
      queryPrefix: '',
      passagePrefix: '',
    });
  const native = await nativeSession(model);
  const encoder = await modelWeights(model, 'mean').encoder();
  if (!('file' in encoder)) throw new Error(encoder.reason);
  const inBrowser = await openEncoder(encoder.file, model.name);

  const nativeVectors = await embedder(native).embedPassages(TEXTS);
  const browserVectors = await Promise.all(TEXTS.map((text) => embedder(inBrowser).embedQuery(text)));
  nativeVectors.forEach((vector, at) => expect(dot(vector, browserVectors[at]!)).toBeGreaterThan(0.98));
  const [passage, query, other] = browserVectors;
  expect(dot(passage!, query!)).toBeGreaterThan(dot(other!, query!) + 0.2);
  await native.dispose();
});
