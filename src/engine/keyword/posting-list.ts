/** A term's occurrences while an index is built: about three bytes a passage. */
export class PostingList {
  #bytes = new Uint8Array(8);
  #length = 0;
  #last = -1;

  /** @param counts occurrences in each of up to 8 fields; documents come in rising order */
  add(document: number, counts: readonly number[]): void {
    this.#varint(document - this.#last);
    this.#last = document;
    this.#byte(counts.reduce((mask, count, field) => (count > 0 ? mask | (1 << field) : mask), 0));
    for (const count of counts) if (count > 0) this.#varint(count);
  }

  *read(): Generator<{ document: number; counts: Uint32Array }> {
    const counts = new Uint32Array(8);
    let document = -1;
    let at = 0;
    const varint = (): number => {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = this.#bytes[at++]!;
        value |= (byte & 127) << shift;
        if (byte < 128) return value;
      }
    };
    while (at < this.#length) {
      document += varint();
      const mask = this.#bytes[at++]!;
      for (let field = 0; field < 8; field++) counts[field] = mask & (1 << field) ? varint() : 0;
      yield { document, counts };
    }
  }

  #varint(value: number): void {
    for (; value > 127; value >>>= 7) this.#byte((value & 127) | 128);
    this.#byte(value);
  }

  #byte(value: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = value;
  }
}
