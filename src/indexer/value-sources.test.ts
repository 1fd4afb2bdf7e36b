import { describe, expect, it } from 'vitest';
import { parseValueSources } from './value-sources.js';

describe('parseValueSources', () => {
  it.each([
    ['author', [{ key: 'author' }]],
    [' author ', [{ key: 'author' }]],
    ['image[src]', [{ key: 'image', attribute: 'src' }]],
    ['icon[xlink:HREF]', [{ key: 'icon', attribute: 'xlink:href' }]],
    ['author:Ada Lovelace', [{ key: 'author', inline: 'Ada Lovelace' }]],
    [
      'title, tag[data-tag], author:Lovelace, Ada: first',
      [
        { key: 'title' },
        { key: 'tag', attribute: 'data-tag' },
        { key: 'author', inline: 'Lovelace, Ada: first' },
      ],
    ],
    ['two words[alt],', [{ key: 'two words', attribute: 'alt' }]],
    ['url:https://docs.test/[x]', [{ key: 'url', inline: 'https://docs.test/[x]' }]],
    ['__proto__', [{ key: '__proto__' }]],
  ])('reads %j', (text, sources) => {
    expect(parseValueSources(text)).toEqual(sources);
  });

  it.each(['', '  ', ',', ':value', '[src]', 'key[src', 'key[src]more', 'a,,b'])('refuses %j', (text) => {
    expect(parseValueSources(text)).toBeUndefined();
  });
});
