import { letEventsIn } from '../let-events-in.js';
import type { ModelInput } from '../model/tokenizer.js';
import { reserve, roundUp, type StartedKernel } from '../start-kernel.js';
import type { EncoderLayout, Head, Layer, Linear, Table } from './encoder-layout.js';
import type { EncoderShape } from './encoder-shape.js';
import { isFaster } from './is-faster.js';

/** What kernels/encoder.ts exports. All are addresses or counts, but for `scale` and `epsilon`; see there. */
export interface EncoderKernel {
  quantise(from: number, rows: number, width: number, to: number, scales: number): void;
  linear(
    ...of: [
      ...[x: number, scales: number, rows: number, inner: number],
      ...[weights: number, sums: number, factors: number, bias: number],
      ...[columns: number, out: number, inPairs: number],
    ]
  ): void;
  attend(
    ...of: [joined: number, tokens: number, heads: number, headWidth: number, out: number, scratch: number]
  ): void;
  gelu(values: number, count: number): void;
  addNorm(
    ...of: [
      ...[values: number, residual: number, rows: number, width: number],
      ...[gain: number, bias: number, epsilon: number],
    ]
  ): void;
  addRow(row: number, scale: number, width: number, out: number): void;
  /** 1 where `linear` has two ways to multiply. */
  readonly hasPairs: WebAssembly.Global;
}

/** Rows to try the two ways on. */
const TRIED_ROWS = 12;

/** Whether this processor multiplies sooner in pairs; known once a text has been read. */
let inPairs: boolean | undefined;

/** Where a text's values lie while it is read, behind the weights. */
interface Work {
  /** The token vectors, and another set of them. */
  hidden: number;
  other: number;
  /** Queries, keys and values; then what is inside a feed-forward layer. */
  wide: number;
  /** A linear layer's input, rounded, and its rows' scales and zeros. */
  tiles: number;
  scales: number;
  /** Keys and scores of one attention head. */
  scratch: number;
}

type RoundedRows = Pick<Work, 'tiles' | 'scales'>;

/** Runs a BERT encoder whose parts lie at the beginning of the kernel's memory. */
export class EncoderRun {
  constructor(
    readonly started: StartedKernel<EncoderKernel>,
    readonly shape: EncoderShape,
    readonly layout: EncoderLayout,
  ) {}

  /**
   * The pooled vector of a text, or the scores of its labels. One text at a time: they share their room.
   * @throws the signal's reason, between any two layers, once it is aborted
   */
  async of(input: ModelInput, signal?: AbortSignal): Promise<Float32Array> {
    const tokens = input.ids.length;
    const work = this.#makeRoom(tokens);
    inPairs ??= this.#isFasterInPairs(work);
    this.#embed(input, work);
    for (const layer of this.layout.layers) {
      // A layer takes milliseconds: a key that is pressed meanwhile waits no longer than that for its rows.
      await letEventsIn();
      signal?.throwIfAborted();
      this.#transform(layer, tokens, work);
    }
    return this.#result(this.#floats(work.hidden, tokens * this.shape.width), work);
  }

