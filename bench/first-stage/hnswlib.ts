import { type HierarchicalNSW, loadHnswlib, syncFileSystem } from 'hnswlib-wasm';
import { storedBytes } from './stored-bytes.js';
import type { VectorSystem } from './vector-systems.js';

const FILE = 'vectors.dat';
/** hnswlib's own defaults, within what the README advises; its efSearch "close to M" would find less. */
const M = 16;
const EF_CONSTRUCTION = 200;
const EF_SEARCH = 64;

/** Its search with the beam that it is often given, and with the one that ours has. */
export const hnswlib: VectorSystem[] = [EF_SEARCH, 200].map((ef) => ({
  name: `hnswlib-wasm, ef ${ef}`,
  ours: false,
  package: 'hnswlib-wasm',
  note: `HNSW, float32, inner product; M ${M}, efConstruction ${EF_CONSTRUCTION}, efSearch ${ef}; kept in IndexedDB.`,
  async build({ components, dimensions, rows }) {
    const library = await loadHnswlib();
    const create = (): HierarchicalNSW => new library.HierarchicalNSW('ip', dimensions, '');
    const built = create();
    built.initIndex(rows, M, EF_CONSTRUCTION, 100);
    built.addItems(
      Array.from({ length: rows }, (_, row) => components.subarray(row * dimensions, (row + 1) * dimensions)),
      false,
    );
    return {
      async save() {
        const before = await storedBytes();
        await built.writeIndex(FILE);
        await syncFileSystem('write');
        return (await storedBytes()) - before;
      },
      async load() {
        await syncFileSystem('read');
        const index = create();
        await index.readIndex(FILE, rows);
        index.setEfSearch(ef);
        return (query, limit) => index.searchKnn(query, limit, undefined).neighbors;
      },
    };
  },
}));
