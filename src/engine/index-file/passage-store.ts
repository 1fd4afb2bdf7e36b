import { damagedFile } from './bytes.js';
import type { Manifest } from './manifest.js';
import { type Passage, readPassageFile } from './passage-file.js';
import { type IndexSource, readVerified } from './source.js';

/** Passage texts by id; shards are read when first asked for, each once. */
export class PassageStore {
  readonly #shards = new Map<number, Promise<Passage[]>>();

  constructor(
    readonly source: IndexSource,
    readonly manifest: Manifest,
  ) {}

  /**
   * The passages with these ids. Those whose shard cannot be read are left out, and `failures` says why.
   */
  async get(ids: readonly number[]): Promise<{ passages: Map<number, Passage>; failures: Error[] }> {
    const wanted = [...new Set(ids.map((id) => this.#shardOf(id)))];
    const read = await Promise.allSettled(wanted.map((shard) => this.#load(shard)));
    const passages = new Map<number, Passage>();
    const failures: Error[] = [];
    for (const result of read) {
      if (result.status === 'rejected') failures.push(result.reason as Error);
      else for (const passage of result.value) passages.set(passage.id, passage);
    }
    return { passages, failures };
  }

  #shardOf(id: number): number {
    const { shards } = this.manifest;
    let low = 0;
    let high = shards.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((shards[middle]?.first ?? Infinity) <= id) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #load(at: number): Promise<Passage[]> {
    let shard = this.#shards.get(at);
    if (!shard) {
      shard = this.#read(at);
      this.#shards.set(at, shard);
      // A failed read is tried again by the next query: the network may be back.
      shard.catch(() => this.#shards.delete(at));
    }
    return shard;
  }

  async #read(at: number): Promise<Passage[]> {
    const file = this.manifest.shards[at];
    if (!file) throw damagedFile('manifest.json', 'it names no passage files');
    const passages = readPassageFile(await readVerified(this.source, file), file.first, file.path);
    const next = this.manifest.shards[at + 1]?.first ?? this.manifest.counts.passages;
    if (passages.length !== next - file.first)
      throw damagedFile(file.path, `it has ${passages.length} passages where ${next - file.first} belong`);
    return passages;
  }
}
