import { lowerBound } from '../lower-bound.js';
import { damagedFile } from './bytes.js';
import type { Manifest } from './manifest.js';
import { type Passage, readPassageFile } from './passage-file.js';
import { inflate } from './inflate.js';
import { shardFile } from './shards.js';
import { type IndexSource, readVerified } from './source.js';

/** Passage texts by id; shards are read when first asked for, each once. */
export class PassageStore {
  readonly #shards = new Map<number, Promise<Passage[]>>();
  readonly #atHand = new Set<number>();
  /** Id of each shard's first passage, and behind the last. */
  readonly #firsts: readonly number[];
  /** Id of each page's first passage, and behind the last. */
  readonly pageStarts: readonly number[];

  constructor(
    readonly source: IndexSource,
    readonly manifest: Pick<Manifest, 'passages' | 'pages'>,
  ) {
    this.#firsts = startsOf(manifest.passages.map(([count]) => count));
    this.pageStarts = startsOf(manifest.pages);
  }

  /** The number of the page that a passage is of. */
  pageOf(id: number): number {
    return lastUpTo(this.pageStarts, id);
  }

  /** Whether the shards of all of these are read. */
  has(ids: readonly number[]): boolean {
    return ids.every((id) => this.#atHand.has(lastUpTo(this.#firsts, id)));
  }

  /**
   * The passages with these ids. Those whose shard cannot be read are left out, and `failures` says why.
   */
  async get(ids: readonly number[]): Promise<{ passages: Map<number, Passage>; failures: Error[] }> {
    const wanted = [...new Set(ids.map((id) => lastUpTo(this.#firsts, id)))];
    const read = await Promise.allSettled(wanted.map((shard) => this.#load(shard)));
    const passages = new Map<number, Passage>();
    const failures: Error[] = [];
    for (const result of read) {
      if (result.status === 'rejected') failures.push(result.reason as Error);
      else for (const passage of result.value) passages.set(passage.id, passage);
    }
    return { passages, failures };
  }

  #load(at: number): Promise<Passage[]> {
    let shard = this.#shards.get(at);
    if (!shard) {
      shard = this.#read(at);
      this.#shards.set(at, shard);
      // A failed read is tried again by the next query: the network may be back.
      shard.then(
        () => this.#atHand.add(at),
        () => this.#shards.delete(at),
      );
    }
    return shard;
  }

  async #read(at: number): Promise<Passage[]> {
    const shard = this.manifest.passages[at];
    if (!shard) throw damagedFile('manifest.json', 'it names no passage files');
    const [count, bytes, sha256] = shard;
    const file = shardFile('passages', bytes, sha256);
    const passages = readPassageFile(
      await inflate(await readVerified(this.source, file), file.path),
      this.#firsts[at]!,
      file.path,
    );
    if (passages.length !== count)
      throw damagedFile(file.path, `it has ${passages.length} passages where ${count} belong`);
    return passages;
  }
}

function startsOf(counts: readonly number[]): number[] {
  const starts = [0];
  for (const count of counts) starts.push(starts.at(-1)! + count);
  return starts;
}

/** The last place whose value is not above `value`, of rising ones that begin with 0. */
function lastUpTo(rising: readonly number[], value: number): number {
  return lowerBound(rising.length, (at) => rising[at]! <= value) - 1;
}
