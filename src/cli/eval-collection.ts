import { basename, dirname, join, resolve } from 'node:path';
import { SearchError } from '../engine/errors.js';
import { findBeirFiles, readCorpus, readQrels, readQueries } from '../evaluate/beir.js';
import type { Labels, Query } from '../evaluate/collection.js';
import { indexCorpus } from '../evaluate/index-corpus.js';
import type { StageName } from '../evaluate/rank-stages.js';
import { numeric } from './flags.js';
import type { Progress } from './progress.js';

/** The flags that say what is evaluated. */
export interface CollectionFlags {
  beir?: string;
  split?: string;
  queries?: string;
  qrels?: string;
  embedder?: string;
  reranker?: string;
  passageTokens?: unknown;
  language?: string;
  keepIndex?: string;
}

interface OpenOptions {
  stages: readonly StageName[] | undefined;
  /** Where an index may go that is not kept. */
  temporary: string;
  progress: Progress;
}

/** What is to be evaluated: an index folder, and queries with their right answers. */
export interface OpenedCollection {
  name: string;
  index: string;
  queries: Query[];
  labels: Labels;
}

/** Finds or makes the index that is to be evaluated, and reads its labelled queries. */
export async function openCollection(
  index: string | undefined,
  flags: CollectionFlags,
  { stages, temporary, progress }: OpenOptions,
): Promise<OpenedCollection> {
  const beir = flags.beir;
  if ((index === undefined) === (beir === undefined))
    throw new SearchError(
      'bad-option',
      'Name either an index folder with --queries and --qrels, or a collection with --beir; or a config file that has ' +
        '"site" and "labels".',
    );
  if (beir === undefined) return openLabelled(resolve(index!), flags);

  const files = await findBeirFiles(beir, String(flags.split), {
    queries: flags.queries,
    qrels: flags.qrels,
  });
  const queries = await readQueries(files.queries);
  const labels = await readQrels(files.qrels);
  const out = flags.keepIndex ?? join(temporary, 'index');
  await indexCorpus(await readCorpus(files.corpus), out, {
    // Vectors take nearly all of the time: they are made only for a stage that has them.
    embedder: needsModels(stages) ? flags.embedder : 'none',
    reranker: !stages || stages.includes('reranked') ? flags.reranker : 'none',
    passageTokens: numeric('--passage-tokens', flags.passageTokens),
    language: flags.language,
    onProgress: (step, done, total) => {
      if (step === 'embed') progress.show('Embedding passages', done, total);
    },
    onDownload: ({ file, loaded, total }) => progress.show(`Downloading ${file}`, loaded, total),
  });
  return { name: files.name, index: out, queries, labels };
}

/** Flags that say how a collection is indexed; an index has been made already. */
const FOR_INDEXING = {
  embedder: '--embedder',
  reranker: '--reranker',
  passageTokens: '--passage-tokens',
  keepIndex: '--keep-index',
} as const;

async function openLabelled(index: string, flags: CollectionFlags): Promise<OpenedCollection> {
  for (const [name, flag] of Object.entries(FOR_INDEXING) as [keyof typeof FOR_INDEXING, string][])
    if (flags[name] !== undefined)
      throw new SearchError(
        'bad-option',
        `${flag} belongs to --beir; ${index} is an index already. Index the site with "second-look index" and ${flag}.`,
      );
  if (flags.queries === undefined || flags.qrels === undefined)
    throw new SearchError(
      'bad-option',
      'An index is evaluated with labelled queries: name their files with --queries and --qrels. ' +
        '"second-look label INDEX" helps to write them.',
    );
  return {
    name: basename(basename(index) === 'second-look' ? dirname(index) : index),
    index,
    queries: await readQueries(flags.queries),
    labels: await readQrels(flags.qrels),
  };
}

/** Whether any of the stages needs a model; without stages, all are meant. */
export function needsModels(stages: readonly StageName[] | undefined): boolean {
  return !stages || stages.some((stage) => stage !== 'keyword');
}
