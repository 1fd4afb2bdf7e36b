import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SearchError } from '../engine/errors.js';
import { type FileEntry } from '../engine/index-file/manifest.js';
import { MANIFEST } from '../engine/index-file/manifest-name.js';
import { entryOf } from '../engine/index-file/source.js';

/**
 * An index folder being written: into a folder beside it, which takes its place when all is there. Whatever goes wrong
 * before that, the old index stays as it was.
 */
export class IndexFolder {
  readonly #folder: string;
  readonly #draft: string;
  readonly #added = new Set<string>();
  #bytes = 0;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#draft = join(dirname(folder), `.${basename(folder)}.draft-${process.pid}`);
  }

  /** @throws SearchError `bad-option` when the folder has other things than an index in it */
  static async begin(folder: string): Promise<IndexFolder> {
    await refuseForeignFolder(folder);
    await removeDrafts(folder);
    const index = new IndexFolder(folder);
    await mkdir(index.#draft, { recursive: true });
    return index;
  }

  /** Bytes written so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Writes a file whose name carries its hash, so that caches never mix versions: `vectors.bin` → `vectors.1a2b3c4d.bin`.
   * The same file again, as a model that several languages share, is there already.
   */
  async add(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<FileEntry> {
    const entry = await entryOf(name, bytes);
    const path = name.replace(/(\.[^./]+)$/, `.${entry.sha256.slice(0, 8)}$1`);
    if (!this.#added.has(path)) await this.addAs(path, bytes);
    this.#added.add(path);
    return { ...entry, path };
  }

  /** Writes a file under the name given. */
  async addAs(path: string, bytes: Uint8Array): Promise<void> {
    const file = join(this.#draft, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
    this.#bytes += bytes.length;
  }

  /** Puts the finished index in the place of the old one. */
  async publish(): Promise<void> {
    const old = `${this.#draft}-old`;
    const replaces = existsSync(this.#folder);
    if (replaces) await rename(this.#folder, old);
    try {
      await rename(this.#draft, this.#folder);
    } catch (error) {
      if (replaces) await rename(old, this.#folder);
      throw error;
    }
    await rm(old, { recursive: true, force: true });
  }

  /** Throws the draft away. */
  async abandon(): Promise<void> {
    await rm(this.#draft, { recursive: true, force: true });
  }
}

/**
 * Checks that a folder may be replaced: it is not there, empty, or an index.
 * @throws SearchError `bad-option`
 */
export async function refuseForeignFolder(folder: string): Promise<void> {
  const contents = existsSync(folder) ? await readdir(folder) : [];
  if (contents.length > 0 && !(await isIndex(folder)))
    throw new SearchError(
      'bad-option',
      `${folder} has files in it and is not a search index, so it will not be replaced. Name another folder with --out.`,
    );
}

/**
 * Removes what runs that were killed have left beside the folder. One that was killed as it published, between the two
 * renames, has left the former index alone there: that is put back.
 */
async function removeDrafts(folder: string): Promise<void> {
  const parent = dirname(folder);
  const names = existsSync(parent) ? await readdir(parent) : [];
  const drafts = names.filter((name) => name.startsWith(`.${basename(folder)}.draft-`));
  const former = drafts.find((name) => name.endsWith('-old'));
  if (former !== undefined && !existsSync(folder)) await rename(join(parent, former), folder);
  await Promise.all(drafts.map((name) => rm(join(parent, name), { recursive: true, force: true })));
}

/** Whether a folder holds an index of ours, of whatever format. Other things have a manifest.json too. */
async function isIndex(folder: string): Promise<boolean> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')) as { generator?: unknown };
    return typeof manifest.generator === 'string' && manifest.generator.startsWith('second-look ');
  } catch {
    return false;
  }
}
