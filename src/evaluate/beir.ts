import { access, readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import * as v from 'valibot';
import { messageOf, SearchError } from '../engine/errors.js';
import type { CorpusDocument, Labels, Query } from './collection.js';

const gunzipped = promisify(gunzip);

/** Where the files of a collection in the BEIR layout (Thakur et al. 2021) are. */
export interface BeirFiles {
  name: string;
  corpus: string;
  queries: string;
  qrels: string;
}

const id = v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.minLength(1));
const documentLine = v.object({
  _id: id,
  title: v.optional(v.nullable(v.string(), ''), ''),
  text: v.optional(v.nullable(v.string(), ''), ''),
});
const queryLine = v.object({ _id: id, text: v.string() });

/**
 * Finds the files of a BEIR folder: `corpus.jsonl`, `queries.jsonl` (each may be gzipped) and `qrels/<split>.tsv`.
 * @param given files to take instead of the folder's
 * @throws SearchError `bad-option` that names what is missing, and the splits that there are
 */
export async function findBeirFiles(
  folder: string,
  split: string,
  given: { queries?: string | undefined; qrels?: string | undefined } = {},
): Promise<BeirFiles> {
  const where = resolve(folder);
  const qrels = given.qrels ?? (await qrelsOf(where, split));
  return {
    name: basename(where),
    corpus: await plainOrGzipped(join(where, 'corpus.jsonl')),
    queries: given.queries ?? (await plainOrGzipped(join(where, 'queries.jsonl'))),
    qrels,
  };
}

async function qrelsOf(where: string, split: string): Promise<string> {
  const qrels = join(where, 'qrels', `${split}.tsv`);
  if (!(await exists(qrels))) {
    const files = await readdir(join(where, 'qrels')).catch(() => []);
    const splits = files.flatMap((file) => (file.endsWith('.tsv') ? [basename(file, '.tsv')] : []));
    throw new SearchError(
      'bad-option',
      `There is no ${qrels}. ` +
        (splits.length > 0
          ? `The collection has the split ${splits.join(', ')}: name one with --split.`
          : 'Expected a folder in the BEIR layout: corpus.jsonl, queries.jsonl and qrels/<split>.tsv.'),
    );
  }
  return qrels;
}

async function plainOrGzipped(path: string): Promise<string> {
  for (const candidate of [path, `${path}.gz`]) if (await exists(candidate)) return candidate;
  throw new SearchError('bad-option', `There is no ${path}, nor ${basename(path)}.gz beside it.`);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Reads `corpus.jsonl`: a line `{"_id", "title", "text"}` a document. */
export async function readCorpus(path: string): Promise<CorpusDocument[]> {
  const documents = await readJsonLines(path, documentLine, '{"_id": …, "title": …, "text": …}');
  return documents.map(({ _id, title, text }) => ({ id: _id, title, text }));
}

/** Reads `queries.jsonl`: a line `{"_id", "text"}` a query. */
export async function readQueries(path: string): Promise<Query[]> {
  const queries = await readJsonLines(path, queryLine, '{"_id": …, "text": …}');
  return queries.map(({ _id, text }) => ({ id: _id, text }));
}

/** Reads `qrels.tsv`: lines `query-id ⇥ corpus-id ⇥ score`, a header first. Scores of 0 and less are not kept. */
export async function readQrels(path: string): Promise<Labels> {
  const labels: Labels = new Map();
  for (const [at, [line, number]] of (await numberedLines(path)).entries()) {
    const [query, document, score, ...more] = line.split('\t').map((cell) => cell.trim());
    if (at === 0 && Number.isNaN(Number(score))) continue;
    const grade = Number(score);
    if (!query || !document || !score || more.length > 0 || !Number.isFinite(grade))
      throw new SearchError(
        'bad-option',
        `${path}, line ${number}: expected query-id, corpus-id and score with tabs between; found ${quoted(line)}.`,
      );
    if (grade <= 0) continue;
    let grades = labels.get(query);
    if (!grades) labels.set(query, (grades = new Map<string, number>()));
    grades.set(document, grade);
  }
  return labels;
}

async function readJsonLines<Line extends { _id: string }>(
  path: string,
  schema: v.GenericSchema<unknown, Line>,
  expected: string,
): Promise<Line[]> {
  const lines: Line[] = [];
  const ids = new Set<string>();
  for (const [line, number] of await numberedLines(path)) {
    const parsed = v.safeParse(schema, parsedOrUndefined(line));
    if (!parsed.success)
      throw new SearchError(
        'bad-option',
        `${path}, line ${number}: expected ${expected}; found ${quoted(line)}.`,
      );
    const { _id } = parsed.output;
    if (ids.has(_id))
      throw new SearchError('bad-option', `${path}, line ${number}: the _id ${quoted(_id)} occurs twice.`);
    ids.add(_id);
    lines.push(parsed.output);
  }
  if (lines.length === 0)
    throw new SearchError('bad-option', `${path} is empty; expected lines ${expected}.`);
  return lines;
}

function parsedOrUndefined(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

/** Lines that are not empty, with their numbers from 1. */
async function numberedLines(path: string): Promise<[line: string, number: number][]> {
  let text: string;
  try {
    const file = await readFile(path);
    text = new TextDecoder('utf-8', { fatal: true }).decode(
      path.endsWith('.gz') ? await gunzipped(file) : file,
    );
  } catch (error) {
    throw new SearchError('bad-option', `${path} could not be read: ${messageOf(error)}.`, {
      cause: error,
    });
  }
  return text
    .split(/\r?\n/)
    .map((line, at): [string, number] => [line, at + 1])
    .filter(([line]) => line.trim() !== '');
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
