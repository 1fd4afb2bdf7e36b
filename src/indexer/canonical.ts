/**
 * Which page of the site a page is a copy of, by its `rel=canonical`; undefined when it is its own, or of no page here.
 * Canonical URLs are absolute and the site's address is not known here, so their paths are compared from the end.
 * @param url relative to the site's root, like those in `urls`
 */
export function originalOf(
  url: string,
  canonical: string | undefined,
  urls: ReadonlySet<string>,
): string | undefined {
  const base = `http://site/${url}`;
  if (canonical === undefined || !URL.canParse(canonical, base)) return undefined;
  const parts = new URL(canonical, base).pathname.slice(1).split('/');
  const candidates = parts
    .map((_, from) => parts.slice(from).join('/'))
    .flatMap((path) => [path.replace(/(^|\/)index\.html$/, '$1'), `${path}.html`, `${path}/`]);
  if (candidates.includes(url)) return undefined;
  // The root is the end of every path that ends in a slash, so it says nothing.
  return candidates.find((candidate) => candidate !== '' && urls.has(candidate));
}
