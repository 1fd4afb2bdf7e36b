import { writeFile } from 'node:fs/promises';
import type { Query } from './collection.js';
import type { QueryRankings, StageName } from './rank-stages.js';

/** How many documents a run keeps of each ranking. */
const DEPTH = 100;

/**
 * Rankings in TREC's run format, `query Q0 document rank score tag` a line with the stage as its tag: what trec_eval and
 * ir_measures read. The score is the reciprocal of the rank, which keeps the order.
 */
export class RunFile {
  readonly #lines: string[] = [];

  add(query: Query, { stages }: QueryRankings): void {
    for (const [stage, ranking] of Object.entries(stages) as [StageName, { documents: string[] }][])
      ranking.documents.slice(0, DEPTH).forEach((document, at) => {
        this.#lines.push(`${query.id} Q0 ${document} ${at + 1} ${(1 / (at + 1)).toFixed(6)} ${stage}`);
      });
  }

  async write(path: string): Promise<void> {
    await writeFile(path, this.#lines.map((line) => `${line}\n`).join(''));
  }
}
