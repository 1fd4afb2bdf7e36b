import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Passage } from '../../src/engine/index-file/passage-file.js';
import { passageText } from '../../src/engine/passage-text.js';
import { PACKAGE_ROOT } from '../../src/indexer/package-root.js';
import type { TrainingQuery } from './queries.js';

/**
 * `training/written/NAME.jsonl`: {"key": a passage's, "text": what somebody wrote who had read it}. Where candidates were
 * judged after that, "grades" in place of "key": {a passage's key: 1 to 3}.
 */
const FOLDER = join(PACKAGE_ROOT, 'training', 'written');

const RIGHT = 2;

/** A passage by its words: wherever it stands, and gone when it is edited. */
export function keyOf(passage: Passage): string {
  return createHash('sha256').update(passageText(passage, ' › ')).digest('hex').slice(0, 12);
}

/** Queries that were written for a collection's passages; those of passages that it no longer has are left out. */
export async function writtenQueries(name: string, passages: readonly Passage[]): Promise<TrainingQuery[]> {
  const file = join(FOLDER, `${name}.jsonl`);
  if (!existsSync(file)) return [];
  const byKey = new Map(passages.map((passage) => [keyOf(passage), passage.id]));
  return (await readFile(file, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { text: string; key: string; grades?: Record<string, number> })
    .map(({ text, key, grades = { [key]: RIGHT } }): TrainingQuery => {
      const known = Object.entries(grades).filter(([passage]) => byKey.has(passage));
      return {
        text,
        kind: 'written',
        relevant: new Map(known.map(([of, grade]) => [byKey.get(of)!, grade])),
      };
    })
    .filter(({ relevant }) => relevant.size > 0);
}
