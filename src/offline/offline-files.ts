import { folderUrl } from '../client/folder-url.js';
import { SearchError } from '../engine/errors.js';
import { BROWSER_FILES, parseBrowserFiles } from '../engine/index-file/browser-files.js';
import { type FileEntry, type Manifest, parseManifest } from '../engine/index-file/manifest.js';
import { MANIFEST } from '../engine/index-file/manifest-name.js';
import { manifestOf } from '../engine/index-file/manifest-of.js';
import { entryOf } from '../engine/index-file/source.js';
import { filesOf } from '../engine/index-file/files-of.js';
import { readIndexFile } from './read-index-file.js';

export interface OfflineOptions {
  /** Languages to have offline, as `search.info.languages` names them. Default: all of the index. */
  languages?: readonly string[] | undefined;
  /** Whether models come along: most of the bytes, and without them the search is by words. Default true. */
  models?: boolean | undefined;
}

/** A file that an offline copy has. */
export interface OfflineFile extends FileEntry {
  /** Its name is the same in every version of the site; other names change with what is in the file. */
  fixed: boolean;
  /** Asked of the site first: it leads to files that the copy does not have. */
  siteFirst?: true;
}

/** What an offline copy takes. */
export interface OfflineFiles {
  files: OfflineFile[];
  /** Of all files together, once unpacked: what they take on the visitor's device. */
  bytes: number;
}

/**
 * Lists what a search takes that works offline: index, models and the script. Downloads no more than the manifests.
 * @param index URL of the index folder. Default: `/second-look/`
 * @throws SearchError `missing-file`, `wrong-format`, `damaged-file`; `bad-option` for a language that the index does not
 * have, and where a search engine answers for the index
 */
export async function offlineFiles(
  index: string | URL = '/second-look/',
  options: OfflineOptions = {},
): Promise<OfflineFiles> {
  return listFiles(folderUrl(index), options);
}

/**
 * The same where languages may be gone from the site since they were asked for: they are left out, and where none is
 * left, the main one comes in their place, as pages then search it.
 */
export async function listFiles(
  folder: string,
  { languages, models = true }: OfflineOptions,
  { mayBeGone = false } = {},
): Promise<OfflineFiles> {
  const main = await readManifest(folder, MANIFEST);
  const { language, languages: all = [language] } = main.manifest;
  const unknown = languages?.find((tag) => !all.includes(tag));
  if (unknown !== undefined && !mayBeGone)
    throw new SearchError(
      'bad-option',
      `languages has "${unknown}"; the index at ${folder} has ${all.join(', ')}.`,
    );
  const known = languages?.filter((tag) => all.includes(tag)) ?? all;
  const wanted = known.length > 0 ? known : [language];
  const others = await Promise.all(
    wanted.filter((tag) => tag !== language).map((tag) => readManifest(folder, manifestOf(tag))),
  );
  const indexes = [...(wanted.includes(language) ? [main] : []), ...others];
  const code = parseBrowserFiles(await readIndexFile(folder + BROWSER_FILES), folder + BROWSER_FILES);
  const files = new Map<string, OfflineFile>();
  for (const { manifest } of indexes)
    for (const entry of filesOf(manifest, { models })) files.set(entry.path, { ...entry, fixed: false });
  for (const entry of [...code, ...others.map(({ entry }) => entry)])
    files.set(entry.path, { ...entry, fixed: true });
  // Pages open the main manifest first of all, whatever their language.
  const siteFirst = !wanted.includes(language) && ({ siteFirst: true } as const);
  files.set(MANIFEST, { ...main.entry, fixed: true, ...siteFirst });
  const list = [...files.values()];
  return { files: list, bytes: list.reduce((sum, { bytes }) => sum + bytes, 0) };
}

async function readManifest(folder: string, path: string): Promise<{ manifest: Manifest; entry: FileEntry }> {
  const bytes = await readIndexFile(folder + path);
  const manifest = parseManifest(bytes, folder + path);
  if (manifest.remote !== undefined)
    throw new SearchError(
      'bad-option',
      `The index at ${folder} is searched by a search engine on the network, which cannot be had offline.`,
    );
  return { manifest, entry: await entryOf(path, bytes) };
}
