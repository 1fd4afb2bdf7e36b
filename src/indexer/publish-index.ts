import type { Manifest } from '../engine/index-file/manifest.js';
import { IndexFolder } from './index-folder.js';

/** An index that was published: what its manifest says, and its bytes on disk. */
export interface PublishedIndex {
  manifest: Manifest;
  bytes: number;
}

/** Publishes an index folder once all of it is written; a former index stays as it was until then. */
export async function publishIndex(
  out: string,
  write: (index: IndexFolder) => Promise<Manifest>,
): Promise<PublishedIndex> {
  const index = await IndexFolder.begin(out);
  try {
    const manifest = await write(index);
    await index.publish();
    return { manifest, bytes: index.bytes };
  } catch (error) {
    await index.abandon();
    throw error;
  }
}
