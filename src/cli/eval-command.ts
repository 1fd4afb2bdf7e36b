import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { CAC } from 'cac';
import { SearchError } from '../engine/errors.js';
import { CANDIDATES } from '../engine/search.js';
import { findBeirFiles, readCorpus, readQrels, readQueries } from '../evaluate/beir.js';
import type { Labels, Query } from '../evaluate/collection.js';
import { evaluate } from '../evaluate/evaluate.js';
import { indexCorpus } from '../evaluate/index-corpus.js';
import { openForEvaluation } from '../evaluate/open-for-evaluation.js';
import { type StageName, STAGES } from '../evaluate/rank-stages.js';
import { report } from '../evaluate/report/report.js';
import { RunFile } from '../evaluate/run-file.js';
import { DEFAULT_EMBEDDER, DEFAULT_RERANKER } from '../indexer/find-model.js';
import { describeEvaluation } from './describe-evaluation.js';
import { numeric, whole, written } from './flags.js';
import { createProgress, type Progress } from './progress.js';

interface EvalFlags {
  beir?: string | number;
  split: string | number;
  queries?: string | number;
  qrels?: string | number;
  stages?: string;
  candidates?: unknown;
  group?: string;
  limit?: unknown;
  embedder: string;
  reranker: string;
  rerankWeight?: unknown;
  passageTokens?: unknown;
  keepIndex?: string | number;
  html?: string | number;
  run?: string | number;
  json?: boolean;
}

/** `second-look eval INDEX` and `second-look eval --beir FOLDER` */
export function registerEvalCommand(cli: CAC): void {
  cli
    .command('eval [index]', 'Measure how well each stage answers labelled queries')
    .option('--queries <file>', 'Queries: a line {"_id", "text"} each')
    .option('--qrels <file>', 'Right answers: lines query-id, corpus-id, score with tabs between')
    .option('--beir <folder>', 'Index and evaluate a collection in the BEIR layout instead of INDEX')
    .option('--split <name>', 'Labels of the collection: qrels/NAME.tsv', { default: 'test' })
    .option('--stages <names>', `Some of ${STAGES.join(',')} (default: all that the index can run)`)
    .option(
      '--candidates <n>',
      `How many passages the cross-encoder reads, 1 to 200 (default: ${CANDIDATES})`,
    )
    .option('--group <by>', '"page": a result counts as the page before its #, and so do labels')
    .option('--limit <n>', 'Only the first n queries')
    .option('--rerank-weight <share>', "The cross-encoder's share in the final score, 0 to 1")
    .option('--embedder <model>', 'With --beir: hub id, folder, or none', { default: DEFAULT_EMBEDDER })
    .option('--reranker <model>', 'With --beir: hub id, folder, or none', { default: DEFAULT_RERANKER })
    .option('--passage-tokens <n>', 'With --beir: longest passage in tokens, 48 to 512 (default: 128)')
    .option('--keep-index <folder>', 'With --beir: keep the index here instead of a temporary folder')
    .option('--html <file>', 'Write a report with plots')
    .option('--run <file>', "Write the rankings in TREC's run format")
    .option('--json', 'Print the figures as JSON')
    .example(
      'second-look eval ./dist/second-look --queries queries.jsonl --qrels qrels/test.tsv --group page',
    )
    .example('second-look eval --beir ./scifact --stages keyword --json')
    .action(runEval);
}

async function runEval(index: string | number | undefined, flags: EvalFlags): Promise<void> {
  const asked = stagesOf(flags.stages);
  const limit = whole('--limit', flags.limit, 1, 1e9);
  const candidates = whole('--candidates', flags.candidates, 1, 200);
  const group = groupOf(flags.group);
  const weight = numeric('--rerank-weight', flags.rerankWeight);
  const progress = createProgress(process.stderr);
  const temporary = temporaryFolder();
  try {
    const collection = await openCollection(written(index), flags, asked, temporary, progress);
    const searchIndex = await openForEvaluation(collection.index, { models: needsModels(asked) });
    if (weight !== undefined && searchIndex.manifest.reranker) {
      if (!(weight >= 0 && weight <= 1))
        throw new SearchError('bad-option', `--rerank-weight is ${weight}; expected a number from 0 to 1.`);
      searchIndex.manifest.reranker.weight = weight;
    }
    const run = new RunFile();
    const evaluation = await evaluate(searchIndex, collection.queries, collection.labels, {
      collection: collection.name,
      stages: asked,
      candidates,
      group,
      limit,
      onProgress: (done, total) => progress.show('Answering queries', done, total),
      onRankings: (query, rankings) => run.add(query, rankings),
    });
    progress.stop();
    if (flags.run !== undefined) await run.write(String(flags.run));
    if (flags.html !== undefined) await writeFile(String(flags.html), report(evaluation));
    process.stdout.write(flags.json ? `${JSON.stringify(evaluation)}\n` : describeEvaluation(evaluation));
  } finally {
    progress.stop();
    await temporary.remove();
  }
}

