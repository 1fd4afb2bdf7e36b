import init, { EdgeVec, EdgeVecConfig } from 'edgevec';
import { storedBytes } from './stored-bytes.js';
import type { SearchVectors, VectorSystem } from './vector-systems.js';

const NAME = 'vectors';

export const edgevec: VectorSystem = {
  name: 'EdgeVec',
  ours: false,
  package: 'edgevec',
  note:
    'HNSW, float32, its defaults; L2, as unit vectors rank the same and its dot product ranks the wrong way round. ' +
    'Where no time to open is given, it could not open what it had saved, and the index is the one just built.',
  async build({ components, rows, dimensions }) {
    await init();
    const config = new EdgeVecConfig(dimensions);
    config.metric = 'l2';
    const built = new EdgeVec(config);
    const ids = built.insertBatchFlat(components, rows);
    const rowOf = new Map(Array.from(ids, (id, row) => [id, row]));
    const searchIn =
      (index: EdgeVec): SearchVectors =>
      (query, limit) =>
        (index.search(query, limit) as { id: number }[]).map(({ id }) => rowOf.get(id)!);
    return {
      async save() {
        const before = await storedBytes();
        await built.save(NAME);
        return (await storedBytes()) - before;
      },
      load: async () => searchIn(await EdgeVec.load(NAME)),
      unsaved: searchIn(built),
    };
  },
};
