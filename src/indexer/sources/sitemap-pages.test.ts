import { createServer, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { type ReadSite, siteOf } from '../read-site.js';
import { sitemapPages } from './sitemap-pages.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A site of files by path; a number is a status, a text that begins with / a redirect. */
async function site(
  files: Record<string, string | number | Uint8Array>,
  asked: string[] = [],
): Promise<string> {
  return serve(({ url = '' }, response) => {
    asked.push(url);
    const file = files[url] ?? 404;
    if (typeof file === 'number') response.writeHead(file).end();
    else if (typeof file === 'string' && /^(\/|https?:)/.test(file))
      response.writeHead(302, { location: file }).end();
    else
      response.writeHead(200, { 'content-type': url.includes('.xml') ? 'text/xml' : 'text/html' }).end(file);
  });
}

const urlset = (...locs: string[]): string =>
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="i">${locs
    .map((loc) => `<url><loc> ${loc} </loc><image:image><image:loc>/x.png</image:loc></image:image></url>`)
    .join('')}</urlset>`;
const read = (origin: string, more = {}): Promise<ReadSite> =>
  siteOf(sitemapPages(new URL('/sitemap.xml', origin), { maxPageBytes: 1e6, maxPages: 100, ...more }));

describe('sitemapPages', () => {
  it('reads the pages of a sitemap, with URLs seen from the root', async () => {
    const origin = await site({
      '/sitemap.xml': urlset('/', '/guide/index.html', '/a%20b?x=1&amp;y=2#part', '/guide/'),
      '/': '<p>Home',
      '/guide/index.html': '<p>Guide',
      '/guide/': '<p>Guide',
      '/a%20b?x=1&y=2': '<p>Query',
    });
    const { pages, skipped } = await read(origin);
    expect(pages.map(({ url }) => url)).toEqual(['', 'guide/', 'a%20b?x=1&y=2']);
    expect(skipped).toEqual([
      { file: '/guide/', reason: expect.stringContaining('same page as /guide/index.html') as string },
    ]);
  });

  it('asks the local server where a sitemap names the public site, and follows an index of sitemaps', async () => {
    const asked: string[] = [];
    const origin = await site(
      {
        '/sitemap.xml':
          '<sitemapindex><sitemap><loc>https://example.org/s/1.xml.gz</loc></sitemap></sitemapindex>',
        '/s/1.xml.gz': gzipSync(urlset('https://example.org/a', '<![CDATA[https://example.org/b]]>')),
        '/a': '<p>A',
        '/b': '<p>B',
      },
      asked,
    );
    expect((await read(origin)).pages.map(({ url }) => url)).toEqual(['a', 'b']);
    expect(asked).toEqual(['/sitemap.xml', '/s/1.xml.gz', '/a', '/b']);
  });

  it('asks no other host, whatever a sitemap or a redirect says', async () => {
    const askedElsewhere: string[] = [];
    const other = await site({ '/x': '<p>Other', '/y': '<p>Other' }, askedElsewhere);
    const origin = await site({
      '/sitemap.xml': urlset('/a', `${other}/x`, '/moved', '/away'),
      '/a': '<p>A',
      '/moved': '/new',
      '/new': '<p>New',
      '/away': `${other}/y`,
    });
    const { pages, skipped } = await read(origin);
    expect(pages.map(({ url }) => url)).toEqual(['a', 'new']);
    expect(skipped).toEqual([
      { file: `${other}/x`, reason: `it is not on ${origin}` },
      { file: '/away', reason: `it redirects to another host, ${other}` },
    ]);
    expect(askedElsewhere).toEqual([]);
  });

  it('skips what is no page, and says why', async () => {
    const origin = await serve(({ url }, response) => {
      if (url === '/sitemap.xml') response.end(urlset('/gone', '/pdf', '/big', '/robots', '/ok', '/loop'));
      else if (url === '/gone') response.writeHead(410).end();
      else if (url === '/loop') response.writeHead(301, { location: '/loop' }).end();
      else if (url === '/pdf') response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF');
      else if (url === '/robots') response.writeHead(200, { 'x-robots-tag': 'noindex' }).end('<p>x');
      else response.end(`<p>${url === '/big' ? 'x'.repeat(2e6) : 'x'}`);
    });
    const { pages, skipped } = await read(origin);
    expect(pages.map(({ url }) => url)).toEqual(['ok']);
    expect(skipped.map(({ file, reason }) => `${file}: ${reason}`)).toEqual([
      '/gone: HTTP 410',
      '/pdf: it is no HTML but application/pdf',
      '/big: it has more than 1.0 MB',
      '/robots: its X-Robots-Tag says noindex',
      '/loop: it redirects more than 5 times',
    ]);
  });

  it('says what is wrong with a sitemap', async () => {
    const origin = await site({ '/sitemap.xml': urlset('/a', '/b', '/c') });
    await expect(read(origin, { maxPages: 2 })).rejects.toThrow(/names 3 pages, more than 2.*--max-pages/);
    await expect(read(await site({}))).rejects.toThrow(/sitemap\.xml cannot be read: HTTP 404/);
    await expect(read(await site({ '/sitemap.xml': '<html></html>' }))).rejects.toThrow(/it is no sitemap/);
    await expect(read('http://127.0.0.1:9')).rejects.toMatchObject({ code: 'bad-option' });
  });
});
