import { describe, expect, it } from 'vitest';
import { STYLE } from './style.js';

/** A custom property's colours: in the light, in the dark. */
function colours(name: string): [light: string, dark: string] {
  const found = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(STYLE.markup);
  return [found![1]!, found![2]!];
}

/** Contrast of two colours as WCAG 2 has it. */
function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((left, right) => left - right);
  return (light! + 0.05) / (dark! + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

describe('the report’s colours', () => {
  it.each([
    ['quiet', 3],
    ['accent', 3],
    ['good', 3],
    ['bad', 3],
    ['muted', 4.5],
    ['text', 4.5],
  ])('have the contrast that drawings and text need, in both schemes: %s', (name, least) => {
    const paper = colours('paper');
    for (const [at, colour] of colours(name).entries())
      expect(contrast(colour, paper[at]!)).toBeGreaterThanOrEqual(least);
  });
});
