import { expect, it } from 'vitest';
import { estimateTokens } from './estimate-tokens.js';

it('counts words by their length, and marks one by one', () => {
  expect(estimateTokens('')).toBe(0);
  expect(estimateTokens('Run npm install.')).toBe(5);
  expect(estimateTokens('--save-dev')).toBe(5);
});

it('counts what is written without spaces sign by sign', () => {
  expect(estimateTokens('搜索框')).toBe(3);
  expect(estimateTokens('npm を使う')).toBe(4);
});
