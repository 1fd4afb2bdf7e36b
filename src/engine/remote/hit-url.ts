const LONGEST_URL = 2000;

/** Where a site's pages may lie. */
export interface Site {
  /** The site's root, from which relative addresses count. */
  root: URL;
  /** Whether the root is the real one: an index on disk may not know it. */
  known: boolean;
  /** Origins of pages besides the root's own. */
  origins: readonly string[];
}

/** Stands for the site where its index lies on disk and its address is not known. */
const UNKNOWN = 'http://site.invalid/';

/** A site by its root, which may be relative to the index. */
export function siteOf(root: string, index: string, origins: readonly string[]): Site {
  const base = URL.canParse(index) && /^https?:/.test(index) ? index : UNKNOWN;
  const url = new URL(URL.canParse(root, base) ? root : '/', base);
  return {
    root: url,
    known: !url.href.startsWith(UNKNOWN),
    origins: origins.map((origin) => new URL(origin).origin),
  };
}

/** The address of a hit's page, absolute where the site's is known, and the anchor in it. */
export interface HitUrl {
  page: string;
  anchor: string;
}

/** Reads an address; says why it is not one of the site. */
export function readHitUrl(address: string, { root, known, origins }: Site): HitUrl | { refused: string } {
  if (address.length > LONGEST_URL || !URL.canParse(address, root)) return { refused: 'it is no URL' };
  const url = new URL(address, root);
  if (!/^https?:$/.test(url.protocol)) return { refused: 'it is not http or https' };
  if (url.username !== '' || url.password !== '') return { refused: 'it has a user name' };
  if (url.origin !== root.origin && !origins.includes(url.origin))
    return {
      refused: `${url.origin} is not this site's origin; name it in "origins" if its pages are yours`,
    };
  const anchor = decoded(url.hash.slice(1));
  url.hash = '';
  return {
    page: !known && url.origin === root.origin ? url.pathname + url.search : url.href,
    anchor,
  };
}

function decoded(hash: string): string {
  try {
    return decodeURIComponent(hash);
  } catch {
    return '';
  }
}
