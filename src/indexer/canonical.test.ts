import { describe, expect, it } from 'vitest';
import { originalOf } from './canonical.js';

const urls = new Map(
  ['', 'guide/', 'guide/start.html', 'copy.html', 'start.html', '%40scope/start.html'].map((url) => [
    decodeURIComponent(url),
    url,
  ]),
);

describe('originalOf', () => {
  it('finds the page that a copy names, wherever the site is', () => {
    expect(originalOf('copy.html', 'https://example.org/guide/start.html', urls)).toBe('guide/start.html');
    expect(originalOf('copy.html', 'https://example.org/base/guide/', urls)).toBe('guide/');
    expect(originalOf('copy.html', 'guide/index.html', urls)).toBe('guide/');
    expect(originalOf('copy.html', 'https://example.org/guide/start', urls)).toBe('guide/start.html');
  });

  it('knows a path however it is encoded', () => {
    const own = 'https://example.org/@scope/start.html';
    expect(originalOf('%40scope/start.html', own, urls)).toBeUndefined();
    expect(originalOf('copy.html', own, urls)).toBe('%40scope/start.html');
  });

  it('leaves a page that names itself, a page elsewhere, or nothing', () => {
    expect(originalOf('guide/', 'https://example.org/base/guide/', urls)).toBeUndefined();
    expect(originalOf('guide/start.html', 'https://example.org/guide/start', urls)).toBeUndefined();
    expect(originalOf('copy.html', 'https://elsewhere.org/other.html', urls)).toBeUndefined();
    expect(originalOf('copy.html', 'https://example.org/', urls)).toBeUndefined();
    expect(originalOf('copy.html', undefined, urls)).toBeUndefined();
    expect(originalOf('copy.html', 'http://[', urls)).toBeUndefined();
  });
});
