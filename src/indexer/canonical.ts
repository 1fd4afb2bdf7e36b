import { decodedPath } from '../engine/decoded-path.js';

/**
 * Which page of the site a page is a copy of, by its `rel=canonical`; undefined when it is its own, or of no page here.
 * Canonical URLs are absolute and the site's address is not known here, so their paths are compared from the end.
 * @param url relative to the site's root
 * @param urls those of all pages, by their decoded paths: one encodes `@` and the other does not
 */
export function originalOf(
  url: string,
  canonical: string | undefined,
  urls: ReadonlyMap<string, string>,
): string | undefined {
  const base = `http://site/${url}`;
  if (canonical === undefined || !URL.canParse(canonical, base)) return undefined;
  const parts = decodedPath(new URL(canonical, base).pathname).slice(1).split('/');
  const candidates = parts
    .map((_, from) => parts.slice(from).join('/'))
    .flatMap((path) => [path.replace(/(^|\/)index\.html$/, '$1'), `${path}.html`, `${path}/`]);
  if (candidates.includes(decodedPath(url))) return undefined;
  // The root is the end of every path that ends in a slash, so it says nothing.
  const original = candidates.find((candidate) => candidate !== '' && urls.has(candidate));
  return original && urls.get(original);
}
