// AssemblyScript. Ranked rows as 64-bit keys: score above, complement of the row below, so that one comparison orders
// them best first with ties to the smaller row.

export function keyOf(score: i32, row: u32): i64 {
  return ((<i64>score) << 32) | (<i64>(<u64>~row));
}

/** Keeps the `limit` largest keys in a heap with the smallest on top; returns how many there are now. */
export function keep(heap: usize, size: u32, limit: u32, key: i64): u32 {
  if (size < limit) {
    let at = size;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = load<i64>(heap + ((<usize>parent) << 3));
      if (above <= key) break;
      store<i64>(heap + ((<usize>at) << 3), above);
      at = parent;
    }
    store<i64>(heap + ((<usize>at) << 3), key);
    return size + 1;
  }
  if (key > load<i64>(heap)) sink(heap, size, key);
  return size;
}

/** Puts a key in the place of the top. */
function sink(heap: usize, size: u32, key: i64): void {
  let at: u32 = 0;
  for (;;) {
    let child: u32 = 2 * at + 1;
    if (child >= size) break;
    let below = load<i64>(heap + ((<usize>child) << 3));
    if (child + 1 < size) {
      const right = load<i64>(heap + ((<usize>(child + 1)) << 3));
      if (right < below) {
        below = right;
        child++;
      }
    }
    if (key <= below) break;
    store<i64>(heap + ((<usize>at) << 3), below);
    at = child;
  }
  store<i64>(heap + ((<usize>at) << 3), key);
}

/** Turns a heap into a list, largest key first. */
export function unheap(heap: usize, size: u32): void {
  while (size > 1) {
    size--;
    const last = heap + ((<usize>size) << 3);
    const key = load<i64>(last);
    store<i64>(last, load<i64>(heap));
    sink(heap, size, key);
  }
}
