import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { messageOf, SearchError } from '../engine/errors.js';
import type { Labels, Query } from './collection.js';

const HEADER = 'query-id\tcorpus-id\tscore';

/** The files of labelled queries in a folder, named as in the BEIR layout. */
export interface LabelFiles {
  queries: string;
  qrels: string;
}

export function labelFiles(folder: string): LabelFiles {
  return { queries: join(folder, 'queries.jsonl'), qrels: join(folder, 'qrels', 'test.tsv') };
}

/** `queries.jsonl`, as `readQueries` reads it. */
export function formatQueries(queries: readonly Query[]): string {
  return queries.map(({ id, text }) => `${JSON.stringify({ _id: id, text })}\n`).join('');
}

/**
 * `qrels.tsv`, as `readQrels` reads it.
 * @throws SearchError `bad-option` for an id that would not read back
 */
export function formatQrels(labels: Labels): string {
  const lines = [...labels].flatMap(([query, grades]) =>
    [...grades].map(([document, grade]) => `${cell(query)}\t${cell(document)}\t${grade}`),
  );
  return [HEADER, ...lines, ''].join('\n');
}

/** Writes both files. Each is whole at any time, whatever ends the process: the old one, or the new one. */
export async function writeLabels(
  { queries, qrels }: LabelFiles,
  contents: { queries: readonly Query[]; labels: Labels },
): Promise<void> {
  const texts = [formatQueries(contents.queries), formatQrels(contents.labels)] as const;
  await replaceFile(queries, texts[0]);
  await replaceFile(qrels, texts[1]);
}

async function replaceFile(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(beside, text);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw new SearchError('bad-option', `${path} could not be written: ${messageOf(error)}.`, {
      cause: error,
    });
  }
}

/** An id as it stands between tabs. */
function cell(id: string): string {
  if (id === '' || id !== id.trim() || /[\t\r\n]/.test(id))
    throw new SearchError(
      'bad-option',
      `${JSON.stringify(id)} cannot be written to qrels: expected an id without tabs, line breaks, or spaces around it.`,
    );
  return id;
}
