import { messageOf, SearchError } from '../../engine/errors.js';
import { decodePage } from '../decode-page.js';
import { type ParsedPage, parsePage } from '../parse-page.js';
import { fetchWithin } from './fetch-within.js';
import { readSitemap } from './read-sitemap.js';
import type { SourceOptions, SourcePage } from './source-page.js';

export interface SitemapOptions extends SourceOptions {
  /** More pages than these are an error. */
  maxPages: number;
}

/** Asked for at once. */
const TOGETHER = 4;
const MILLISECONDS = 30_000;

/**
 * The pages that a sitemap names, fetched from its own origin and from no other.
 * @throws SearchError `bad-option` when the sitemap cannot be read or names too many pages
 */
export async function* sitemapPages(
  sitemap: URL,
  { maxPages, maxPageBytes, selectors, onProgress }: SitemapOptions,
): AsyncGenerator<SourcePage> {
  const { pages, elsewhere } = await readSitemap(sitemap);
  if (pages.length > maxPages)
    throw new SearchError(
      'bad-option',
      `The sitemap ${sitemap.href} names ${pages.length} pages, more than ${maxPages}. Raise the limit with --max-pages.`,
    );
  for (const { href } of elsewhere)
    yield { file: href, url: href, page: { skipped: `it is not on ${sitemap.origin}` } };
  const seen = new Map<string, string>();
  for (let first = 0; first < pages.length; first += TOGETHER) {
    for (const fetched of await Promise.all(pages.slice(first, first + TOGETHER).map(read))) {
      const twin = seen.get(fetched.url);
      seen.set(fetched.url, twin ?? fetched.file);
      yield twin === undefined
        ? fetched
        : { ...fetched, page: { skipped: `it leads to the same page as ${twin}` } };
    }
    onProgress?.(Math.min(first + TOGETHER, pages.length), pages.length);
  }

  async function read(url: URL): Promise<SourcePage> {
    try {
      const {
        bytes,
        headers,
        url: final,
      } = await fetchWithin(url, {
        ...{ most: maxPageBytes, milliseconds: MILLISECONDS },
      });
      return { file: url.pathname + url.search, url: relativeUrl(final), page: readPage(bytes, headers) };
    } catch (error) {
      const reason = error instanceof RangeError ? 'its tags are nested too deep' : messageOf(error);
      return { file: url.pathname + url.search, url: relativeUrl(url), page: { skipped: reason } };
    }
  }

  function readPage(bytes: Uint8Array, headers: Headers): ParsedPage {
    const type = headers.get('content-type') ?? 'text/html';
    if (!/^(text\/html|application\/xhtml\+xml)\b/i.test(type))
      return { skipped: `it is no HTML but ${type}` };
    if (/\b(noindex|none)\b/i.test(headers.get('x-robots-tag') ?? ''))
      return { skipped: 'its X-Robots-Tag says noindex' };
    const html = decodePage(bytes);
    return html === undefined ? { skipped: 'it is not text' } : parsePage(html, selectors);
  }
}

/** A page's URL as seen from the root of its host. */
function relativeUrl({ pathname, search }: URL): string {
  return pathname.replace(/^\/+/, '').replace(/(^|\/)index\.html?$/, '$1') + search;
}
