import { writeFile } from 'node:fs/promises';
import type { CAC } from 'cac';
import { messageOf, SearchError } from '../engine/errors.js';
import { MOST_CANDIDATES } from '../engine/rerank/reading.js';
import { evaluate } from '../evaluate/evaluate.js';
import { openForEvaluation } from '../evaluate/open-for-evaluation.js';
import { type StageName, STAGES } from '../evaluate/rank-stages.js';
import { report } from '../evaluate/report/report.js';
import { RunFile } from '../evaluate/run-file.js';
import { withTemporaryFolder } from '../evaluate/temporary-folder.js';
import { DEFAULT_EMBEDDER, DEFAULT_RERANKER } from '../indexer/find-model.js';
import { describeEvaluation } from './describe-evaluation.js';
import { loadConfig } from './config/load-config.js';
import { needsModels, openCollection } from './eval-collection.js';
import { type EvalFlags, evalOptions } from './eval-flags.js';
import { numeric, whole } from './flags.js';
import { createProgress } from './progress.js';

/** `second-look eval INDEX` and `second-look eval --beir FOLDER` */
export function registerEvalCommand(cli: CAC): void {
  cli
    .command('eval [index]', 'Measure how well each stage answers labelled queries')
    .option('--queries <file>', 'Queries: a line {"_id", "text"} each')
    .option('--qrels <file>', 'Right answers: lines query-id, corpus-id, score with tabs between')
    .option('--beir <folder>', 'Index and evaluate a collection in the BEIR layout instead of INDEX')
    .option('--split <name>', 'Labels of the collection: qrels/NAME.tsv (default: test)')
    .option('--config <file>', 'Options (default: second-look.config.{ts,js,mjs,json}, if there is one)')
    .option('--stages <names>', `Some of ${STAGES.join(',')} (default: all that the index can run)`)
    .option(
      '--candidates <n>',
      `How many passages the cross-encoder reads, 1 to 200 (default: ${MOST_CANDIDATES})`,
    )
    .option('--group <by>', '"page": a result counts as the page before its #, and so do labels')
    .option('--language <tag>', "Which language's index (default: the main one; with --beir: English)")
    .option('--limit <n>', 'Only the first n queries')
    .option('--rerank-weight <share>', "The cross-encoder's share in the final score, 0 to 1")
    .option('--embedder <model>', `With --beir: hub id, folder, or none (default: ${DEFAULT_EMBEDDER})`)
    .option('--reranker <model>', `With --beir: hub id, folder, or none (default: ${DEFAULT_RERANKER})`)
    .option('--passage-tokens <n>', 'With --beir: longest passage in tokens, 48 to 512 (default: 128)')
    .option('--keep-index <folder>', 'With --beir: keep the index here instead of a temporary folder')
    .option('--html <file>', 'Write a report with plots')
    .option('--run <file>', "Write the rankings in TREC's run format, tagged with their stage")
    .option('--json', 'Print the figures as JSON')
    .example(
      'second-look eval ./dist/second-look --queries queries.jsonl --qrels qrels/test.tsv --group page',
    )
    .example('second-look eval --beir ./scifact --stages keyword --json')
    .action(runEval);
}

async function runEval(named: string | undefined, asked: EvalFlags): Promise<void> {
  const { index, flags } = evalOptions(named, asked, await loadConfig(asked.config));
  const stages = stagesOf(flags.stages);
  const limit = whole('--limit', flags.limit, 1, 1e9);
  const candidates = whole('--candidates', flags.candidates, 1, 200);
  const group = groupOf(flags.group);
  const weight = weightOf(flags.rerankWeight);
  const progress = createProgress(process.stderr);
  const run = new RunFile(stages);
  try {
    const evaluation = await withTemporaryFolder(async (temporary) => {
      const collection = await openCollection(index, flags, { stages, temporary, progress });
      const searchIndex = await openForEvaluation(collection.index, {
        models: needsModels(stages),
        language: flags.language,
      });
      if (weight !== undefined && searchIndex.manifest.reranker)
        searchIndex.manifest.reranker.weight = weight;
      return evaluate(searchIndex, collection.queries, collection.labels, {
        collection: collection.name,
        ...{ stages, candidates, group, limit },
        onProgress: (done, total) => progress.show('Answering queries', done, total),
        onRankings: (query, rankings) => run.add(query, rankings),
      });
    });
    progress.stop();
    // The figures took minutes: they are out before a file can fail.
    process.stdout.write(flags.json ? `${JSON.stringify(evaluation)}\n` : describeEvaluation(evaluation));
    await writing('--run', flags.run, (path) => run.write(path));
    await writing('--html', flags.html, (path) => writeFile(path, report(evaluation)));
  } finally {
    progress.stop();
  }
}

/** Stages by name; cac makes an array of a flag that comes twice. */
function stagesOf(names: EvalFlags['stages']): StageName[] | undefined {
  if (names === undefined) return undefined;
  const asked = new Set(
    String(names)
      .split(',')
      .map((name) => name.trim()),
  );
  for (const name of asked)
    if (!STAGES.some((known) => known === name))
      throw new SearchError('bad-option', `--stages has "${name}"; expected some of ${STAGES.join(',')}.`);
  return STAGES.filter((stage) => asked.has(stage));
}

function groupOf(by: string | undefined): 'page' | undefined {
  if (by !== undefined && by !== 'page')
    throw new SearchError('bad-option', `--group is "${by}"; expected page.`);
  return by;
}

function weightOf(share: unknown): number | undefined {
  const weight = numeric('--rerank-weight', share);
  if (weight !== undefined && !(weight >= 0 && weight <= 1))
    throw new SearchError('bad-option', `--rerank-weight is ${weight}; expected a number from 0 to 1.`);
  return weight;
}

/** Writes the file that a flag names, if it names one. */
async function writing(
  flag: string,
  path: string | undefined,
  write: (path: string) => Promise<void>,
): Promise<void> {
  if (path === undefined) return;
  try {
    await write(path);
  } catch (error) {
    throw new SearchError('bad-option', `${flag} ${path} could not be written: ${messageOf(error)}.`, {
      cause: error,
    });
  }
}
