import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MANIFEST } from '../engine/index-file/manifest-name.js';
import { readVerified } from '../engine/index-file/source.js';
import { folderSource } from './folder-source.js';
import { IndexFolder } from './index-folder.js';

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

describe('IndexFolder', () => {
  let site: string;
  let out: string;
  beforeEach(() => {
    site = mkdtempSync(join(tmpdir(), 'second-look-index-'));
    out = join(site, 'second-look');
  });
  afterEach(() => rmSync(site, { recursive: true }));

  async function publish(content: string): Promise<void> {
    const index = await IndexFolder.begin(out);
    await index.add('keywords.bin', bytesOf(content));
    await index.addAs(
      MANIFEST,
      bytesOf(JSON.stringify({ format: 1, generator: 'second-look 0.1.0', content })),
    );
    await index.publish();
  }
  const manifest = (): unknown => JSON.parse(readFileSync(join(out, MANIFEST), 'utf8'));

  it('writes files whose names carry their hash, and that read back verified', async () => {
    const index = await IndexFolder.begin(out);
    const file = await index.add('passages/part.json', bytesOf('content'));
    await index.publish();
    expect(file.path).toMatch(/^passages\/part\.[0-9a-f]{8}\.json$/);
    expect(file.sha256.startsWith(file.path.slice(-13, -5))).toBe(true);
    expect(await readVerified(folderSource(out), file)).toEqual(bytesOf('content'));
  });

  it('gives a file another name when its content changes, so that caches never mix versions', async () => {
    const index = await IndexFolder.begin(out);
    const [one, other, again] = [
      await index.add('a.bin', bytesOf('one')),
      await index.add('a.bin', bytesOf('other')),
      await index.add('a.bin', bytesOf('one')),
    ];
    expect(other.path).not.toBe(one.path);
    expect(again).toEqual(one);
    await index.abandon();
  });

  it('shows nothing of a new index before it is published', async () => {
    const index = await IndexFolder.begin(out);
    await index.addAs(MANIFEST, bytesOf('{}'));
    expect(existsSync(out)).toBe(false);
    await index.publish();
    expect(readdirSync(out)).toEqual([MANIFEST]);
  });

  it('replaces a former index whole, and leaves nothing else behind', async () => {
    await publish('old');
    await publish('new');
    expect(manifest()).toMatchObject({ content: 'new' });
    expect(readdirSync(out)).toHaveLength(2);
    expect(readdirSync(site)).toEqual(['second-look']);
  });

  it('leaves the former index as it was when the new one is abandoned', async () => {
    await publish('old');
    const before = readdirSync(out);
    const index = await IndexFolder.begin(out);
    await index.addAs(MANIFEST, bytesOf('{"content": "new"}'));
    await index.abandon();
    expect(manifest()).toMatchObject({ content: 'old' });
    expect(readdirSync(out)).toEqual(before);
    expect(readdirSync(site)).toEqual(['second-look']);
  });

  it('refuses a folder that has other things in it, by name, and leaves them alone', async () => {
    mkdirSync(out);
    writeFileSync(join(out, 'thesis.txt'), 'years of work');
    await expect(IndexFolder.begin(out)).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringContaining(out) as string,
    });
    expect(readFileSync(join(out, 'thesis.txt'), 'utf8')).toBe('years of work');
    expect(readdirSync(site)).toEqual(['second-look']);
  });

  it('does not take the manifest.json of a web app for an index', async () => {
    mkdirSync(out);
    writeFileSync(join(out, MANIFEST), '{"name": "My app", "start_url": "/"}');
    await expect(IndexFolder.begin(out)).rejects.toMatchObject({ code: 'bad-option' });
    expect(readdirSync(out)).toEqual([MANIFEST]);
  });

  it('takes an empty folder, and one that is yet to be made', async () => {
    mkdirSync(out);
    await publish('first');
    out = join(site, 'new/folder');
    await publish('second');
    expect(manifest()).toMatchObject({ content: 'second' });
  });

  it('puts the former index back where a run was killed as it published', async () => {
    await publish('old');
    renameSync(out, join(site, '.second-look.draft-123-old'));
    const index = await IndexFolder.begin(out);
    expect(manifest()).toMatchObject({ content: 'old' });
    await index.abandon();
    expect(readdirSync(site)).toEqual(['second-look']);
  });

  it('counts the bytes that it has written', async () => {
    const index = await IndexFolder.begin(out);
    await index.add('a.bin', new Uint8Array(100));
    await index.addAs('b.js', new Uint8Array(20));
    expect(index.bytes).toBe(120);
    await index.abandon();
  });
});
