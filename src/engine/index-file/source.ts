import { SearchError } from '../errors.js';
import { damagedFile } from './bytes.js';
import type { FileEntry } from './manifest.js';

/** How far a file has come. */
export type OnBytes = (loaded: number) => void;

/** Where an index lies: a web folder in the browser, a folder on disk in Node. */
export interface IndexSource {
  /** The folder, for error messages. */
  readonly where: string;
  /**
   * Reads a whole file by its path inside the folder.
   * @throws SearchError `missing-file`
   */
  read(path: string, onBytes?: OnBytes): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Reads bytes of a file from `start` up to before `end`, and no others: where the host would send the whole, it fails.
   * Absent where a source has whole files only.
   * @throws SearchError `missing-file`
   */
  readRange?(path: string, start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
  /** The absolute URL of a file, for those that load themselves. */
  url(path: string): string;
  /** Set where a file that the manifest names is gone, or is another: the site may have another index by now. */
  lost?: boolean;
  /** Keeps large files between visits. A courtesy: it may refuse or forget, and never throws. */
  readonly kept?: {
    read(path: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
    write(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  };
}

/**
 * Reads a file and checks its length and, where the page is a secure context, its SHA-256, as far as the entry has it. With `keep`, the file is
 * kept for the next visit once it has proved whole, and a kept one is checked like any other.
 */
export async function readVerified(
  source: IndexSource,
  file: FileEntry,
  { keep = false, onBytes }: { keep?: boolean; onBytes?: OnBytes } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const kept = keep ? await source.kept?.read(file.path) : undefined;
  if (kept && (await fault(kept, file)) === undefined) {
    onBytes?.(kept.length);
    return kept;
  }
  try {
    const bytes = await source.read(file.path, onBytes);
    const wrong = await fault(bytes, file);
    if (wrong !== undefined) throw damagedFile(file.path, wrong);
    if (keep) await source.kept?.write(file.path, bytes);
    return bytes;
  } catch (error) {
    noteLoss(source, error);
    throw error;
  }
}

/** Notes that a file is gone, or is another. Where only the network fails, that says nothing of the site. */
export function noteLoss(source: IndexSource, error: unknown): void {
  const { code, cause } = error as SearchError;
  // Hosts say 404 or 410, some of them 403.
  if (code === 'damaged-file' || String(cause).startsWith('HTTP 4')) source.lost = true;
}

/** What is wrong with a file's bytes, if anything. */
export async function fault(bytes: Uint8Array<ArrayBuffer>, file: FileEntry): Promise<string | undefined> {
  if (bytes.length !== file.bytes)
    return `it has ${bytes.length} bytes where the manifest says ${file.bytes}`;
  const found = await sha256(bytes);
  if (found !== undefined && !found.startsWith(file.sha256))
    return 'its content is not what the manifest says (SHA-256 differs)';
  return undefined;
}

/** SHA-256 in lower-case hexadecimal; undefined where the platform withholds it (a page served over plain HTTP). */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  // The DOM types promise `subtle` always; insecure contexts have none.
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (!subtle) return undefined;
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What a manifest says of a file. */
export async function entryOf(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<FileEntry> {
  return { path, bytes: bytes.length, sha256: (await sha256(bytes)) ?? '' };
}

/** The error for a file that is not there; its cause is the reason. */
export function missingFile(
  where: string,
  reason: string,
  advice = 'Upload the whole index folder; if it is whole, build it again.',
): SearchError {
  return new SearchError('missing-file', `${where} could not be read (${reason}). ${advice}`, {
    cause: reason,
  });
}
