import { messageOf } from './errors.js';
import { missingFile } from './index-file/source.js';

/**
 * Loads code that not every visit needs. A browser gives a failed `import()` a TypeError of its own.
 * @param name its file, for the error
 * @throws SearchError `missing-file`, which a `Part` tries again, and which says what helps where the site has another
 *   version of the script by now
 */
export async function loadCode<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    throw missingFile(name, messageOf(error), 'The site may have changed: reload the page.');
  }
}