/** What is to be evaluated: an index folder, and queries with their right answers. */
interface OpenedCollection {
  name: string;
  index: string;
  queries: Query[];
  labels: Labels;
}

async function openCollection(
  index: string | undefined,
  flags: EvalFlags,
  asked: readonly StageName[] | undefined,
  temporary: TemporaryFolder,
  progress: Progress,
): Promise<OpenedCollection> {
  const beir = written(flags.beir);
  if ((index === undefined) === (beir === undefined))
    throw new SearchError(
      'bad-option',
      'Name either an index folder with --queries and --qrels, or a collection with --beir.',
    );
  if (beir === undefined) return openLabelled(resolve(index!), flags);

  const files = await findBeirFiles(beir, String(flags.split));
  const queries = await readQueries(written(flags.queries) ?? files.queries);
  const labels = await readQrels(written(flags.qrels) ?? files.qrels);
  const out = written(flags.keepIndex) ?? join(await temporary.make(), 'index');
  await indexCorpus(await readCorpus(files.corpus), out, {
    // Vectors take nearly all of the time: they are made only for a stage that has them.
    embedder: needsModels(asked) ? flags.embedder : 'none',
    reranker: !asked || asked.includes('reranked') ? flags.reranker : 'none',
    passageTokens: numeric('--passage-tokens', flags.passageTokens),
    onProgress: (_, done, total) => progress.show('Embedding passages', done, total),
    onDownload: ({ file, loaded, total }) => progress.show(`Downloading ${file}`, loaded, total),
  });
  return { name: files.name, index: out, queries, labels };
}

async function openLabelled(index: string, flags: EvalFlags): Promise<OpenedCollection> {
  if (flags.queries === undefined || flags.qrels === undefined)
    throw new SearchError(
      'bad-option',
      'An index is evaluated with labelled queries: name their files with --queries and --qrels. ' +
        '"second-look label INDEX" helps to write them.',
    );
  return {
    name: basename(basename(index) === 'second-look' ? dirname(index) : index),
    index,
    queries: await readQueries(String(flags.queries)),
    labels: await readQrels(String(flags.qrels)),
  };
}

function needsModels(asked: readonly StageName[] | undefined): boolean {
  return !asked || asked.some((stage) => stage !== 'keyword');
}

function stagesOf(names: string | undefined): StageName[] | undefined {
  return names?.split(',').map((name) => {
    const stage = STAGES.find((known) => known === name.trim());
    if (!stage)
      throw new SearchError('bad-option', `--stages has "${name}"; expected some of ${STAGES.join(',')}.`);
    return stage;
  });
}

function groupOf(by: string | undefined): 'page' | undefined {
  if (by !== undefined && by !== 'page')
    throw new SearchError('bad-option', `--group is "${by}"; expected page.`);
  return by;
}

interface TemporaryFolder {
  make: () => Promise<string>;
  remove: () => Promise<void>;
}

/** A folder that is gone when the command ends, also by Ctrl-C. */
function temporaryFolder(): TemporaryFolder {
  let folder: string | undefined;
  const interrupted = (): void => {
    if (folder) rmSync(folder, { recursive: true, force: true });
    process.exit(130);
  };
  return {
    async make() {
      process.once('SIGINT', interrupted);
      process.once('SIGTERM', interrupted);
      return (folder = await mkdtemp(join(tmpdir(), 'second-look-')));
    },
    async remove() {
      process.off('SIGINT', interrupted);
      process.off('SIGTERM', interrupted);
      if (folder) await rm(folder, { recursive: true, force: true });
    },
  };
}
