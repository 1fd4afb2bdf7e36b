import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { indexRemote } from './index-remote.js';

const SETTINGS = {
  url: 'https://engine.test',
  body: { q: '{query}' },
  response: { hits: 'hits', url: 'url', text: 'text' },
};
const WITH_VECTORS = { ...SETTINGS, body: { q: '{query}', v: '{vector}' } };

describe('indexRemote', () => {
  let out: string;
  beforeEach(() => {
    out = mkdtempSync(join(tmpdir(), 'second-look-remote-'));
  });
  afterEach(() => rmSync(out, { recursive: true }));

  it('takes the models that read the language', async () => {
    expect(await indexRemote(SETTINGS, 'engine.json', { out, script: false })).toMatchObject({
      reranker: 'reranker-v1',
      unread: [],
    });
  });

  it('leaves out models that do not read the language, and names them', async () => {
    const settings = { ...WITH_VECTORS, keywordBody: { q: '{query}' } };
    const summary = await indexRemote(settings, 'engine.json', { out, language: 'de', script: false });
    expect(summary).toMatchObject({
      ...{ embedder: undefined, reranker: undefined },
      unread: [
        { model: 'Xenova/all-MiniLM-L6-v2', languages: ['de'] },
        { model: 'reranker-v1', languages: ['de'] },
      ],
    });
    expect(summary.bytes.models).toBe(0);
  });

  it('refuses an embedder that does not read the language where nothing can be found without one', async () => {
    await expect(
      indexRemote(WITH_VECTORS, 'engine.json', { out, language: 'de', script: false }),
    ).rejects.toThrow(/all-MiniLM-L6-v2 does not read "de", and engine\.json has no request by words alone/);
  });
});
