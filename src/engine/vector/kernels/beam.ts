// AssemblyScript. The beam of a graph search: the best nodes seen so far in order, each marked once its neighbours have
// been looked at. HNSW's two heaps (candidates, results) in one list: a candidate that is worse than the last result is
// never looked at again. Entries are 64-bit: score above, then the complement of the node, then the mark, so that the
// mark changes no order.

const LARGEST: u32 = 0x7fffffff;

let beam: usize = 0;
let room: u32 = 0;
let size: u32 = 0;
/** Entries before it are marked. */
let cursor: u32 = 0;

/** Begins an empty beam of `width` entries of 8 bytes at `address`. */
export function beginBeam(address: usize, width: u32): void {
  beam = address;
  room = width;
  size = 0;
  cursor = 0;
}

export function beamSize(): u32 {
  return size;
}

/** Adds a node, if it is among the best. */
export function offer(score: i32, node: u32): void {
  const key = entryOf(score, node);
  if (size == room) {
    if (key <= load<i64>(beam + ((<usize>(size - 1)) << 3))) return;
    size--;
  }
  let low: u32 = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (load<i64>(beam + ((<usize>middle) << 3)) > key) low = middle + 1;
    else high = middle;
  }
  const place = beam + ((<usize>low) << 3);
  memory.copy(place + 8, place, (<usize>(size - low)) << 3);
  store<i64>(place, key);
  size++;
  if (low < cursor) cursor = low;
}

/** Marks the best node that is not marked, and returns it; u32.MAX_VALUE when all are. */
export function nextInBeam(): u32 {
  for (; cursor < size; cursor++) {
    const place = beam + ((<usize>cursor) << 3);
    const key = load<i64>(place);
    if ((key & 1) == 0) {
      store<i64>(place, key | 1);
      return nodeOf(key);
    }
  }
  return u32.MAX_VALUE;
}

/** The node at a place in the order. */
export function nodeAt(place: u32): u32 {
  return nodeOf(load<i64>(beam + ((<usize>place) << 3)));
}

/** Its score. */
export function scoreAt(place: u32): i32 {
  return <i32>(load<i64>(beam + ((<usize>place) << 3)) >> 32);
}

function entryOf(score: i32, node: u32): i64 {
  return ((<i64>score) << 32) | ((<i64>(LARGEST - node)) << 1);
}

function nodeOf(key: i64): u32 {
  return LARGEST - ((<u32>key) >> 1);
}
