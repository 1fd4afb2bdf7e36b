// AssemblyScript. Builds a Hierarchical Navigable Small World graph (Malkov & Yashunin 2018, algorithms 1, 2 and 4) over
// int8 rows, at index time.
import { beamSize, beginBeam, nextInBeam, nodeAt, offer, scoreAt } from './beam';
import { dot, dotRows } from './dot';

const NONE = u32.MAX_VALUE;

let rows: usize = 0;
let width: usize = 0;
let count: u32 = 0;
/** Most neighbours of a node, in the layers above the lowest; the lowest has twice as many. */
let most: u32 = 0;
let ef: u32 = 0;
let levels: usize = 0;
let lowest: usize = 0;
let upperAt: usize = 0;
let upper: usize = 0;
let visited: usize = 0;
let query: usize = 0;
let beam: usize = 0;
let chosen: usize = 0;
let entry: u32 = NONE;
let top: i32 = -1;

/**
 * Names the rows and the room to work in. A list of links is its length and then its nodes, u32 each.
 * - `levels`: u8 for each row, its highest layer
 * - `lowest`: 1 + 2 × `most` u32 for each row
 * - `upperAt`: u32 for each row: where its lists of the other layers begin in `upper`, in lists of 1 + `most` u32
 * - `visited`: a bit for each row · `query`: int16 × width · `beam`: (ef + 1) × 8 bytes · `chosen`: 2 × `most` u32
 */
export function begin(
  rowsAt: usize,
  rowCount: u32,
  rowWidth: usize,
  m: u32,
  efConstruction: u32,
  levelsAt: usize,
  lowestAt: usize,
  upperAtAt: usize,
  upperLists: usize,
  visitedAt: usize,
  queryAt: usize,
  beamAt: usize,
  chosenAt: usize,
): void {
  rows = rowsAt;
  count = rowCount;
  width = rowWidth;
  most = m;
  ef = efConstruction;
  levels = levelsAt;
  lowest = lowestAt;
  upperAt = upperAtAt;
  upper = upperLists;
  visited = visitedAt;
  query = queryAt;
  beam = beamAt;
  chosen = chosenAt;
  entry = NONE;
  top = -1;
}

/** The node that a search begins from. */
export function entryNode(): u32 {
  return entry;
}

/** Adds a row to the graph; each once. */
export function insert(node: u32): void {
  const level = <i32>load<u8>(levels + node);
  if (entry == NONE) {
    entry = node;
    top = level;
    return;
  }
  widen(node);
  let from = entry;
  for (let layer = top; layer > level; layer--) from = walk(from, layer);
  for (let layer = min(top, level); layer >= 0; layer--) {
    search(from, layer);
    from = nodeAt(0);
    const links = linksOf(node, layer);
    const number = choose(most);
    for (let i: u32 = 0; i < number; i++)
      store<u32>(links + ((<usize>i + 1) << 2), load<u32>(chosen + ((<usize>i) << 2)));
    store<u32>(links, number);
    for (let i: u32 = 0; i < number; i++) linkBack(load<u32>(links + ((<usize>i + 1) << 2)), node, layer);
  }
  if (level > top) {
    entry = node;
    top = level;
  }
}

/** The row as the query. */
function widen(node: u32): void {
  const row = rows + <usize>node * width;
  for (let at: usize = 0; at < width; at++) store<i16>(query + 2 * at, <i16>load<i8>(row + at));
}

function linksOf(node: u32, layer: i32): usize {
  if (layer == 0) return lowest + ((<usize>node * (1 + 2 * most)) << 2);
  return (
    upper + (((<usize>load<u32>(upperAt + ((<usize>node) << 2)) + <usize>(layer - 1)) * (1 + most)) << 2)
  );
}

function walk(from: u32, layer: i32): u32 {
  let best = from;
  let score = dot(rows + <usize>best * width, query, width);
  let before: u32;
  do {
    before = best;
    const links = linksOf(before, layer);
    const number = load<u32>(links);
    for (let i: u32 = 1; i <= number; i++) {
      const node = load<u32>(links + ((<usize>i) << 2));
      const other = dot(rows + <usize>node * width, query, width);
      if (other > score) {
        score = other;
        best = node;
      }
    }
  } while (best != before);
  return best;
}

/** Fills the beam with the nodes of a layer that are nearest to the query. */
function search(from: u32, layer: i32): void {
  memory.fill(visited, 0, <usize>((count + 7) >> 3));
  beginBeam(beam, ef);
  see(from);
  for (let node = nextInBeam(); node != NONE; node = nextInBeam()) {
    const links = linksOf(node, layer);
    const number = load<u32>(links);
    for (let i: u32 = 1; i <= number; i++) see(load<u32>(links + ((<usize>i) << 2)));
  }
}

function see(node: u32): void {
  const place = visited + (node >> 3);
  const bit: u32 = 1 << (node & 7);
  const byte: u32 = load<u8>(place);
  if (byte & bit) return;
  store<u8>(place, <u8>(byte | bit));
  offer(dot(rows + <usize>node * width, query, width), node);
}

/**
 * Chooses neighbours from the beam, best first: those that are nearer to the query than to any chosen before (algorithm
 * 4), so that links lead in all directions.
 */
function choose(limit: u32): u32 {
  const size = beamSize();
  let number: u32 = 0;
  for (let place: u32 = 0; place < size && number < limit; place++) {
    const node = nodeAt(place);
    const score = scoreAt(place);
    let apart = true;
    for (let i: u32 = 0; i < number && apart; i++)
      apart = similarity(node, load<u32>(chosen + ((<usize>i) << 2))) <= score;
    if (!apart) continue;
    store<u32>(chosen + ((<usize>number) << 2), node);
    number++;
  }
  return number;
}

/** Links a node to a new one, and drops other links where it has too many. */
function linkBack(node: u32, added: u32, layer: i32): void {
  const links = linksOf(node, layer);
  const number = load<u32>(links);
  const limit: u32 = layer == 0 ? 2 * most : most;
  if (number < limit) {
    store<u32>(links + ((<usize>number + 1) << 2), added);
    store<u32>(links, number + 1);
    return;
  }
  beginBeam(beam, limit + 1);
  offer(similarity(node, added), added);
  for (let i: u32 = 1; i <= number; i++) {
    const other = load<u32>(links + ((<usize>i) << 2));
    offer(similarity(node, other), other);
  }
  const kept = choose(limit);
  store<u32>(links, kept);
  for (let i: u32 = 0; i < kept; i++)
    store<u32>(links + ((<usize>i + 1) << 2), load<u32>(chosen + ((<usize>i) << 2)));
}

function similarity(one: u32, other: u32): i32 {
  return dotRows(rows + <usize>one * width, rows + <usize>other * width, width);
}
