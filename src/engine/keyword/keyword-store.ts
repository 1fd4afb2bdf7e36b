import { messageOf } from '../errors.js';
import { lowerBound } from '../lower-bound.js';
import { damagedFile } from '../index-file/bytes.js';
import { inflate } from '../index-file/inflate.js';
import type { Manifest } from '../index-file/manifest.js';
import { type IndexSource, readVerified } from '../index-file/source.js';
import { shardFile } from '../index-file/shards.js';
import { KeywordShard } from './keyword-shard.js';

/** A store of several files counts as open with the first of them, or after this long, in ms. */
const OPEN_AFTER = 2000;
/** An unfinished word that may become words of many files is completed from the first of them. */
const MOST_FOR_PREFIX = 3;

/** The files that a search may need. */
export interface Keywords {
  /** How many passages the index has. */
  readonly documents: number;
  shardsFor(terms: readonly string[], prefixes?: readonly string[]): Promise<KeywordShard[]>;
}

/** The keyword index: a file per range of terms, each read when a search first needs it, once. */
export class KeywordStore implements Keywords {
  readonly documents: number;
  /** Why a search had to do without some of its words; kept until the next search clears it. */
  failure: string | undefined;
  readonly #shards: Manifest['keywords'];
  readonly #opened = new Map<number, Promise<KeywordShard>>();
  #first: (() => void) | undefined;
  #open: Promise<void> | undefined;

  constructor(
    readonly source: IndexSource,
    { keywords, counts }: Pick<Manifest, 'keywords' | 'counts'>,
  ) {
    this.documents = counts.passages;
    this.#shards = keywords;
  }

  /** Whether all terms lie in one file. */
  get whole(): boolean {
    return this.#shards.length === 1;
  }

  /** Reads a store of one file; waits for a search to read the first of several. Never rejects. */
  open(): Promise<void> {
    this.#open ??= this.whole
      ? this.#shard(0).then(
          () => undefined,
          (error: unknown) => {
            this.failure = messageOf(error);
            this.#open = undefined;
          },
        )
      : new Promise((resolve) => {
          this.#first = resolve;
          setTimeout(resolve, OPEN_AFTER);
        });
    return this.#open;
  }

  /**
   * The shards where these terms would stand; those that cannot be read are left out, and `failure` says why.
   * @param prefixes beginnings of terms, all of which are wanted, as far as `MOST_FOR_PREFIX` files have them
   */
  async shardsFor(terms: readonly string[], prefixes: readonly string[] = []): Promise<KeywordShard[]> {
    const wanted = new Set(terms.map((term) => this.#shardOf(term)));
    for (const prefix of prefixes) for (const at of this.#shardsOfPrefix(prefix)) wanted.add(at);
    const read = await Promise.allSettled(
      [...wanted].sort((left, right) => left - right).map((at) => this.#shard(at)),
    );
    const failed = read.find((result) => result.status === 'rejected');
    if (failed) this.failure = messageOf(failed.reason);
    this.#first?.();
    return read.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  }

  /**
   * The shard where a term would stand.
   * @throws SearchError `missing-file`, `damaged-file`
   */
  async shardFor(term: string): Promise<KeywordShard> {
    return this.#shard(this.#shardOf(term));
  }

  #shardsOfPrefix(prefix: string): number[] {
    const start = this.#shardOf(prefix);
    const end = this.#shardOf(`${prefix}\uffff`);
    return Array.from({ length: Math.min(end - start + 1, MOST_FOR_PREFIX) }, (_, at) => start + at);
  }

  /** The last shard whose first term is not after `term`. */
  #shardOf(term: string): number {
    return Math.max(0, lowerBound(this.#shards.length, (at) => this.#shards[at]![0] <= term) - 1);
  }

  #shard(at: number): Promise<KeywordShard> {
    let shard = this.#opened.get(at);
    if (!shard) {
      const [, bytes, sha256] = this.#shards[at]!;
      shard = this.#read(shardFile('keywords', bytes, sha256));
      this.#opened.set(at, shard);
      // A failed read is tried again by the next query: the network may be back.
      shard.catch(() => this.#opened.delete(at));
    }
    return shard;
  }

  async #read(file: ReturnType<typeof shardFile>): Promise<KeywordShard> {
    const shard = new KeywordShard(
      await inflate(await readVerified(this.source, file), file.path),
      file.path,
    );
    if (shard.documents !== this.documents)
      throw damagedFile(
        file.path,
        `it is of an index of ${shard.documents} passages where the manifest says ${this.documents}`,
      );
    return shard;
  }
}
