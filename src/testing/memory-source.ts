import type { FileEntry } from '../engine/index-file/manifest.js';
import { type IndexSource, missingFile, type OnBytes, sha256 } from '../engine/index-file/source.js';

/** An index folder in memory, which counts what is read of it. */
export class MemorySource implements IndexSource {
  readonly where = 'memory:/';
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  /** Paths in the order they were read. */
  readonly reads: string[] = [];

  url(path: string): string {
    return this.where + path;
  }

  async read(path: string, onBytes?: OnBytes): Promise<Uint8Array<ArrayBuffer>> {
    this.reads.push(path);
    const bytes = this.files.get(path);
    if (!bytes) throw missingFile(path, 'it is not in memory');
    onBytes?.(bytes.length);
    return bytes;
  }

  /** Adds a file, and describes it as a manifest does. */
  async add(path: string, content: Uint8Array<ArrayBuffer> | string): Promise<FileEntry> {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    this.files.set(path, bytes);
    return { path, bytes: bytes.length, sha256: (await sha256(bytes)) ?? '' };
  }
}
