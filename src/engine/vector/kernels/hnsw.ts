// AssemblyScript. Search of a Hierarchical Navigable Small World graph (Malkov & Yashunin 2018) over int8 rows, in place
// in the bytes of its file. Whatever those bytes are, a search ends and reads nothing outside them: every position and
// every node is checked, and no node is looked at twice.
import { beginBeam, nextInBeam, offer } from './beam';
import { dot } from './dot';
import { keep, keyOf, unheap } from './heap';

export { searchFlat } from './flat';

/** Lists of so many nodes share an offset. */
const BLOCK_BITS: u32 = 3;
const NONE = u32.MAX_VALUE;

let rows: usize = 0;
let count: u32 = 0;
let width: usize = 0;
let query: usize = 0;

/** Names the rows, and where the query lies as int16. `width` is a multiple of 16. */
export function setRows(address: usize, number: u32, bytes: usize, asked: usize): void {
  rows = address;
  count = number;
  width = bytes;
  query = asked;
}

let nodes: u32 = 0;
/** The row of each node; 0 where they are the same. */
let rowOf: usize = 0;
let offsets: usize = 0;
let lists: usize = 0;
let end: usize = 0;

/** Names a layer's parts: how many nodes, the row of each, the offset of every eighth node's list, the lists. */
export function setLayer(number: u32, rowsOfNodes: usize, offset: usize, list: usize, bytes: usize): void {
  nodes = number;
  rowOf = rowsOfNodes;
  offsets = offset;
  lists = list;
  end = list + bytes;
}

/** Walks from a node of the layer to ever nearer ones, and returns the last. */
export function walk(from: u32): u32 {
  let best = from;
  let score = similarity(best);
  let before: u32;
  do {
    before = best;
    openList(before);
    for (let node = nextNode(); node != NONE; node = nextNode()) {
      const other = similarity(node);
      if (other > score) {
        score = other;
        best = node;
      }
    }
  } while (best != before);
  return best;
}

/**
 * Searches the lowest layer from a node with a beam of `ef`, and writes the keys of the `limit` best allowed rows that it
 * sees to `heap`, best first; returns how many. `visited` has a bit for each node and is cleared here.
 */
export function searchLayer(
  from: u32,
  ef: u32,
  beam: usize,
  visited: usize,
  allowed: usize,
  heap: usize,
  limit: u32,
): u32 {
  memory.fill(visited, 0, <usize>((nodes + 7) >> 3));
  beginBeam(beam, ef);
  let size = see(from, visited, allowed, heap, 0, limit);
  for (let node = nextInBeam(); node != NONE; node = nextInBeam()) {
    openList(node);
    for (let other = nextNode(); other != NONE; other = nextNode())
      size = see(other, visited, allowed, heap, size, limit);
  }
  unheap(heap, size);
  return size;
}

/** Scores a node the first time that it is met. */
function see(node: u32, visited: usize, allowed: usize, heap: usize, size: u32, limit: u32): u32 {
  const place = visited + (node >> 3);
  const bit: u32 = 1 << (node & 7);
  const byte: u32 = load<u8>(place);
  if (byte & bit) return size;
  store<u8>(place, <u8>(byte | bit));
  const score = similarity(node);
  offer(score, node);
  if (allowed && ((<u32>load<u8>(allowed + (node >> 3))) & bit) == 0) return size;
  return keep(heap, size, limit, keyOf(score, node));
}

function similarity(node: u32): i32 {
  const row = rowOf ? load<u32>(rowOf + ((<usize>node) << 2)) : node;
  return row < count ? dot(rows + <usize>row * width, query, width) : i32.MIN_VALUE;
}

// The list that is being read: where, up to where, and the node before.
let at: usize = 0;
let stop: usize = 0;
let previous: u32 = 0;
let first: bool = true;

/** A list: its length in bytes, varint; the first neighbour less the node itself, zigzag; then gaps less one. */
function openList(node: u32): void {
  at = lists + <usize>load<u32>(offsets + ((<usize>(node >> BLOCK_BITS)) << 2));
  for (let before = node & ((1 << BLOCK_BITS) - 1); ; before--) {
    const length = varint(end);
    stop = at + <usize>length;
    // Past the end, or so long that it came round: nothing more can be read.
    if (at < lists || at > end || stop < at || stop > end) {
      at = end;
      stop = end;
    }
    if (before == 0) break;
    at = stop;
  }
  previous = node;
  first = true;
}

function nextNode(): u32 {
  if (at >= stop) return NONE;
  const number = varint(stop);
  const node = first ? previous + ((number >> 1) ^ (0 - (number & 1))) : previous + number + 1;
  first = false;
  previous = node;
  if (node < nodes) return node;
  at = stop;
  return NONE;
}

function varint(bound: usize): u32 {
  let value: u32 = 0;
  for (let shift: u32 = 0; at < bound && at >= lists && shift < 35; shift += 7) {
    const byte = <u32>load<u8>(at++);
    value |= (byte & 127) << shift;
    if (byte < 128) break;
  }
  return value;
}
