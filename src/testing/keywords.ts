import { buildKeywords } from '../engine/keyword/build-keywords.js';
import type { KeywordDocument } from '../engine/keyword/fields.js';
import type { Bm25fOptions } from '../engine/keyword/impact.js';
import type { Analyser } from '../engine/keyword/analyse.js';
import { english } from '../engine/keyword/english.js';
import { KeywordStore } from '../engine/keyword/keyword-store.js';
import { MemorySource } from './memory-source.js';

/** A keyword index in memory. */
export async function keywordsOf(
  documents: readonly KeywordDocument[],
  {
    bm25f,
    oneFile,
    analyser = english,
  }: { bm25f?: Bm25fOptions; oneFile?: number; analyser?: Analyser } = {},
): Promise<{ store: KeywordStore; source: MemorySource }> {
  const source = new MemorySource();
  const shards = buildKeywords(documents, analyser, bm25f, oneFile);
  const keywords = await Promise.all(
    shards.map(async ({ first, bytes }): Promise<[string, number, string]> => [
      first,
      ...(await source.addShard('keywords', bytes)),
    ]),
  );
  const counts = { pages: documents.length, sections: documents.length, passages: documents.length };
  return { store: new KeywordStore(source, { keywords, counts }), source };
}
