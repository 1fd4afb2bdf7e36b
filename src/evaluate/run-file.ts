import { writeFile } from 'node:fs/promises';
import type { Query } from './collection.js';
import { type QueryRankings, type StageName, STAGES } from './rank-stages.js';

/** How many documents a run keeps of each ranking. */
const DEPTH = 100;

/**
 * Rankings in TREC's run format, `query Q0 document rank score tag` a line with the stage as its tag: what trec_eval and
 * ir_measures read, the lines of one stage at a time. The score is the reciprocal of the rank, which keeps the order.
 */
export class RunFile {
  readonly #lines: string[] = [];

  /** @param stages those to keep */
  constructor(readonly stages: readonly StageName[] = STAGES) {}

  add(query: Query, { stages }: QueryRankings): void {
    for (const stage of this.stages)
      stages[stage]?.documents.slice(0, DEPTH).forEach((document, at) => {
        this.#lines.push(
          `${column(query.id)} Q0 ${column(document)} ${at + 1} ${(1 / (at + 1)).toFixed(6)} ${stage}`,
        );
      });
  }

  async write(path: string): Promise<void> {
    await writeFile(path, this.#lines.map((line) => `${line}\n`).join(''));
  }
}

/** An id as it stands between spaces. */
function column(id: string): string {
  return id.replace(/\s/g, encodeURIComponent);
}
