import type { VectorSystem } from './vector-systems.js';

/** What one writes without a library; exact, so recall is measured against it. */
export const plain: VectorSystem = {
  name: 'plain JavaScript, flat float32',
  ours: false,
  note: 'A loop of dot products; exact.',
  async build({ components, dimensions, rows }) {
    return {
      save: async () => components.byteLength,
      load: async () => (query, limit) => {
        const scores = new Float32Array(rows);
        for (let row = 0, at = 0; row < rows; row++) {
          let sum = 0;
          for (let dimension = 0; dimension < dimensions; dimension++)
            sum += components[at++]! * query[dimension]!;
          scores[row] = sum;
        }
        return best(scores, limit);
      },
    };
  },
};

/** Rows of the largest scores, best first, by insertion into a short list. */
function best(scores: Float32Array, limit: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < scores.length; row++) {
    if (rows.length === limit && scores[row]! <= scores[rows[limit - 1]!]!) continue;
    let at = rows.length;
    while (at > 0 && scores[rows[at - 1]!]! < scores[row]!) at--;
    rows.splice(at, 0, row);
    rows.length = Math.min(rows.length, limit);
  }
  return rows;
}
