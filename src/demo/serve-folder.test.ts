import { describe, expect, it } from 'vitest';
import { fileFor } from './serve-folder.js';

describe('fileFor', () => {
  it.each([
    ['/second-look.js', '/site/index/second-look.js'],
    ['/models/rerank.onnx?v=1#top', '/site/index/models/rerank.onnx'],
    ['/a%20b.json', '/site/index/a b.json'],
    ['/a/../b.json', '/site/index/b.json'],
  ])('finds %s in the folder', (url, file) => {
    expect(fileFor('/site/index', url)).toBe(file);
  });

  it.each(['/', '/../secret', '/..%2fsecret', '/%2e%2e/secret', '/../index-other/file', '/%00', '/%'])(
    'refuses %s',
    (url) => {
      expect(fileFor('/site/index', url)).toBeUndefined();
    },
  );
});
