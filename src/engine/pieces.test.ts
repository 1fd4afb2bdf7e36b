import { expect, it } from 'vitest';
import { pieces } from './pieces.js';

it.each([
  ['lines', 'A line. And more\n'.repeat(1000), /\n$/],
  ['words', 'word '.repeat(3000), / $/],
  ['characters', '全'.repeat(20_000), /全$/],
  // One character first, so that a cut after an even number halves one.
  ['surrogate pairs', `a${'😀'.repeat(10_000)}`, /^(?:a|😀)(?:😀)*$/u],
])('are the whole text, cut between %s', (_, text, whole) => {
  const cut = [...pieces(text)];
  expect(cut.length).toBeGreaterThan(2);
  expect(cut.map((piece) => piece.text).join('')).toBe(text);
  for (const piece of cut) {
    expect(piece.text.length).toBeLessThanOrEqual(8000);
    expect(piece.text).toMatch(whole);
    expect(text.startsWith(piece.text, piece.start)).toBe(true);
  }
});

it('are none of no text', () => {
  expect([...pieces('')]).toEqual([]);
});
