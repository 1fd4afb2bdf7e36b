import { describe, expect, it } from 'vitest';
import { LinearWeights } from './linear-weights.js';
import type { OnnxGraph, OnnxNode, OnnxTensor } from './read-onnx.js';

const node = (operator: string, inputs: string[], output: string): OnnxNode => ({
  ...{ operator, inputs, outputs: [output] },
});
const tensor = (dims: number[], values: OnnxTensor['values']): OnnxTensor => ({ dims, values });
const graph = (nodes: OnnxNode[], constants: Record<string, OnnxTensor>): OnnxGraph => ({
  nodes,
  constants: new Map(Object.entries(constants)),
});

/** Two inputs, three outputs. */
const BIAS = tensor([3], Float32Array.of(0.5, 0, -0.5));
const WEIGHTS = [1, 2, 3, 4, 5, 6];

const linearOf = (nodes: OnnxNode[], constants: Record<string, OnnxTensor>): number[] =>
  Array.from(new LinearWeights(graph(nodes, { 'a.bias': BIAS, ...constants })).linear('a.bias').weights);

describe('the weights of a linear layer', () => {
  it('are those that a product before the bias has', () => {
    const nodes = [node('MatMul', ['x', 'w'], 'p'), node('Add', ['a.bias', 'p'], 'y')];
    expect(linearOf(nodes, { w: tensor([2, 3], Float32Array.from(WEIGHTS)) })).toEqual(WEIGHTS);
  });

  it('are turned where Gemm has a row for each output, as exporters write it', () => {
    const nodes = [node('Gemm', ['x', 'w', 'a.bias'], 'y')];
    expect(linearOf(nodes, { w: tensor([3, 2], Float32Array.of(1, 4, 2, 5, 3, 6)) })).toEqual(WEIGHTS);
  });

  const quantised = [
    node('MatMulInteger', ['x8', 'w', 'xz', 'wz'], 'p32'),
    node('Cast', ['p32'], 'pf'),
    node('Mul', ['xs', 'ws'], 's'),
    node('Mul', ['pf', 's'], 'p'),
    node('Add', ['p', 'a.bias'], 'y'),
  ];

  it.each([
    ['one scale', tensor([], Float32Array.of(0.5)), tensor([], Uint8Array.of(128)), [0.5, 1, 1.5, 2, 2.5, 3]],
    [
      'a scale for each column',
      tensor([3], Float32Array.of(1, 2, 4)),
      tensor([3], Uint8Array.of(128, 127, 129)),
      [1, 6, 8, 4, 12, 20],
    ],
  ])('are what integers stand for, with %s', (_, ws, wz, expected) => {
    const w = tensor([2, 3], Uint8Array.of(129, 130, 131, 132, 133, 134));
    expect(linearOf(quantised, { w, ws, wz })).toEqual(expected);
  });

  it('have the rows in that are multiplied apart', () => {
    const nodes = [
      ...quantised,
      node('Gather', ['x', 'places'], 'few'),
      node('MatMul', ['few', 'rows'], 'apart'),
      node('Add', ['y', 'apart'], 'z'),
    ];
    const constants = {
      w: tensor([2, 3], Int8Array.from(WEIGHTS)),
      ws: tensor([3], Float32Array.of(1, 1, 1)),
      wz: tensor([], Int8Array.of(0)),
      places: tensor([1], [1]),
      rows: tensor([1, 3], Float32Array.of(40, 50, 60)),
    };
    expect(linearOf(nodes, constants)).toEqual([1, 2, 3, 40, 50, 60]);
  });

  it('are asked for in vain where the export hides them, and it says which', () => {
    const nodes = [node('Attention', ['x', 'w'], 'p'), node('Add', ['p', 'a.bias'], 'y')];
    expect(() => linearOf(nodes, {})).toThrow(/a\.bias is added to is no product/);
    expect(() => new LinearWeights(graph([], {})).linear('b.bias')).toThrow(/no b\.bias/);
  });
});
