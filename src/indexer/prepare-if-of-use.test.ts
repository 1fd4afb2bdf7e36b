import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareIfOfUse } from './prepare-if-of-use.js';

const prepare = async (name: string): Promise<string> => name;

describe('prepareIfOfUse', () => {
  let folder: string;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'second-look-model-')), 'bge-small-en');
    mkdirSync(folder);
  });
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

  const says = (settings: object): void =>
    writeFileSync(join(folder, 'second-look.json'), JSON.stringify(settings));

  it("believes a folder's own settings before its name", async () => {
    says({ languages: ['de'] });
    expect(await prepareIfOfUse(folder, ['de-AT'], prepare)).toBe(folder);
    expect(await prepareIfOfUse(folder, ['en'], prepare)).toBeUndefined();
  });

  it('goes by the name where the settings do not say', async () => {
    says({});
    expect(await prepareIfOfUse(folder, ['de'], prepare)).toBeUndefined();
    expect(await prepareIfOfUse('BAAI/bge-small-en', ['de'], prepare)).toBeUndefined();
    expect(await prepareIfOfUse('BAAI/bge-small-en', ['de', 'en'], prepare)).toBe('BAAI/bge-small-en');
    expect(await prepareIfOfUse('acme/unheard-of', ['de'], prepare)).toBe('acme/unheard-of');
  });

  it('prepares none where none is named', async () => {
    expect(await prepareIfOfUse('none', ['en'], prepare)).toBeUndefined();
  });
});
