import { expect, it } from 'vitest';
import { checkShape } from './encoder-shape.js';

const SHAPE = {
  ...{ vocabulary: 50, positions: 40, types: 2, width: 32, inner: 64, heads: 2, layers: 2 },
  ...{ epsilon: 1e-12, pooling: 'mean', labels: 0 },
};

it('takes sizes that the kernels can run', () => {
  expect(checkShape(SHAPE)).toEqual({ shape: SHAPE });
});

it.each([
  ['a size that is no multiple of 16', { inner: 40 }, /inner: expected a multiple of 16/],
  ['heads of another width', { heads: 3 }, /heads whose width is a multiple of 8/],
  ['one that it does not know, which may change what the others mean', { activation: 'swish' }, /activation/],
  ['one that is missing', { layers: undefined }, /layers/],
])('refuses %s', (_, size, fault) => {
  expect(checkShape({ ...SHAPE, ...size })).toEqual({ fault: expect.stringMatching(fault) as string });
});
