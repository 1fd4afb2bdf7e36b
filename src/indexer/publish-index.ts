import { IndexFolder } from './index-folder.js';

/**
 * Publishes an index folder once all of it is written; a former index stays as it was until then.
 * @returns what `write` gives, and the folder's bytes on disk
 */
export async function publishIndex<Written>(
  out: string,
  write: (index: IndexFolder) => Promise<Written>,
): Promise<{ written: Written; bytes: number }> {
  const index = await IndexFolder.begin(out);
  try {
    const written = await write(index);
    await index.publish();
    return { written, bytes: index.bytes };
  } catch (error) {
    await index.abandon();
    throw error;
  }
}
