import { readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { SearchError } from '../../engine/errors.js';
import { decodePage } from '../decode-page.js';
import { parsePage } from '../parse-page.js';
import { isMarkdown, type MarkdownUrls, parseMarkdown } from './parse-markdown.js';
import { type SourceOptions, type SourcePage, tooLarge } from './source-page.js';

export interface FolderOptions extends SourceOptions {
  /** Files to read, as globs relative to the folder. Default: its HTML, or its Markdown where it has no HTML. */
  include?: readonly string[] | undefined;
  /** Files to leave out, likewise. */
  exclude: readonly string[];
  /** How the site publishes Markdown. Default `html`. */
  markdownUrls?: MarkdownUrls | undefined;
}

const HTML = '**/*.{html,htm}';
const MARKDOWN = '**/*.{md,markdown}';

/**
 * The pages of a folder, HTML or Markdown by their names, in the order of those.
 * @throws SearchError `bad-option` when the folder is missing or has no such files
 */
export async function* folderPages(
  folder: string,
  { maxPageBytes, selectors, onProgress, markdownUrls = 'html', ...files }: FolderOptions,
): AsyncGenerator<SourcePage> {
  const names = await filesOf(folder, files);
  const seen = new Map<string, string>();
  for (const [at, file] of names.entries()) {
    const target = await realpath(join(folder, file)).catch(() => file);
    const twin = seen.get(target);
    seen.set(target, twin ?? file);
    const link = { page: { skipped: `a link to the same file as ${twin}` } };
    yield { file, url: urlOf(file), ...(twin === undefined ? await read(file) : link) };
    onProgress?.(at + 1, names.length);
  }

  async function read(file: string): Promise<Pick<SourcePage, 'page'> & Partial<SourcePage>> {
    try {
      const { size } = await stat(join(folder, file));
      if (size > maxPageBytes) return { page: tooLarge(size, maxPageBytes) };
      const text = decodePage(await readFile(join(folder, file)));
      if (text === undefined) return { page: { skipped: 'it is not text' } };
      return isMarkdown(file)
        ? parseMarkdown(text, file, { urls: markdownUrls, selectors })
        : { page: parsePage(text, selectors) };
    } catch (error) {
      if (error instanceof RangeError) return { page: { skipped: 'its tags are nested too deep' } };
      return { page: { skipped: `it could not be read: ${String(error)}` } };
    }
  }
}

async function filesOf(
  folder: string,
  { include, exclude }: Pick<FolderOptions, 'include' | 'exclude'>,
): Promise<string[]> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory())
    throw new SearchError(
      'bad-option',
      `${folder} is not a folder. Name the folder that your site is built into.`,
    );
  const patterns = include ? [include] : [[HTML], [MARKDOWN]];
  for (const pattern of patterns) {
    const files = await glob([...pattern], { cwd: folder, ignore: [...exclude], caseSensitiveMatch: false });
    if (files.length > 0) return files.sort();
  }
  throw new SearchError(
    'bad-option',
    `${folder} has no files like ${patterns.flat().join(', ')}. Build the site first, then name its output folder.`,
  );
}

/** File path to URL: each part encoded, a folder's index page as the folder. */
function urlOf(file: string): string {
  return file
    .split('/')
    .map(encodeURIComponent)
    .join('/')
    .replace(/(^|\/)index\.html?$/, '$1');
}
