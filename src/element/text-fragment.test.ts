import { describe, expect, it } from 'vitest';
import type { Excerpt } from '../protocol.js';
import { withTextFragment } from './text-fragment.js';

/** Marks what stands in brackets. */
function excerpt(marked: string): Excerpt {
  const ranges: Excerpt['ranges'] = [];
  let text = '';
  for (const part of marked.split(/(\[[^\]]*\])/)) {
    if (part.startsWith('[')) ranges.push([text.length, text.length + part.length - 2]);
    text += part.replace(/[[\]]/g, '');
  }
  return { text, ranges };
}
const words = (marked: string): string =>
  decodeURIComponent(withTextFragment('/page', excerpt(marked)).split(':~:text=')[1] ?? '');

describe('withTextFragment', () => {
  it('names the words around the first one that is marked', () => {
    expect(words('one two three four [five] six seven eight nine')).toBe(
      'two three four five six seven eight',
    );
  });

  it('stays within the sentence, and leaves marks at its ends out', () => {
    expect(words('Before that. “Undo a [publish]!” After that.')).toBe('Undo a publish');
    expect(words('… a [word] here …')).toBe('a word here');
  });

  it('names beginning and end of the sentence where nothing is marked', () => {
    expect(words('One two three four five six seven eight nine. Ten.')).toBe(
      'One two three four,six seven eight nine',
    );
    expect(words('One two three. Four.')).toBe('One two three');
  });

  it('follows the anchor, and escapes what a fragment gives a meaning to', () => {
    expect(withTextFragment('/page#a', excerpt('use [--save-dev], a & b'))).toBe(
      '/page#a:~:text=use%20%2D%2Dsave%2Ddev%2C%20a%20%26%20b',
    );
    expect(withTextFragment('/page', excerpt('[word]'))).toBe('/page#:~:text=word');
  });

  it('leaves the address alone where there is no word', () => {
    expect(withTextFragment('/page#a', excerpt(''))).toBe('/page#a');
    expect(withTextFragment('/page#a', excerpt(' … '))).toBe('/page#a');
  });
});
