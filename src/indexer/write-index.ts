import { BROWSER_FILES } from '../engine/index-file/browser-files.js';
import { INDEX_FORMAT, type Manifest } from '../engine/index-file/manifest.js';
import { MANIFEST, manifestOf } from '../engine/index-file/manifest-name.js';
import {
  type IndexedPassage,
  type Page,
  type Passage,
  writePassageFile,
} from '../engine/index-file/passage-file.js';
import { buildKeywords, fieldsOf } from '../engine/keyword/build-keywords.js';
import type { Analyser } from '../engine/keyword/analyse.js';
import { analyserFor } from '../engine/keyword/analyser-for.js';
import type { Synonym } from '../engine/keyword/synonyms.js';
import type { VectorMode } from '../engine/vector/vector-entry.js';
import { addShard } from './add-shard.js';
import { copyBrowserFiles, copyRuntime } from './copy-browser-files.js';
import { cutPassageFiles } from './cut-passage-files.js';
import type { IndexFolder } from './index-folder.js';
import { VERSION } from './package-root.js';
import { copyModel, type PreparedEmbedder, type PreparedReranker } from './prepare-models.js';
import { writePageData } from './write-page-data.js';
import { type HnswOptions, writeVectors } from './write-vectors.js';

/** All that an index is made of. */
export interface IndexContents {
  language: string;
  /** Every language that the folder gets an index of, the main one first. */
  languages: readonly string[];
  siteUrl: string;
  pages: number;
  passages: readonly IndexedPassage[];
  /** One for each passage; absent without an embedder. */
  vectors: readonly Float32Array[] | undefined;
  /** How they are to be searched. */
  vectorMode: VectorMode;
  hnsw: HnswOptions;
  embedder: PreparedEmbedder | undefined;
  /** What the embedder makes of unrelated texts; see `unrelatedCosine`. */
  unrelated: number;
  reranker: PreparedReranker | undefined;
  /** The site's own; none where it defines none. */
  synonyms: readonly Synonym[];
  /** Whether to add the script, beside the main language's index. */
  script: boolean;
}

/**
 * About this much text goes into one passage file. Ten results are of as many pages, so that smaller files cost a search
 * less; but they pack worse, and the manifest has a line for each.
 */
const PASSAGE_FILE = 8 * 1024;
/** Where there would be more files, each holds more. */
const MOST_PASSAGE_FILES = 2000;

/** Writes every file of a language's index, the manifest last, and returns what the manifest says. */
export async function writeIndex(index: IndexFolder, contents: IndexContents): Promise<Manifest> {
  const { passages, vectors } = contents;
  const manifest: Manifest = {
    format: INDEX_FORMAT,
    generator: `second-look ${VERSION}`,
    language: contents.language,
    languages: [...contents.languages],
    site: contents.siteUrl,
    counts: {
      pages: contents.pages,
      sections: new Set(passages.map(({ section }) => section)).size,
      passages: passages.length,
    },
    pages: passagesPerPage(passages),
    keywords: await writeKeywords(index, passages, await analyserFor(contents.language)),
    ...(vectors && { vectors: await writeVectors(index, vectors, contents.vectorMode, contents.hnsw) }),
    ...(contents.synonyms.length > 0 && {
      synonyms: await index.add('synonyms.json', new TextEncoder().encode(JSON.stringify(contents.synonyms))),
    }),
    passages: await writePassages(index, passages),
    ...(await writePageData(index, passages)),
    ...(await writeModels(index, contents)),
  };
  await writeManifest(index, manifest, contents.script);
  return manifest;
}

/** Writes the models and what runs them. */
export async function writeModels(
  index: IndexFolder,
  {
    embedder,
    reranker,
    unrelated = 0,
  }: Pick<IndexContents, 'embedder' | 'reranker'> & Partial<IndexContents>,
): Promise<Pick<Manifest, 'embedder' | 'reranker' | 'runtime'>> {
  const models = {
    ...(embedder && {
      embedder: {
        ...(await copyModel(index, 'embedder', embedder)),
        ...embedder.entry,
        unrelated,
      },
    }),
    ...(reranker && {
      reranker: { ...(await copyModel(index, 'reranker', reranker)), ...reranker.entry },
    }),
  };
  const takesRuntime = [models.embedder, models.reranker].some((model) => model?.format === 'onnx');
  return { ...models, ...(takesRuntime && { runtime: await copyRuntime(index) }) };
}

/** Writes a manifest, last of all its files, and before the main language's the script where it is wanted, and its list. */
export async function writeManifest(index: IndexFolder, manifest: Manifest, script: boolean): Promise<void> {
  const { language, languages = [language] } = manifest;
  const isMain = language === languages[0];
  if (isMain) {
    const copied = script ? await copyBrowserFiles(index) : [];
    await index.addAs(BROWSER_FILES, new TextEncoder().encode(JSON.stringify(copied)));
  }
  const name = isMain ? MANIFEST : manifestOf(language);
  await index.addAs(name, new TextEncoder().encode(JSON.stringify(manifest)));
}

function passagesPerPage(passages: readonly Passage[]): number[] {
  const counts = new Map<Page, number>();
  for (const { page } of passages) counts.set(page, (counts.get(page) ?? 0) + 1);
  return [...counts.values()];
}

async function writeKeywords(
  index: IndexFolder,
  passages: readonly IndexedPassage[],
  analyser: Analyser,
): Promise<Manifest['keywords']> {
  const shards: Manifest['keywords'] = [];
  for (const { first, bytes } of buildKeywords(passages.map(fieldsOf), analyser))
    shards.push([first, ...(await addShard(index, 'keywords', bytes))]);
  return shards;
}

async function writePassages(
  index: IndexFolder,
  passages: readonly Passage[],
): Promise<Manifest['passages']> {
  const shards: Manifest['passages'] = [];
  const all = passages.reduce((sum, { text }) => sum + text.length, 0);
  for (const shard of cutPassageFiles(passages, Math.max(PASSAGE_FILE, all / MOST_PASSAGE_FILES)))
    shards.push([shard.length, ...(await addShard(index, 'passages', writePassageFile(shard)))]);
  return shards;
}
