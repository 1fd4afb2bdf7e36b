import { beforeEach, expect, it, vi } from 'vitest';
import { manifestOf } from '../engine/index-file/manifest-of.js';
import { OfflineSite } from '../testing/offline-site.js';
import { KEPT_FILES } from '../worker/large-files.js';
import {
  availableOffline,
  makeAvailableOffline,
  removeOffline,
  updateOffline,
} from './make-available-offline.js';

let site: OfflineSite;
let index: string;

beforeEach(async () => {
  site = new OfflineSite();
  ({ index } = site);
  site.stub();
  await site.publish(['en', 'de']);
  return () => vi.unstubAllGlobals();
});

it('leaves the models that were there to a visitor who gives up, and takes them over from one who does not', async () => {
  const kept = site.cache(KEPT_FILES);
  await kept.put(index + site.model, new Response('weights'));
  const controller = new AbortController();
  const onProgress = (): void => controller.abort(new Error('given up'));
  await expect(makeAvailableOffline({ index, onProgress, signal: controller.signal })).rejects.toThrow(
    'given up',
  );
  expect(await availableOffline(index)).toBeUndefined();
  expect([...kept.responses.keys()]).toEqual([index + site.model]);
  site.files.delete(site.model);
  const { files } = await makeAvailableOffline({ index });
  expect(files.map(({ path }) => path)).toContain(site.model);
  expect([...kept.responses.keys()]).toEqual([]);
});

it('is brought up to date where the site has no page of its language any more', async () => {
  await makeAvailableOffline({ index, languages: ['de'] });
  await site.publish(['fr']);
  await updateOffline(index);
  const { files } = (await availableOffline(index))!;
  const paths = files.map(({ path }) => path);
  expect(paths).not.toContain(manifestOf('de'));
  for (const path of paths) expect(site.files.has(path), path).toBe(true);
  expect(paths.some((path) => path.startsWith('keywords/'))).toBe(true);
  // It is of the language again once the site is.
  await site.publish(['fr', 'de']);
  await updateOffline(index);
  expect((await availableOffline(index))!.files.map(({ path }) => path)).toContain(manifestOf('de'));
});

it('is there for a visitor who has turned it off and on again', async () => {
  await makeAvailableOffline({ index });
  const [, { files }] = await Promise.all([removeOffline(index), makeAvailableOffline({ index })]);
  expect((await availableOffline(index))?.files).toEqual(files);
});

it('keeps to what was asked for last, where that takes the same files', async () => {
  await makeAvailableOffline({ index, languages: ['en', 'de'] });
  await makeAvailableOffline({ index });
  await site.publish(['en', 'de', 'fr']);
  await updateOffline(index);
  const { files } = (await availableOffline(index))!;
  expect(files.map(({ path }) => path)).toContain(manifestOf('fr'));
});
