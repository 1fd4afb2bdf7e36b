import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { getElementsByTagName, textContent } from 'domutils';
import { parseDocument } from 'htmlparser2';
import { messageOf, SearchError } from '../../engine/errors.js';
import { fetchWithin } from './fetch-within.js';

/** What sitemaps.org allows: 50,000 addresses, and 50 MB unpacked. */
const MOST_BYTES = 50 * 2 ** 20;
const MOST_SITEMAPS = 1000;
const MILLISECONDS = 30_000;

/**
 * The addresses of a sitemap's pages, in its order, each once; those of an index of sitemaps come from all of them. Where
 * every address is of one other origin, as a local server's that names the public site, they are taken for its own.
 * @throws SearchError `bad-option` that says which sitemap cannot be read
 */
export async function readSitemap(sitemap: URL): Promise<{ pages: URL[]; elsewhere: URL[] }> {
  const waiting = [sitemap];
  const read = new Set<string>();
  const found = new Map<string, URL>();
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    if (read.has(next.href)) continue;
    read.add(next.href);
    if (read.size > MOST_SITEMAPS) throw refused(sitemap, `it leads to more than ${MOST_SITEMAPS} sitemaps`);
    const { sitemaps, pages } = await fetchSitemap(next);
    waiting.push(...sitemaps.map((url) => onOrigin(url, sitemap)));
    for (const page of pages) found.set(page.href, page);
  }
  const addresses = [...found.values()];
  const origins = new Set(addresses.map(({ origin }) => origin));
  const pages = origins.size === 1 ? addresses.map((url) => onOrigin(url, sitemap)) : addresses;
  return {
    pages: pages.filter(({ origin }) => origin === sitemap.origin),
    elsewhere: pages.filter(({ origin }) => origin !== sitemap.origin),
  };
}

async function fetchSitemap(url: URL): Promise<{ sitemaps: URL[]; pages: URL[] }> {
  const document = parseDocument(await fetchText(url), { xmlMode: true });
  const root = getElementsByTagName((name) => name === 'urlset' || name === 'sitemapindex', document)[0];
  if (!root) throw refused(url, 'it is no sitemap: expected <urlset> or <sitemapindex>');
  const addresses = (name: string): URL[] =>
    getElementsByTagName(name, root.children, false).flatMap((entry) => {
      const loc = textContent(getElementsByTagName('loc', entry.children, false)).trim();
      return URL.canParse(loc, url) ? [withoutHash(new URL(loc, url))] : [];
    });
  return { sitemaps: addresses('sitemap'), pages: addresses('url') };
}

async function fetchText(url: URL): Promise<string> {
  try {
    const { bytes } = await fetchWithin(url, { most: MOST_BYTES, milliseconds: MILLISECONDS });
    const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return new TextDecoder().decode(
      packed ? await promisify(gunzip)(bytes, { maxOutputLength: MOST_BYTES }) : bytes,
    );
  } catch (error) {
    throw refused(url, messageOf(error));
  }
}

function onOrigin({ pathname, search }: URL, { origin }: URL): URL {
  return new URL(pathname + search, origin);
}

function withoutHash(url: URL): URL {
  url.hash = '';
  return url;
}

function refused(url: URL, why: string): SearchError {
  return new SearchError(
    'bad-option',
    `The sitemap ${url.href} cannot be read: ${why}. Start the site's server, and name its sitemap with --sitemap.`,
  );
}
