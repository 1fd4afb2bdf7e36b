import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { DEFAULT_RERANKER, findModel } from '../find-model.js';
import { bertWeights } from './bert-weights.js';
import { type OnnxGraph, readOnnx } from './read-onnx.js';

vi.mock('./read-onnx.js', async (load) => {
  const original = await load<{ readOnnx: typeof readOnnx }>();
  return { ...original, readOnnx: vi.fn(original.readOnnx) };
});

it('reads a layer whose input has no outlier channel, as training/export_onnx.py writes it', async () => {
  const { folder, weights } = await findModel(DEFAULT_RERANKER, 'reranker');
  const file = await readFile(join(folder, weights));
  const config: unknown = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'));
  const withOutliers = bertWeights(file, config);

  vi.mocked(readOnnx).mockReturnValueOnce(called(readOnnx(file), '.joined.int8.bias', '.joined.bias'));
  const without = bertWeights(file, config);
  expect(without.layers).toHaveLength(3);
  expect(without.layers[0]!.attention).toEqual(withOutliers.layers[0]!.attention);
});

/** A graph whose constants have another ending. */
function called({ nodes, constants }: OnnxGraph, ending: string, other: string): OnnxGraph {
  const name = (given: string): string =>
    given.endsWith(ending) ? given.slice(0, -ending.length) + other : given;
  return {
    nodes: nodes.map((node) => ({ ...node, inputs: node.inputs.map(name) })),
    constants: new Map([...constants].map(([given, tensor]) => [name(given), tensor])),
  };
}
