import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileEntry, type Manifest } from '../../src/engine/index-file/manifest.js';
import { MANIFEST } from '../../src/engine/index-file/manifest-name.js';
import type { Row } from '../bench.js';
import { shardFile } from '../../src/engine/index-file/shards.js';
import { wholeFiles } from '../../src/engine/vector/vector-entry.js';
import { sizeOfFiles } from './compressed.js';
import { rowOf } from './row.js';

/** second-look's parts one by one; what a page loads once it is used. */
export async function partRows(folder: string): Promise<Row[]> {
  const manifest = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')) as Manifest;
  const { keywords, vectors, passages, embedder, reranker, runtime } = manifest;
  const parts: Record<string, (FileEntry | undefined)[]> = {
    keywords: keywords.map(([, bytes, hash]) => shardFile('keywords', bytes, hash)),
    passages: passages.map(([, bytes, hash]) => shardFile('passages', bytes, hash)),
    vectors: vectors ? wholeFiles(vectors) : [],
    [`embedder ${embedder?.name ?? ''}`]: [embedder?.weights, embedder?.tokenizer, embedder?.tokenizerConfig],
    [`reranker ${reranker?.name ?? ''}`]: [reranker?.weights, reranker?.tokenizer, reranker?.tokenizerConfig],
    [`ONNX Runtime ${runtime?.version ?? ''}`]: [runtime?.module, runtime?.binary],
  };
  const rows: Row[] = [];
  for (const [system, files] of Object.entries(parts)) {
    const paths = files.flatMap((file) => (file ? [join(folder, file.path)] : []));
    rows.push(rowOf({ system, ours: true }, { '': await sizeOfFiles(paths) }));
  }
  return rows;
}
