import { ByteReader, ByteWriter, damagedFile } from '../index-file/bytes.js';
import { roundUp } from '../start-kernel.js';

/**
 * A graph over rows as a file that is searched in place, little-endian, every part on a multiple of four bytes:
 *
 *   "SLG1" | rows u32 | layers u32 | entry u32, a node of the last layer
 *   for each layer, the lowest (which has every row as a node) first:
 *     nodes u32 | bytes of the lists u32
 *     the row of each node, rising, u32 … (not for the lowest)
 *     where the list of every eighth node begins among the lists, u32 …
 *     lists, filled up with zeros to a multiple of four
 *
 * A list: its length in bytes, varint; the first neighbour less the node itself, zigzag varint; for each further
 * neighbour, in rising order, how many nodes lie between it and the one before, varint.
 */
export interface Graph {
  /** A node of the last layer. */
  entry: number;
  layers: GraphLayer[];
}

export interface GraphLayer {
  /** The row of each node, rising; undefined for the lowest layer, whose nodes are the rows. */
  rows: Uint32Array | undefined;
  /** The neighbours of each node. */
  neighbours: (node: number) => number[];
  nodes: number;
}

/** Where the parts of a layer lie in the file. */
export interface LayerPlace {
  nodes: number;
  rows: number | undefined;
  offsets: number;
  lists: number;
  listBytes: number;
}

/** A graph file that is open: its bytes, and where in them everything lies. */
export interface GraphFile {
  bytes: Uint8Array;
  rows: number;
  entry: number;
  layers: LayerPlace[];
}

const TAG = 'SLG1';
/** Nodes that share an offset. */
const BLOCK = 8;
/** Layers get 1/M of the nodes of the one below, so none has so many. */
const MOST_LAYERS = 32;

/** Writes the file. */
export function writeGraphFile({ entry, layers }: Graph): Uint8Array<ArrayBuffer> {
  const file = new ByteWriter();
  file.tag(TAG);
  file.u32(layers[0]?.nodes ?? 0);
  file.u32(layers.length);
  file.u32(entry);
  for (const layer of layers) {
    const lists = new ByteWriter();
    const offsets: number[] = [];
    for (let node = 0; node < layer.nodes; node++) {
      if (node % BLOCK === 0) offsets.push(lists.length);
      writeList(lists, node, layer.neighbours(node));
    }
    while (lists.length % 4 > 0) lists.u8(0);
    file.u32(layer.nodes);
    file.u32(lists.length);
    for (const row of layer.rows ?? []) file.u32(row);
    for (const offset of offsets) file.u32(offset);
    file.raw(lists.finish());
  }
  return file.finish();
}

function writeList(lists: ByteWriter, node: number, neighbours: number[]): void {
  const list = new ByteWriter(64);
  let previous = node;
  neighbours
    .sort((left, right) => left - right)
    .forEach((neighbour, at) => {
      const gap = neighbour - previous;
      list.varint(at > 0 ? gap - 1 : gap < 0 ? -2 * gap - 1 : 2 * gap);
      previous = neighbour;
    });
  lists.varint(list.length);
  lists.raw(list.finish());
}

/** Opens the file: reads the few numbers that say where its parts lie, and checks that they lie inside. */
export function readGraphFile(bytes: Uint8Array, name: string): GraphFile {
  const reader = new ByteReader(bytes, name);
  reader.tag(TAG);
  const rows = reader.u32();
  const count = reader.u32();
  const entry = reader.u32();
  if (count > MOST_LAYERS || (count === 0 && rows > 0)) throw damagedFile(name, `it has ${count} layers`);
  const layers = Array.from({ length: count }, (_, layer) => readLayer(reader, layer === 0));
  const [lowest] = layers;
  if (lowest && lowest.nodes !== rows)
    throw damagedFile(name, `its lowest layer has ${lowest.nodes} nodes for ${rows} rows`);
  if (rows > 0 && entry >= layers.at(-1)!.nodes)
    throw damagedFile(name, `searches begin at node ${entry} of ${layers.at(-1)!.nodes}`);
  return { bytes, rows, entry, layers };
}

function readLayer(reader: ByteReader, lowest: boolean): LayerPlace {
  const nodes = reader.u32();
  const listBytes = reader.u32();
  if (nodes === 0) throw damagedFile(reader.file, 'one of its layers is empty');
  const rows = lowest ? undefined : skip(reader, 4 * nodes);
  const offsets = skip(reader, 4 * Math.ceil(nodes / BLOCK));
  const lists = skip(reader, roundUp(listBytes, 4));
  return { nodes, rows, offsets, lists, listBytes };
}

/** Where the next part begins; it must end inside the file. */
function skip(reader: ByteReader, count: number): number {
  const start = reader.position;
  reader.raw(count);
  return start;
}
