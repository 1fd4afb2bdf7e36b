import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../engine/errors.js';
import { modelCache } from './download-model.js';
import { TOKENIZER, TOKENIZER_CONFIG } from './model-folder.js';
import type { PreparedEmbedder } from './prepare-models.js';
import { KEPT_FOR } from './weights-cache.js';

/** Where vectors are kept unless an option says otherwise. */
export const defaultVectorCache = (): string => join(modelCache(), '.vectors');

/** Vectors are written after so many: what a run that is killed may lose. */
const FLUSH_AFTER = 256;
const HASH_BYTES = 16;
const CHECK_BYTES = 4;

/**
 * Vectors of earlier runs by the hash of the text that was embedded, so that only new texts cost time; also what lets a
 * run go on where another was killed. A folder per embedder holds segments that are only ever appended to, one per run,
 * so that runs at the same time do not disturb each other:
 *
 *   records of: SHA-256 of the text, its first 16 bytes | float32 components | the first 4 bytes of the SHA-256 of both
 *
 * Where a record is damaged (its run was killed as it wrote), that segment's rest is passed over. A cache that cannot be
 * read or written costs time and nothing else: `failure` says why.
 */
export class VectorCache {
  failure: string | undefined;
  readonly #folder: string;
  readonly #dimensions: number;
  readonly #segment: string;
  readonly #vectors = new Map<string, Float32Array>();
  /** Segments that this run found, and the hashes that each holds. */
  readonly #segments = new Map<string, string[]>();
  readonly #used = new Set<string>();
  #unwritten: Uint8Array[] = [];

  private constructor(folder: string, dimensions: number) {
    this.#folder = folder;
    this.#dimensions = dimensions;
    this.#segment = join(folder, `${Date.now()}-${process.pid}.segment`);
    this.#attempt(() => {
      mkdirSync(folder, { recursive: true });
      for (const name of readdirSync(folder).filter((file) => file.endsWith('.segment')))
        this.#read(join(folder, name));
    });
  }

  /** Opens the cache of an embedder: of its files, its settings, and what runs it. */
  static async open(folder: string, { model, entry, runner }: PreparedEmbedder): Promise<VectorCache> {
    const identity = createHash('sha256').update(JSON.stringify({ ...entry, runner }));
    for (const file of [model.weights, TOKENIZER, TOKENIZER_CONFIG])
      identity.update(await readFile(join(model.folder, file)));
    return new VectorCache(join(folder, identity.digest('hex').slice(0, 16)), entry.dimensions);
  }

  /** How many of its vectors this run has used. */
  get used(): number {
    return this.#used.size;
  }

  get(text: string): Float32Array | undefined {
    const hash = hashOf(text).toString('hex');
    const vector = this.#vectors.get(hash);
    if (vector) this.#used.add(hash);
    return vector;
  }

  add(text: string, vector: Float32Array): void {
    this.#write(hashOf(text), vector);
    if (this.#unwritten.length >= FLUSH_AFTER) this.#flush();
  }

  /** Writes what is left, and drops old segments after saving what this run has used of them. */
  close(): void {
    const old = [...this.#segments.keys()].filter((segment) => this.#isOld(segment));
    for (const segment of old)
      for (const hash of this.#segments.get(segment)!)
        if (this.#used.has(hash)) this.#write(Buffer.from(hash, 'hex'), this.#vectors.get(hash)!);
    this.#flush();
    if (this.failure === undefined)
      this.#attempt(() => {
        for (const segment of old) rmSync(segment, { force: true });
      });
  }

  #isOld(segment: string): boolean {
    return Date.now() - (statSync(segment, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > KEPT_FOR;
  }

  #write(hash: Buffer, { buffer, byteOffset, byteLength }: Float32Array): void {
    const components = new Uint8Array(buffer, byteOffset, byteLength);
    this.#unwritten.push(hash, components.slice(), checkOf(hash, components));
  }

  #flush(): void {
    const records = Buffer.concat(this.#unwritten);
    this.#unwritten = [];
    if (records.length > 0) this.#attempt(() => appendFileSync(this.#segment, records));
  }

  #read(segment: string): void {
    const bytes = readFileSync(segment);
    const components = this.#dimensions * 4;
    const hashes: string[] = [];
    const length = HASH_BYTES + components + CHECK_BYTES;
    for (let at = 0; at + length <= bytes.length; at += length) {
      const hash = bytes.subarray(at, at + HASH_BYTES);
      // A copy: floats lie on multiples of four bytes only by chance.
      const vector = Uint8Array.from(bytes.subarray(at + HASH_BYTES, at + HASH_BYTES + components));
      if (!checkOf(hash, vector).equals(bytes.subarray(at + length - CHECK_BYTES, at + length))) break;
      this.#vectors.set(hash.toString('hex'), new Float32Array(vector.buffer));
      hashes.push(hash.toString('hex'));
    }
    this.#segments.set(segment, hashes);
  }

  #attempt(work: () => void): void {
    if (this.failure !== undefined) return;
    try {
      work();
    } catch (error) {
      this.failure = `The vector cache ${this.#folder} cannot be used (${messageOf(error)}).`;
    }
  }
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, HASH_BYTES);
}

function checkOf(hash: Uint8Array, components: Uint8Array): Buffer {
  return createHash('sha256').update(hash).update(components).digest().subarray(0, CHECK_BYTES);
}
