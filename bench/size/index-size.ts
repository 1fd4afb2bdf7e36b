import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { glob } from 'tinyglobby';
import { type Manifest } from '../../src/engine/index-file/manifest.js';
import { MANIFEST } from '../../src/engine/index-file/manifest-name.js';
import { shardFile } from '../../src/engine/index-file/shards.js';
import { openIndex } from '../../src/engine/open-index.js';
import { search } from '../../src/engine/search.js';
import { wholeFiles } from '../../src/engine/vector/vector-entry.js';
import { percentile } from '../../src/evaluate/measures.js';
import { folderSource } from '../../src/indexer/folder-source.js';
import type { Row } from '../bench.js';
import { openPagefind } from '../peers/pagefind.js';
import type { Peer, Section } from '../peers/peer.js';
import { type Size, sizeOf, sizeOfFiles, total } from './compressed.js';
import { rowOf } from './row.js';

/** How many results a box shows first. */
const SHOWN = 5;

/** What second-look's index takes: by words alone, and with vectors and models. */
export async function secondLookIndex(folder: string, queries: readonly string[]): Promise<Row[]> {
  const manifest = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')) as Manifest;
  const { vectors, embedder, reranker } = manifest;
  const files = (...entries: ({ path: string } | undefined)[]): Promise<Size> =>
    sizeOfFiles(entries.flatMap((entry) => (entry ? [join(folder, entry.path)] : [])));
  const words = await files(
    { path: MANIFEST },
    ...manifest.keywords.map(([, bytes, hash]) => shardFile('keywords', bytes, hash)),
  );
  const passages = await files(
    ...manifest.passages.map(([, bytes, hash]) => shardFile('passages', bytes, hash)),
  );
  const models = [embedder, reranker].flatMap((model) =>
    model ? [model.weights, model.tokenizer, model.tokenizerConfig] : [],
  );
  const first = await medianSize(queries, (query) => filesRead(folder, query));
  const rest = total([await files(...(vectors ? wholeFiles(vectors) : [])), await files(...models)]);
  return [
    rowOf(
      { system: 'second-look: by words', ours: true, note: 'keywords, and the passage files of the results' },
      { first, all: total([words, passages]) },
    ),
    rowOf(
      { system: 'second-look: all stages', ours: true, note: 'with vectors, embedder and reranker' },
      { first, all: total([words, passages, rest]) },
    ),
  ];
}

/** Files that a search by words reads of an index until it has its first rows. */
async function filesRead(folder: string, query: string): Promise<string[]> {
  const source = folderSource(folder);
  const read = new Set<string>();
  const index = await openIndex({
    source: {
      ...source,
      read: async (path, ...rest) => {
        read.add(join(folder, path));
        return source.read(path, ...rest);
      },
    },
    models: { unavailable: 'Only words are searched for.' },
  });
  const rows = search(index, { text: query, limit: SHOWN, rerank: { candidates: 0 } }, (url) => url);
  await rows.next();
  await rows.return();
  return [...read];
}

/** What Pagefind's index takes: its files are compressed already. */
export async function pagefindIndex(
  browser: Browser,
  folder: string,
  queries: readonly string[],
): Promise<Row> {
  const index = join(folder, 'pagefind');
  const all = await glob(['pagefind-entry.json', '*.pf_meta', 'index/*', 'fragment/*'], {
    cwd: index,
    absolute: true,
  });
  const first = await medianSize(queries, async (query) => {
    const pagefind = await openPagefind(browser, folder);
    await pagefind.search([query], SHOWN);
    const sent = pagefind.server.answers.map(({ path }) => path);
    await pagefind.close();
    return all.filter((file) => sent.some((path) => file.endsWith(path.replace(/^.*\/pagefind\//, '/'))));
  });
  return rowOf(
    {
      system: 'Pagefind',
      ours: false,
      note: "the index' parts that hold the query's words, and the results' pages",
    },
    { first, all: await sizeOfFiles(all) },
  );
}

/** A library's index is one file that is loaded whole. */
export async function libraryIndex(peer: Peer, sections: readonly Section[]): Promise<Row> {
  const size = await sizeOf(await (await peer.build(sections)).serialise());
  const note = `${peer.note}. One file with titles, without text for excerpts`;
  return rowOf({ system: peer.name, ours: false, note }, { first: size, all: size });
}

/** The median over queries of what one needs, each on a first visit. */
async function medianSize(
  queries: readonly string[],
  filesOf: (query: string) => Promise<string[]>,
): Promise<Size> {
  const sizes: Size[] = [];
  for (const query of queries) sizes.push(await sizeOfFiles(await filesOf(query)));
  const median = (key: keyof Size): number =>
    percentile(
      sizes.map((size) => size[key]),
      0.5,
    );
  return { raw: median('raw'), gzip: median('gzip'), brotli: median('brotli') };
}
