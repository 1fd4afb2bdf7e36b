import { describe, expect, it } from 'vitest';
import { vectorWeightFor } from './vector-weight.js';

describe('vectorWeightFor', () => {
  it.each([
    'Array.prototype.map',
    'std::vector',
    'node:fs',
    'npm/lib',
    'push()',
    'ptr->next',
    'a.b',
    'Foo#bar',
    '$.ajax',
  ])('leaves the identifier %s to the words', (text) => expect(vectorWeightFor(text)).toBe(0.25));

  it.each([
    'publish',
    'two-factor',
    'v1.2.3',
    '--save-dev',
    'how do I undo a publish?',
    'what is package.json for',
    'end.',
    '',
  ])('asks both alike for %j', (text) => expect(vectorWeightFor(text)).toBe(0.5));
});
