import { afterEach, describe, expect, it, vi } from 'vitest';
import { sentencesOf } from './sentences.js';

const TEXT = 'One is short. Is 1.5 two?\nA line without an end\n日本語です。次の文です。 Last';

describe('sentencesOf', () => {
  afterEach(() => void vi.unstubAllGlobals());

  it('cuts a text at sentences and lines, and loses nothing', () => {
    const sentences = sentencesOf(TEXT, 'en');
    expect(sentences.map(({ text }) => text)).toEqual([
      'One is short. ',
      'Is 1.5 two?\n',
      'A line without an end\n',
      '日本語です。',
      '次の文です。 ',
      'Last',
    ]);
    for (const { text, start } of sentences) expect(TEXT.startsWith(text, start)).toBe(true);
  });

  it('does without a segmenter', () => {
    vi.stubGlobal('Intl', { NumberFormat: Intl.NumberFormat });
    const sentences = sentencesOf(TEXT, 'en');
    expect(sentences.map(({ text }) => text).join('')).toBe(TEXT);
    expect(sentences.slice(0, 3).map(({ text }) => text)).toEqual([
      'One is short. ',
      'Is 1.5 two?\n',
      'A line without an end\n',
    ]);
  });

  it('cuts a page that is one block of a million characters', () => {
    const block = 'A line of a plain text file that goes on. And on.\n'.repeat(20_000);
    const sentences = sentencesOf(block, 'en');
    expect(sentences).toHaveLength(40_000);
    expect(sentences.map(({ text }) => text).join('')).toBe(block);
  });
});
