import { describe, expect, it } from 'vitest';
import { pad } from './session.js';

describe('pad', () => {
  it('makes rows as long as the longest, with a mask that hides what was added', () => {
    const padded = pad([
      { ids: [101, 7, 8, 102], types: [0, 0, 1, 1] },
      { ids: [101, 102], types: [0, 1] },
    ]);
    expect(padded.dims).toEqual([2, 4]);
    expect([...padded.input_ids].map(Number)).toEqual([101, 7, 8, 102, 101, 102, 0, 0]);
    expect([...padded.attention_mask].map(Number)).toEqual([1, 1, 1, 1, 1, 1, 0, 0]);
    expect([...padded.token_type_ids].map(Number)).toEqual([0, 0, 1, 1, 0, 1, 0, 0]);
  });
});
