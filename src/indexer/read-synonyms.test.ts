import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSynonymsFile } from './read-synonyms.js';

describe('readSynonymsFile', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'second-look-synonyms-'));
    file = join(folder, 'synonyms.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('reads groups, whose words stand for each other, and pairs that hold one way', async () => {
    writeFileSync(
      file,
      '[["k8s", "kubernetes"], {"from": "ci", "to": ["continuous integration", "pipeline"]}]',
    );
    expect(await readSynonymsFile(file)).toEqual([
      ['k8s', ['kubernetes']],
      ['kubernetes', ['k8s']],
      ['ci', ['continuous integration', 'pipeline']],
    ]);
  });

  it.each([
    ['{"a": "b"}', /expected a list/],
    ['[["a"', /JSON/],
    ['[["k8s", "kubernetes"], ["alone"]]', /entry 2, \["alone"\].*expected at least 2/],
    ['[["a", 1]]', /entry 1.*at 1: expected words as a string/],
    ['[["a", "?!"]]', /entry 1.*expected at least one letter/],
    ['["a"]', /entry 1, "a": expected a list of words, or/],
    ['[{"from": "a"}]', /entry 1.*to/],
    ['[{"from": "a", "to": []}]', /entry 1.*at to: expected at least 1/],
    ['[{"from": "a", "to": ["b"], "both": true}]', /entry 1/],
    [`[["a", "${'b'.repeat(101)}"]]`, /expected at most 100 characters/],
    [JSON.stringify(Array.from({ length: 1001 }, () => ['a', 'b'])), /1001 entries; expected at most 1000/],
  ])('refuses %s, and names the file and the entry', async (text, message) => {
    writeFileSync(file, text);
    const refusal = readSynonymsFile(file);
    await expect(refusal).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringMatching(message) as string,
    });
    await expect(refusal).rejects.toThrow(file);
  });

  it('names a file that is not there', async () => {
    await expect(readSynonymsFile(file)).rejects.toThrow(/synonyms\.json.*ENOENT/);
  });
});
