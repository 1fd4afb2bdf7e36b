import type { Entry, KeywordShard } from './keyword-shard.js';

/** A term of the dictionary that may stand for a word of the query. */
export interface Match {
  shard: Pick<KeywordShard, 'postings'>;
  entry: Entry;
  /** How much of a full match it is worth, 0 to 1. */
  share: number;
}
