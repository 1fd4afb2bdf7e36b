import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
 * Embeds a corpus's passages and its queries as the indexer does, natively; the folder that has them is kept for later
 * runs, since that takes minutes.
 */
export async function embeddings(
  { name, sections, queries }: Corpus,
  most: number,
  progress: (message: string) => void,
): Promise<string> {
  const key = JSON.stringify([DEFAULT_EMBEDDER, name, sections.length, most, queries]);
  return cachedFolder('embeddings', key, async (folder) => {
    const { embedder, entry, dispose } = await prepareEmbedder(DEFAULT_EMBEDDER);
    const pages = sections.map(({ id, title, trail, text }) => ({
      url: id,
      title,
      sections: [
        { anchor: '', trail: [...trail], blocks: text.split('\n').map((block) => ({ text: block })) },
      ],
    }));
    const { count } = embedder.tokenizer;
    const passages = passagesOf(pages.slice(0, most), {
      maxTokens: PASSAGE_TOKENS - embedder.tokenizer.overhead.single,
      count,
      language: 'en',
    }).slice(0, most);
    let tenth = 0;
    const vectors = await embedPassages(passages, { embedder, entry }, (done, total) => {
      if (Math.floor((10 * done) / total) === tenth) return;
      tenth = Math.floor((10 * done) / total);
      progress(`Embedding ${total} passages of ${name} (kept for later runs): ${tenth * 10} %`);
    });
    const asked: Float32Array[] = [];
    for (const query of queries) asked.push(await embedder.embedQuery(query));
    await dispose();
    await writeFile(join(folder, PASSAGES), joined(vectors));
    await writeFile(join(folder, QUERIES), joined(asked));
  });
}

function joined(vectors: readonly Float32Array[]): Uint8Array {
  return Buffer.concat(
    vectors.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength)),
  );
}
