/** Probabilities are whole numbers of 2^12. */
export const PROBABILITY_BITS = 12;
/** With every bit a probability moves by a 2^5th of what it was wrong by. */
export const ADAPTION = 5;
/** The range has at most 28 bits, so that all numbers are small integers to JavaScript engines, whose others are slow. */
export const RANGE_BITS = 28;
/** Below this, the range takes in another byte. */
export const LEAST_RANGE = 2 ** (RANGE_BITS - 8);

/**
 * Codes numbers by what their contexts have shown so far. The same steps write and read: an encoder takes the values
 * that it is given and returns them, a decoder passes them over and returns what it reads.
 */
export interface Coder {
  bit(context: number, bit: number): number;
  /** A number below 2^count, each as likely as the others; `count` is at most 30. */
  raw(count: number, value: number): number;
}

/**
 * Reads what RangeEncoder wrote: binary range coding (Martin 1979) with adaptive probabilities, as LZMA has it. Behind
 * the end it reads zeros, so whoever uses it checks what comes out.
 */
export class RangeDecoder implements Coder {
  #range = 2 ** RANGE_BITS - 1;
  #code = 0;
  /** Half a byte: 28 bits are three bytes and a half. */
  #half = 0;

  /**
   * @param probabilities of a 0 in each context; they follow what is read
   * @param bytes nothing else
   */
  constructor(
    readonly probabilities: Uint16Array,
    readonly bytes: Uint8Array,
    private at = 0,
  ) {
    for (let read = 0; read < 4; read++) this.#next();
  }

  bit(context: number): number {
    const probability = this.probabilities[context]!;
    const bound = (this.#range >>> PROBABILITY_BITS) * probability;
    let bit = 0;
    if (this.#code < bound) {
      this.#range = bound;
      this.probabilities[context] = probability + ((2 ** PROBABILITY_BITS - probability) >> ADAPTION);
    } else {
      bit = 1;
      this.#code -= bound;
      this.#range -= bound;
      this.probabilities[context] = probability - (probability >> ADAPTION);
    }
    while (this.#range < LEAST_RANGE) this.#fill();
    return bit;
  }

  raw(count: number): number {
    let value = 0;
    for (let left = count; left > 0; left -= 8) {
      const bits = Math.min(left, 8);
      this.#range >>>= bits;
      const part = (this.#code / this.#range) | 0;
      this.#code -= part * this.#range;
      value = (value << bits) | part;
      while (this.#range < LEAST_RANGE) this.#fill();
    }
    return value;
  }

  #fill(): void {
    this.#range <<= 8;
    this.#next();
  }

  #next(): void {
    const byte = this.at < this.bytes.length ? this.bytes[this.at++]! : 0;
    this.#code = (this.#code << 8) | this.#half | (byte >> 4);
    this.#half = (byte & 15) << 4;
  }
}
