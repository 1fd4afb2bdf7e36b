import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { messageOf, SearchError } from '../engine/errors.js';
import type { Synonym } from '../engine/keyword/synonyms.js';

const MOST_ENTRIES = 1000;
const MOST_WORDS = 20;
const LONGEST = 100;

const words = v.pipe(
  v.string('expected words as a string'),
  v.maxLength(LONGEST, `expected at most ${LONGEST} characters`),
  v.regex(/[\p{L}\p{N}]/u, 'expected at least one letter or digit'),
);
const list = (least: number): v.GenericSchema<string[]> =>
  v.pipe(
    v.array(words, 'expected a list of words'),
    v.minLength(least, `expected at least ${least}`),
    v.maxLength(MOST_WORDS, `expected at most ${MOST_WORDS}`),
  );
const oneWay = v.strictObject({ from: words, to: list(1) }, 'expected a list of words, or { "from", "to" }');
const group = list(2);

/**
 * Reads a site's synonyms: a JSON list of groups, whose words stand for each other (`["k8s", "kubernetes"]`), and of
 * `{ "from": "ci", "to": ["continuous integration"] }`, which holds one way.
 * @throws SearchError `bad-option` that names the file and the entry
 */
export async function readSynonymsFile(file: string): Promise<Synonym[]> {
  const entries = await readList(file);
  if (entries.length > MOST_ENTRIES)
    throw refused(file, `it has ${entries.length} entries; expected at most ${MOST_ENTRIES}`);
  return entries.flatMap((entry, at): Synonym[] => {
    const read = v.safeParse(Array.isArray(entry) ? group : oneWay, entry);
    if (!read.success) {
      const [issue] = read.issues;
      const place = v.getDotPath(issue);
      throw refused(
        file,
        `entry ${at + 1}, ${JSON.stringify(entry)}${place ? `, at ${place}` : ''}: ${issue.message}`,
      );
    }
    const { output } = read;
    return Array.isArray(output)
      ? output.map((from): Synonym => [from, output.filter((other) => other !== from)])
      : [[output.from, output.to]];
  });
}

async function readList(file: string): Promise<unknown[]> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw refused(file, messageOf(error));
  }
  if (!Array.isArray(json)) throw refused(file, 'expected a list');
  return json as unknown[];
}

function refused(file: string, why: string): SearchError {
  return new SearchError(
    'bad-option',
    `The synonyms ${file} cannot be used: ${why}. Such a file is a JSON list such as ` +
      '[["k8s", "kubernetes"], { "from": "ci", "to": ["continuous integration"] }].',
  );
}
