import { readFile } from 'node:fs/promises';
import { messageOf, SearchError } from '../engine/errors.js';

/**
 * Reads a JSON file that somebody named.
 * @throws SearchError `bad-option` that names the file, and says whether it could not be read or is not JSON
 */
export async function readJson(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new SearchError('bad-option', `${file} could not be read: ${messageOf(error)}.`, { cause: error });
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new SearchError('bad-option', `${file} is not JSON: ${messageOf(error)}.`, { cause: error });
  }
}
