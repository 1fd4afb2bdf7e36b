import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { modelFolder, readArchitecture, readSettings } from './model-folder.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-look-model-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);

describe('a model folder', () => {
  it('names the files that it lacks', async () => {
    await write('config.json', '{}');
    expect(() => modelFolder('mine', folder)).toThrow(/lacks tokenizer\.json, tokenizer_config\.json, ONNX/);
  });

  it('says how the model wants to be used, or nothing', async () => {
    expect(await readSettings({ folder })).toEqual({});
    const settings = { weight: 0.3, odds: 0.2, calibration: { scale: 0.4, offset: -1 }, languages: ['en'] };
    await write('second-look.json', JSON.stringify(settings));
    expect(await readSettings({ folder })).toEqual(settings);
  });

  it.each([
    ['a share above 1', '{"odds": 2}', /second-look\.json: odds: /],
    ['a setting that there is not', '{"wieght": 0.5}', /second-look\.json: wieght: /],
    ['a language that is none', '{"languages": ["English!"]}', /languages\.0: expected a BCP 47 tag/],
    ['no JSON', '{"weight": ', /second-look\.json is not JSON: /],
  ])('refuses %s, with file and setting', async (_, text, message) => {
    await write('second-look.json', text);
    await expect(readSettings({ folder })).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringMatching(message) as string,
    });
  });

  it('says the width of its vectors, and refuses a config of something else', async () => {
    const model = { name: 'mine', folder, weights: 'model.onnx' };
    await write('config.json', '{"hidden_size": 384}');
    expect(await readArchitecture(model)).toEqual({ width: 384, positions: 512 });
    await write('config.json', '{"model_type": "clip"}');
    await expect(readArchitecture(model)).rejects.toThrow(/config\.json names no hidden_size/);
    await write('config.json', 'oops');
    await expect(readArchitecture(model)).rejects.toThrow(/config\.json is not JSON/);
  });
});
