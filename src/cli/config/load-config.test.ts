import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from './load-config.js';

describe('loadConfig', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'second-look-config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);

  it.each([
    ['second-look.config.json', '{ "site": "dist", "serve": { "port": 80 } }'],
    ['second-look.config.js', 'module.exports = { site: "dist", serve: { port: 80 } };'],
    ['second-look.config.js', 'export default { site: "dist", serve: { port: 80 } };'],
    [
      'second-look.config.mjs',
      'export default await Promise.resolve({ site: "dist", serve: { port: 80 } });',
    ],
    [
      'second-look.config.ts',
      'import { port } from "./port";\nexport default { site: "dist" as string, serve: { port } } satisfies object;',
    ],
  ])('reads %s, with paths relative to it, and leaves nothing behind', async (name, text) => {
    await write('port.ts', 'export const port: number = 80;');
    await write(name, text);
    expect(await loadConfig(undefined, folder)).toEqual({ site: join(folder, 'dist'), serve: { port: 80 } });
    expect((await readdir(folder)).sort()).toEqual(['port.ts', name]);
  });

  it('is empty where there is none, and the one that is named where one is', async () => {
    expect(await loadConfig(undefined, folder)).toEqual({});
    await write('other.json', '{ "language": "de" }');
    await write('second-look.config.json', '{ "language": "fr" }');
    expect(await loadConfig('other.json', folder)).toEqual({ language: 'de' });
    await expect(loadConfig('none.json', folder)).rejects.toThrow(/There is no .*none\.json.*--config/);
  });

  it('takes the paths of other commands to be relative to it too', async () => {
    await write(
      'second-look.config.json',
      '{ "labels": "labels", "eval": { "beir": "scifact", "group": "page" }, "remote": { "file": "engine.json" } }',
    );
    expect(await loadConfig(undefined, folder)).toEqual({
      labels: join(folder, 'labels'),
      eval: { beir: join(folder, 'scifact'), group: 'page' },
      remote: { file: join(folder, 'engine.json') },
    });
  });

  it('takes a model for a folder only where it looks like one', async () => {
    await write(
      'second-look.config.json',
      '{ "embedder": "./model", "reranker": "owner/name", "cache": false }',
    );
    expect(await loadConfig(undefined, folder)).toEqual({
      embedder: join(folder, 'model'),
      reranker: 'owner/name',
      cache: false,
    });
  });

  it.each([
    ['{ "passageToken": 64 }', /there is no option "passageToken"; did you mean "passageTokens"\?/],
    ['{ "serve": { "prot": 80 } }', /there is no option "serve\.prot"; did you mean "serve\.port"\?/],
    ['{ "colour": 1 }', /there is no option "colour"; expected some of site, /],
    ['{ "passageTokens": "many" }', /passageTokens is "many"; expected a number\./],
    ['{ "exclude": "a" }', /exclude is "a"; expected a list of texts/],
    ['{ "vectors": "fast" }', /vectors is "fast"; expected one of auto, flat/],
    [
      '{ "eval": { "candidate": 9 } }',
      /there is no option "eval\.candidate"; did you mean "eval\.candidates"\?/,
    ],
    ['{ "eval": { "candidates": 900 } }', /eval\.candidates is 900; expected a whole number from 1 to 200\./],
    ['{ "eval": { "stages": ["best"] } }', /eval\.stages\.0 is "best"; expected a list of some of keyword, /],
    ['{ "eval": { "stages": [] } }', /eval\.stages is \[\]; expected a list/],
    ['{ "eval": "labels" }', /eval is "labels"; expected \{ beir, split, /],
    ['{ "remote": { "out": "x" } }', /there is no option "remote\.out"; expected some of file\./],
    ['{ "serve": { "port": 0 } }', /serve\.port is 0; expected a whole number from 1 to 65535\./],
    ['[]', /expected an object of options/],
    ['{', /is not JSON: /],
  ])('refuses %s and names the key', async (text, message) => {
    await write('second-look.config.json', text);
    const loading = loadConfig(undefined, folder);
    await expect(loading).rejects.toMatchObject({ code: 'bad-option' });
    await expect(loading).rejects.toThrow(message);
    await expect(loading).rejects.toThrow('second-look.config.json');
  });

  it('says what is wrong with a module, or with two of them', async () => {
    await write('second-look.config.ts', 'export const site = "dist";');
    await expect(loadConfig(undefined, folder)).rejects.toThrow(/exports no options: end it with/);
    await write('second-look.config.ts', 'throw new Error("from the config")');
    await expect(loadConfig(undefined, folder)).rejects.toThrow(/could not be run: from the config/);
    await write('second-look.config.ts', 'export default {,}');
    await expect(loadConfig(undefined, folder)).rejects.toThrow(/second-look\.config\.ts could not be run/);
    await write('second-look.config.json', '{}');
    await expect(loadConfig(undefined, folder)).rejects.toThrow(
      /has second-look\.config\.ts and second-look\.config\.json\. Keep one/,
    );
  });
});
