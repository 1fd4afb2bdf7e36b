import type { KeywordStore } from './keyword-store.js';

/**
 * The passages that have a term, in the order of the site.
 * @throws SearchError `missing-file`, `damaged-file`: none would be an answer too
 */
export async function passagesWith(
  keywords: Pick<KeywordStore, 'shardFor'>,
  term: string,
): Promise<Uint32Array> {
  const shard = await keywords.shardFor(term);
  const entry = shard.find(term);
  return entry ? shard.postings(entry).documents : new Uint32Array();
}
