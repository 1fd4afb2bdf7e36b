import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Embedder } from '../../src/engine/model/embedder.js';
import type { IndexedPassage } from '../../src/engine/index-file/passage-file.js';
import { embedPassages } from '../../src/indexer/embed-passages.js';
import { DEFAULT_EMBEDDER } from '../../src/indexer/find-model.js';
import { passagesOf } from '../../src/indexer/passages-of.js';
import { prepareEmbedder } from '../../src/indexer/prepare-models.js';
import { cachedFolder } from '../cache.js';
import type { Corpus } from './corpora.js';

const PASSAGE_TOKENS = 128;
export const PASSAGES = 'passages.f32';
export const QUERIES = 'queries.f32';

/**
 * Embeds a corpus's passages and its queries as the indexer does, natively, into a folder. The passages are kept for
 * later runs, since they take minutes.
 */
export async function embeddings(
  corpus: Corpus,
  most: number,
  folder: string,
  progress: (message: string) => void,
): Promise<void> {
  const { embedder, entry, batch, dispose } = await prepareEmbedder(DEFAULT_EMBEDDER);
  const key = JSON.stringify([DEFAULT_EMBEDDER, corpus.name, corpus.sections.length, most]);
  const kept = await cachedFolder('embeddings', key, async (made) => {
    const vectors = await embedPassages(
      passagesFor(corpus, most, embedder),
      { embedder, entry, batch },
      told,
    );
    await writeFile(join(made, PASSAGES), joined(vectors));
  });
  await cp(kept, folder, { recursive: true });
  const asked: Float32Array[] = [];
  for (const query of corpus.queries) asked.push(await embedder.embedQuery(query));
  await writeFile(join(folder, QUERIES), joined(asked));
  await dispose();

  function told(done: number, total: number): void {
    const every = Math.ceil(total / 10);
    if (Math.floor(done / every) > Math.floor((done - 1) / every))
      progress(`Embedding ${total} passages of ${corpus.name} (kept for later runs): ${done}`);
  }
}

function passagesFor({ sections }: Corpus, most: number, { tokenizer }: Embedder): IndexedPassage[] {
  const pages = sections.map(({ id, title, trail, text }) => ({
    url: id,
    title,
    sections: [{ anchor: '', trail: [...trail], blocks: text.split('\n').map((block) => ({ text: block })) }],
  }));
  const maxTokens = PASSAGE_TOKENS - tokenizer.overhead.single;
  return passagesOf(pages.slice(0, most), { maxTokens, count: tokenizer.count, language: 'en' }).slice(
    0,
    most,
  );
}

function joined(vectors: readonly Float32Array[]): Uint8Array {
  return Buffer.concat(
    vectors.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength)),
  );
}
