import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '../../src/engine/errors.js';
import { PACKAGE_ROOT } from '../../src/indexer/package-root.js';
import { findCollection, NAMES } from './collections.js';
import { indexCollection, prepareCollection } from './prepare-collection.js';
import { samplePassages } from './sample-passages.js';
import { scoreLists } from './score-lists.js';

const USAGE = `node training/prepare/run.mjs collection NAME [--queries N] [--depth N] [--documents N] [--no-vectors] [--work DIR]
node training/prepare/run.mjs index NAME [--documents N] [--no-vectors] [--work DIR]
node training/prepare/run.mjs sample NAME [--passages N] [--work DIR]      an indexed collection
node training/prepare/run.mjs score MODEL_FOLDER NAME [--limit N] [--work DIR]

NAME is one of ${NAMES.join(', ')}.`;

/** The preparation's two commands: lists of candidates for training, and a finished model's scores of such lists. */
export async function run(argv: string[]): Promise<void> {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        queries: { type: 'string', default: '10000' },
        depth: { type: 'string', default: '32' },
        documents: { type: 'string', default: '100000' },
        'no-vectors': { type: 'boolean', default: false },
        passages: { type: 'string', default: '200' },
        limit: { type: 'string', default: '100000' },
        work: { type: 'string', default: join(PACKAGE_ROOT, 'training', 'work') },
      },
    });
    const [command, ...names] = positionals;
    const work = resolve(values.work);
    const find = (): ReturnType<typeof findCollection> =>
      findCollection(names[0]!, work, {
        most: count('documents', values.documents),
        vectors: !values['no-vectors'],
      });
    if (command === 'index' && names.length === 1) await indexCollection(await find(), { work, say });
    else if (command === 'sample' && names.length === 1) {
      const found = await samplePassages(names[0]!, { work, most: count('passages', values.passages) });
      say(`${names[0]!}: ${found} passages to write queries for`);
    } else if (command === 'collection' && names.length === 1) {
      await prepareCollection(await find(), {
        work,
        queries: count('queries', values.queries),
        depth: count('depth', values.depth),
        say,
      });
    } else if (command === 'score' && names.length === 2)
      await scoreLists(names[0]!, { work, name: names[1]!, limit: count('limit', values.limit), say });
    else throw new Error(`Expected\n${USAGE}`);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exit(1);
  }
  // Models and workers would keep the process.
  process.exit();
}

function count(name: string, given: string): number {
  const value = Number(given);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`--${name} is ${JSON.stringify(given)}; expected a whole number from 1.`);
  return value;
}

function say(message: string): void {
  process.stdout.write(`${new Date().toISOString()} ${message}\n`);
}
