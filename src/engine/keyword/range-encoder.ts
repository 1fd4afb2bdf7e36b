import { ByteWriter } from '../index-file/bytes.js';
import { ADAPTION, type Coder, LEAST_RANGE, PROBABILITY_BITS, RANGE_BITS } from './range-decoder.js';

/** Writes numbers by the probabilities of their contexts; RangeDecoder reads them. */
export class RangeEncoder implements Coder {
  readonly #bytes = new ByteWriter();
  /** May be over 2^28 by a carry, which goes into the bytes that are held back. */
  #low = 0;
  #range = 2 ** RANGE_BITS - 1;
  /** The last byte, and so many of 255 after it: a carry would change them all. */
  #held = -1;
  #full = 0;

  /** @param probabilities of a 0 in each context; they follow what is written */
  constructor(readonly probabilities: Uint16Array) {}

  bit(context: number, bit: number): number {
    const probability = this.probabilities[context]!;
    const bound = (this.#range >>> PROBABILITY_BITS) * probability;
    if (bit === 0) {
      this.#range = bound;
      this.probabilities[context] = probability + ((2 ** PROBABILITY_BITS - probability) >> ADAPTION);
    } else {
      this.#low += bound;
      this.#range -= bound;
      this.probabilities[context] = probability - (probability >> ADAPTION);
    }
    this.#shift();
    return bit;
  }

  raw(count: number, value: number): number {
    for (let left = count; left > 0; left -= 8) {
      const bits = Math.min(left, 8);
      this.#range >>>= bits;
      this.#low += (Math.floor(value / 2 ** (left - bits)) % 2 ** bits) * this.#range;
      this.#shift();
    }
    return value;
  }

  /** The bytes, as few as say where in the range the end lies: a decoder reads zeros behind them. */
  finish(): Uint8Array {
    const end = this.#low + this.#range;
    for (let bits = RANGE_BITS; bits >= 0; bits--) {
      const rounded = Math.ceil(this.#low / 2 ** bits) * 2 ** bits;
      if (rounded >= end) continue;
      this.#low = rounded;
      break;
    }
    for (let byte = 0; byte < 5; byte++) this.#out();
    const bytes = this.#bytes.finish();
    return bytes.subarray(0, bytes.findLastIndex((byte) => byte !== 0) + 1);
  }

  #shift(): void {
    while (this.#range < LEAST_RANGE) {
      this.#range = this.#range << 8;
      this.#out();
    }
  }

  /** Moves the highest byte out, or holds it back while a carry may still change it. */
  #out(): void {
    const carry = this.#low >= 2 ** RANGE_BITS ? 1 : 0;
    const high = Math.floor(this.#low / LEAST_RANGE) & 255;
    if (carry === 1 || high < 255) {
      if (this.#held >= 0) this.#bytes.u8(this.#held + carry);
      for (; this.#full > 0; this.#full--) this.#bytes.u8((255 + carry) & 255);
      this.#held = high;
    } else this.#full++;
    this.#low = (this.#low % LEAST_RANGE) * 256;
  }
}
