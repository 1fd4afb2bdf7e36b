/** A sum over so many bytes of memory that have all been written. */
export function streamingSum(bytes: number): Promise<() => number>;
