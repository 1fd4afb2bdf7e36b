import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { messageOf, SearchError } from '../../engine/errors.js';
import { pagesOfLines } from './pages-of-lines.js';
import { EXPECTED_LINE, type PagePart, readLine } from './read-line.js';
import type { SourceOptions, SourcePage } from './source-page.js';

/** Whether a name is that of a file of JSON lines. */
export function isJsonLines(name: string): boolean {
  return /\.(jsonl|ndjson)(\.gz)?$/i.test(name);
}

/**
 * The pages of a file of JSON lines, a page or a section of one each, in the order of the file. It may be gzipped.
 * @throws SearchError `bad-option` that names the file and the line
 */
export async function* linePages(file: string, options: SourceOptions): AsyncGenerator<SourcePage> {
  const parts: PagePart[] = [];
  for await (const [line, number] of numberedLines(file))
    parts.push(readLine(line, { file, line: number }, options));
  if (parts.length === 0)
    throw new SearchError('bad-option', `${file} is empty; expected lines ${EXPECTED_LINE}.`);
  const pages = pagesOfLines(parts);
  options.onProgress?.(pages.length, pages.length);
  yield* pages;
}

/** Lines that are not empty, with their numbers from 1. */
async function* numberedLines(file: string): AsyncGenerator<[line: string, number: number]> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let number = 0;
  let rest = '';
  try {
    for await (const chunk of openFile(file)) {
      const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        number++;
        if (line.trim() !== '') yield [line, number];
      }
    }
    rest += decoder.decode();
  } catch (error) {
    throw new SearchError('bad-option', `${file} could not be read: ${messageOf(error)}.`, { cause: error });
  }
  if (rest.trim() !== '') yield [rest, number + 1];
}

function openFile(file: string): Readable {
  const bytes = createReadStream(file);
  // The reader hears of what goes wrong.
  return file.toLowerCase().endsWith('.gz') ? pipeline(bytes, createGunzip(), () => undefined) : bytes;
}
