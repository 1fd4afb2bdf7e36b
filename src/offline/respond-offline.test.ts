import { beforeEach, expect, it, vi } from 'vitest';
import { MANIFEST } from '../engine/index-file/manifest-name.js';
import { manifestOf } from '../engine/index-file/manifest-of.js';
import { OfflineSite } from '../testing/offline-site.js';
import { makeAvailableOffline } from './make-available-offline.js';
import { respondOffline } from './respond-offline.js';

let site: OfflineSite;

beforeEach(async () => {
  site = new OfflineSite();
  site.stub();
  await site.publish(['en', 'de']);
  return () => vi.unstubAllGlobals();
});

/** What a page gets of a file, once all that follows from that is done. */
async function got(path: string): Promise<string> {
  const under: Promise<unknown>[] = [];
  let response: Promise<Response> | undefined;
  respondOffline(
    {
      request: new Request(site.index + path),
      respondWith: (answer) => (response = answer),
      waitUntil: (work) => under.push(work),
    },
    site.index,
  );
  const text = await (await response)!.text();
  await Promise.all(under);
  return text;
}
const published = (path: string): string => new TextDecoder().decode(site.files.get(path));

it('answers from the copy, and has the next page get what the site has by then', async () => {
  await makeAvailableOffline({ index: site.index });
  const before = published(MANIFEST);
  await site.publish(['en', 'de'], '2');
  expect(await got(MANIFEST)).toBe(before);
  expect(await got(MANIFEST)).toBe(published(MANIFEST));
});

it('leaves pages of languages that the copy does not have to the site, while that can be reached', async () => {
  await makeAvailableOffline({ index: site.index, languages: ['de'] });
  const [main, german] = [published(MANIFEST), published(manifestOf('de'))];
  await site.publish(['en', 'de'], '2');
  expect(await got(manifestOf('de'))).toBe(german);
  expect(await got(MANIFEST)).toBe(published(MANIFEST));
  const updated = published(MANIFEST);
  site.files.set(MANIFEST, Buffer.from(updated.replace(/"format":\d+/, '"format":999')));
  expect(await got(MANIFEST)).toBe(updated);
  site.files.set(MANIFEST, Buffer.from('<h1>Log in to this network</h1>'));
  expect(await got(MANIFEST)).toBe(updated);
  await site.publish(['en', 'de'], '3');
  site.isOnline = false;
  expect(await got(MANIFEST)).toBe(updated);
  expect(updated).not.toBe(main);
});
