import { SearchError } from '../errors.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Writes the little-endian numbers, varints and strings that the index files are made of. */
export class ByteWriter {
  #bytes: Uint8Array;
  #view: DataView;
  #length = 0;

  /** @param expected how many bytes there may be; there may be more */
  constructor(expected = 1024) {
    this.#bytes = new Uint8Array(expected);
    this.#view = new DataView(this.#bytes.buffer);
  }

  get length(): number {
    return this.#length;
  }

  u8(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  u32(value: number): void {
    this.#reserve(4);
    this.#view.setUint32(this.#length, value, true);
    this.#length += 4;
  }

  f32(value: number): void {
    this.#reserve(4);
    this.#view.setFloat32(this.#length, value, true);
    this.#length += 4;
  }

  /** LEB128: seven bits a byte, low bits first. */
  varint(value: number): void {
    while (value > 127) {
      this.u8((value & 127) | 128);
      value = Math.floor(value / 128);
    }
    this.u8(value);
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** ASCII, without a length. */
  tag(text: string): void {
    this.raw(encoder.encode(text));
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

/** Reads what ByteWriter wrote. Every read is checked against the file's end; a short file is an error that names it. */
export class ByteReader {
  readonly #view: DataView;

  constructor(
    readonly bytes: Uint8Array,
    readonly file: string,
    public position = 0,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  f32(): number {
    return this.#view.getFloat32(this.#take(4), true);
  }

  varint(): number {
    let value = 0;
    let unit = 1;
    for (let read = 0; read < 7; read++) {
      const byte = this.u8();
      value += (byte & 127) * unit;
      if (byte < 128) return value;
      unit *= 128;
    }
    throw damagedFile(this.file, `a number at byte ${this.position} has no end`);
  }

  /** So many varints; a dictionary has tens of thousands, and opening it is what a visitor waits for. */
  varints(count: number): Uint32Array {
    const numbers = new Uint32Array(count);
    for (let at = 0; at < count; at++) {
      const byte = this.bytes[this.position]!;
      // Most are short. Behind the end there is none, which the other way says.
      if (byte < 128) {
        numbers[at] = byte;
        this.position++;
      } else numbers[at] = this.varint();
    }
    return numbers;
  }

  raw(count: number): Uint8Array {
    const start = this.#take(count);
    return this.bytes.subarray(start, start + count);
  }

  tag(expected: string): void {
    const found = decoder.decode(this.raw(expected.length));
    if (found !== expected)
      throw damagedFile(this.file, `it should begin with "${expected}" but begins with "${found}"`);
  }

  #take(count: number): number {
    const start = this.position;
    if (start + count > this.bytes.length)
      throw damagedFile(
        this.file,
        `it ends at byte ${this.bytes.length} where ${start + count} or more are needed`,
      );
    this.position = start + count;
    return start;
  }
}

/** The error for an index file whose bytes are not what they should be. */
export function damagedFile(file: string, what: string): SearchError {
  return new SearchError(
    'damaged-file',
    `The index file ${file} is damaged: ${what}. Build the index again and upload it whole.`,
  );
}
