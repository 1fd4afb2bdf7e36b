import * as v from 'valibot';
import { damagedFile } from './bytes.js';
import { type FileEntry, file } from './file-entry.js';
import { parseJson } from './manifest.js';

/** The list of the script's files in an index folder: what a copy that is to work offline has to have. */
export const BROWSER_FILES = 'browser-files.json';

/**
 * Reads the list; it is empty where the site serves the script itself.
 * @throws SearchError `damaged-file`
 */
export function parseBrowserFiles(bytes: Uint8Array, where: string): FileEntry[] {
  const read = v.safeParse(v.pipe(v.array(file), v.maxLength(10_000)), parseJson(bytes, where));
  if (read.success) return read.output;
  const issue = read.issues[0];
  throw damagedFile(where, `${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`);
}
