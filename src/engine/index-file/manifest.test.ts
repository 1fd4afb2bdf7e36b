import { describe, expect, it } from 'vitest';
import { SearchError } from '../errors.js';
import { expectDamaged, thrownBy } from '../../testing/damage.js';
import { EMBEDDER, RERANKER, testManifest } from '../../testing/manifest.js';
import { INDEX_FORMAT, parseManifest } from './manifest.js';

const WHERE = 'https://docs.test/second-look/manifest.json';
const parse = (content: unknown): ReturnType<typeof parseManifest> =>
  parseManifest(
    new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content)),
    WHERE,
  );
const ROWS = testManifest().vectors!.rows;
const without = (object: object, name: string): unknown => ({ ...object, [name]: undefined });

describe('parseManifest', () => {
  it('reads what the indexer writes, with models and without', () => {
    expect(parse(testManifest())).toEqual(testManifest());
    const { vectors, embedder, reranker, ...keywordsAlone } = testManifest();
    expect([vectors, embedder, reranker]).not.toContain(undefined);
    expect(parse(keywordsAlone)).toEqual(keywordsAlone);
  });

  it('puts nothing in front of queries and passages where the manifest names no prefix', () => {
    const embedder = without(without(EMBEDDER, 'queryPrefix') as object, 'passagePrefix');
    expect(parse({ ...testManifest(), embedder }).embedder).toEqual(EMBEDDER);
  });

  it.each([{ ...testManifest(), format: 7 }, { format: 7 }])(
    'refuses another format, says both, and what to do',
    (content) => {
      const error = thrownBy(() => parse(content));
      expect(error).toBeInstanceOf(SearchError);
      expect(error).toMatchObject({ code: 'wrong-format' });
      const { message } = error as SearchError;
      expect(message).toContain('format 7');
      expect(message).toContain(`format ${INDEX_FORMAT}`);
      expect(message).toMatch(/build the index again/i);
    },
  );

  it.each([
    '',
    '{"format": 1, "gener',
    '<!doctype html><title>404</title>',
    'null',
    '[]',
    '{}',
    '{"format": "1"}',
  ])('refuses %j, and says where it was', (content) => {
    expectDamaged(
      thrownBy(() => parse(content)),
      WHERE,
    );
  });

  it.each([
    ['keywords', without(testManifest(), 'keywords')],
    ['counts.passages', { ...testManifest(), counts: { pages: 1, sections: 1 } }],
    ['embedder.dimensions', { ...testManifest(), embedder: without(EMBEDDER, 'dimensions') }],
    ['embedder.pooling', { ...testManifest(), embedder: { ...EMBEDDER, pooling: 'max' } }],
    ['reranker.calibration', { ...testManifest(), reranker: without(RERANKER, 'calibration') }],
    ['reranker.weight', { ...testManifest(), reranker: { ...RERANKER, weight: 1.5 } }],
    ['counts.pages', { ...testManifest(), counts: { pages: -1, sections: 1, passages: 1 } }],
    ['languages.1', { ...testManifest(), languages: ['en', '../de'] }],
    ['language', { ...testManifest(), language: 'a b' }],
    [
      'vectors.rows.sha256',
      { ...testManifest(), vectors: { mode: 'flat', rows: { ...ROWS, sha256: 'abc' } } },
    ],
    ['vectors.mode', { ...testManifest(), vectors: { mode: 'tree', rows: ROWS } }],
    ['vectors.codes', { ...testManifest(), vectors: { mode: 'binary', rows: ROWS, codes: 'codes.bin' } }],
    ['keywords.0.2', { ...testManifest(), keywords: [['', 1, '../../etc/passwd']] }],
  ])('names the field %s when it is missing or wrong', (field, content) => {
    expectDamaged(
      thrownBy(() => parse(content)),
      `${field}:`,
    );
  });

  it('takes a remote engine in the place of keywords and passages, and refuses both and neither', () => {
    const none = { counts: { pages: 0, sections: 0, passages: 0 }, pages: [], keywords: [], passages: [] };
    const remote = { ...testManifest(none), remote: { url: 'https://search.test' } };
    expect(parse(remote)).toEqual(remote);
    for (const wrong of [testManifest(none), { ...testManifest(), remote: {} }])
      expectDamaged(
        thrownBy(() => parse(wrong)),
        'keywords',
      );
  });

  const withPath = (path: string): unknown => ({
    ...testManifest(),
    vectors: { mode: 'flat', rows: { ...ROWS, path } },
  });

  it('refuses counts that do not add up: a passage would stand under another page', () => {
    for (const wrong of [{ pages: [2] }, { passages: [[2, 1, '0'.repeat(12)]] }])
      expectDamaged(
        thrownBy(() => parse({ ...testManifest(), ...wrong })),
        WHERE,
      );
  });

  it.each([
    '../x',
    '/x',
    'https://evil.test/x',
    '//evil.test/x',
    'javascript:x',
    'a/../b',
    'a/..',
    './a',
    '..',
    '.hidden',
    'a\\..\\b',
    'a//b',
    'a%2f..',
    'a?b',
    'a#b',
    'a\n',
    '',
    'a/',
  ])('refuses the path %j, which may lead out of the index folder', (path) => {
    expectDamaged(
      thrownBy(() => parse(withPath(path))),
      'vectors.rows.path',
    );
  });

  it.each(['x', 'passages/part.1a2b3c4d.json', 'models/re-rank_v0/model.onnx'])(
    'takes the path %j',
    (path) => {
      expect(parse(withPath(path)).vectors?.rows.path).toBe(path);
    },
  );
});
