import { expect, it } from 'vitest';
import { decodePage } from './decode-page.js';

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

it('reads UTF-8 where nothing else is said', () => {
  expect(decodePage(new TextEncoder().encode('<p>Café</p>'))).toBe('<p>Café</p>');
});

it('reads the encoding that a page declares, and UTF-8 where that is nonsense', () => {
  expect(decodePage(latin1('<meta charset="iso-8859-1"><p>Café</p>'))).toContain('Café');
  expect(decodePage(latin1('<meta charset=nonsense><p>Cafe</p>'))).toContain('Cafe');
});

it('reads UTF-16 by its byte order mark', () => {
  const text = '\ufeff<p>Café</p>';
  expect(decodePage(new Uint8Array(Uint16Array.from(text, (letter) => letter.charCodeAt(0)).buffer))).toBe(
    '<p>Café</p>',
  );
});

it('does not take a binary file for text', () => {
  expect(decodePage(Uint8Array.of(0x3c, 0x70, 0x3e, 0, 1, 2))).toBeUndefined();
});