  /** WebAssembly does not say which processor it runs on: a layer of the model is tried on what lies in the room. */
  #isFasterInPairs({ tiles, scales, wide }: Work): boolean {
    const { kernel } = this.started;
    if (!kernel.hasPairs.value) return false;
    const { up } = this.layout.layers[0]!;
    const multiply = (pairs: boolean): void => this.#multiply(TRIED_ROWS, up, wide, { tiles, scales }, pairs);
    return isFaster(
      () => multiply(true),
      () => multiply(false),
    );
  }

  /** What the first layer of a text is given: a vector for each token. For layers that run elsewhere. */
  begin(input: ModelInput): Float32Array {
    const tokens = input.ids.length;
    const work = this.#makeRoom(tokens);
    this.#embed(input, work);
    return this.#floats(work.hidden, tokens * this.shape.width).slice();
  }

  /** What becomes of what the last layer of a text gave. */
  end(vectors: Float32Array): Float32Array {
    return this.#result(vectors, this.#makeRoom(vectors.length / this.shape.width));
  }

  #result(vectors: Float32Array, work: Work): Float32Array {
    const pooled = this.#pool(vectors);
    return this.layout.head ? this.#score(this.layout.head, pooled, work) : pooled;
  }

  #makeRoom(tokens: number): Work {
    const { width, inner, heads } = this.shape;
    const rows = roundUp(Math.max(tokens, TRIED_ROWS), 6);
    const filled = roundUp(tokens, 8);
    let end = this.layout.bytes;
    const take = (bytes: number): number => {
      const start = end;
      end = roundUp(start + bytes, 16);
      return start;
    };
    const work = {
      hidden: take(4 * rows * width),
      other: take(4 * rows * width),
      wide: take(4 * rows * Math.max(3 * width, inner)),
      tiles: take(rows * Math.max(width, inner)),
      scales: take(8 * rows),
      scratch: take(4 * (width / heads + 4) * filled),
    };
    reserve(this.started.memory, end);
    return work;
  }

  /** Each token's vector is that of its word, its place and its type. */
  #embed({ ids, types }: ModelInput, { hidden, other }: Work): void {
    const { kernel, memory } = this.started;
    const { width, epsilon } = this.shape;
    const { words, positions, types: kinds, norm } = this.layout;
    new Uint8Array(memory.buffer, hidden, other - hidden).fill(0);
    new Uint8Array(memory.buffer, other, other - hidden).fill(0);
    const add = ({ scales, rows }: Table, row: number, to: number): void => {
      const [scale = 0] = new Float32Array(memory.buffer, scales + 4 * row, 1);
      kernel.addRow(rows + row * width, scale, width, to);
    };
    ids.forEach((id, at) => {
      const to = hidden + 4 * width * at;
      add(words, id, to);
      add(positions, at, to);
      add(kinds, types[at] ?? 0, to);
    });
    kernel.addNorm(hidden, other, ids.length, width, norm.gain, norm.bias, epsilon);
  }

  /** One layer: attention and a feed-forward layer, what came in added to either and normalised. */
  #transform(layer: Layer, tokens: number, { hidden, other, wide, scratch, ...tiles }: Work): void {
    const { kernel } = this.started;
    const { width, inner, heads, epsilon } = this.shape;
    const linear = (from: number, of: Linear, to: number): void => this.#linear(from, tokens, of, to, tiles);
    linear(hidden, layer.attention, wide);
    kernel.attend(wide, tokens, heads, width / heads, other, scratch);
    linear(other, layer.output, other);
    kernel.addNorm(other, hidden, tokens, width, layer.outputNorm.gain, layer.outputNorm.bias, epsilon);
    linear(other, layer.up, wide);
    kernel.gelu(wide, tokens * inner);
    linear(wide, layer.down, hidden);
    kernel.addNorm(hidden, other, tokens, width, layer.downNorm.gain, layer.downNorm.bias, epsilon);
  }

  #linear(from: number, rows: number, layer: Linear, to: number, input: RoundedRows): void {
    this.started.kernel.quantise(from, rows, layer.inner, input.tiles, input.scales);
    this.#multiply(rows, layer, to, input, inPairs);
  }

  #multiply(
    rows: number,
    { inner, columns, weights, sums, factors, bias }: Linear,
    to: number,
    { tiles, scales }: RoundedRows,
    pairs = false,
  ): void {
    const { kernel } = this.started;
    kernel.linear(tiles, scales, rows, inner, weights, sums, factors, bias, columns, to, Number(pairs));
  }

  #pool(vectors: Float32Array): Float32Array {
    const { width, pooling } = this.shape;
    if (pooling === 'cls') return vectors.slice(0, width);
    const sums = new Float32Array(width);
    for (let at = 0; at < vectors.length; at++) sums[at % width]! += vectors[at]!;
    return sums.map((sum) => (sum * width) / vectors.length);
  }

  #score({ pooler, weights, bias }: Head, pooled: Float32Array, work: Work): Float32Array {
    const { width, labels } = this.shape;
    this.#floats(work.other, width).set(pooled);
    this.#linear(work.other, 1, pooler, work.hidden, work);
    const vector = this.#floats(work.hidden, width).map(Math.tanh);
    const rows = this.#floats(weights, labels * width);
    return this.#floats(bias, labels).map((start, label) =>
      vector.reduce((sum, value, at) => sum + value * rows[label * width + at]!, start),
    );
  }

  /** A view, until memory grows. */
  #floats(at: number, count: number): Float32Array {
    return new Float32Array(this.started.memory.buffer, at, count);
  }
}
