import { expect, it } from 'vitest';
import { Recent } from './recent.js';

it('keeps what was used last, and lets go of what was used longest ago', () => {
  const recent = new Recent<number>(2);
  recent.set('a', 0);
  recent.set('b', 1);
  expect(recent.get('a')).toBe(0);
  recent.set('c', 2);
  expect(recent.get('b')).toBeUndefined();
  recent.set('c', 3);
  expect([recent.get('a'), recent.get('c'), recent.get('d')]).toEqual([0, 3, undefined]);
});
