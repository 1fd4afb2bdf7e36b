import { selectAll, selectOne } from 'css-select';
import type { AnyNode, Element } from 'domhandler';
import { parse } from 'parse5';
import { adapter } from 'parse5-htmlparser2-tree-adapter';
import { MANIFEST } from '../engine/index-file/manifest-name.js';
import { isManifest } from '../engine/index-file/manifest-of.js';
import { type Answer, ask } from './ask.js';
import { decodePage } from '../indexer/decode-page.js';

/** A page that has the search, as its HTML says. */
export interface SearchPage {
  url: URL;
  headers: Headers;
  /** The script of ours that it loads, and whether by a nonce or a hash, which policies may allow by themselves. */
  script: URL | undefined;
  trusted: boolean;
  /** It has the box, or a part of it. */
  hasElement: boolean;
  /** Policies that it states itself. */
  policies: string[];
}

/** Where the index is, or several, and the page that named them. */
export interface Found {
  indexes: URL[];
  page: SearchPage | undefined;
}

/** Why there is neither: what the address, or the one that it leads to, answered in place of HTML. */
export interface NotFound {
  url: URL;
  status: number;
  type: string;
}

/** Where the box looks by default. */
const DEFAULT_INDEX = '/second-look/';
const ELEMENTS = 'second-look, second-look-input, second-look-results';

/**
 * Tells an index folder from a page.
 * @throws Error that says why there is no answer
 */
export async function findIndex(url: URL): Promise<Found | NotFound> {
  const folder = isManifest(url.pathname.replace(/^.*\//, '')) ? new URL('.', url) : asFolder(url);
  const manifest = await ask(new URL(MANIFEST, folder));
  if (manifest.status === 200 && isOurs(manifest.bytes))
    return { indexes: [new URL('.', manifest.url)], page: undefined };
  const answer = await ask(url, { headers: { accept: 'text/html' } });
  const type = answer.headers.get('content-type') ?? 'text/html';
  if (answer.status !== 200 || !/^(text\/html|application\/xhtml\+xml)\b/i.test(type))
    return { url: answer.url, status: answer.status, type };
  const { indexes, ...page } = readPage(answer);
  return { indexes, page };
}

function readPage({ url, headers, bytes }: Answer): SearchPage & Pick<Found, 'indexes'> {
  const document = parse(decodePage(bytes) ?? '', { treeAdapter: adapter });
  const base = selectOne<AnyNode, Element>('base[href]', document)?.attribs.href;
  const resolved = (link: string | undefined): URL | undefined => {
    const against = base !== undefined && URL.canParse(base, url) ? new URL(base, url) : url;
    return link !== undefined && URL.canParse(link, against) ? new URL(link, against) : undefined;
  };
  const script = selectAll<AnyNode, Element>('script[src]', document).find(({ attribs }) =>
    /(^|\/)second-look\.js([?#]|$)/.test(attribs.src ?? ''),
  );
  const elements = selectAll<AnyNode, Element>(ELEMENTS, document);
  const named = elements.flatMap(({ attribs }) => attribs.index?.split(/\s+/) ?? []).filter(Boolean);
  return {
    ...{ url, headers, hasElement: elements.length > 0 },
    script: resolved(script?.attribs.src),
    trusted: Boolean(script?.attribs.nonce ?? script?.attribs.integrity),
    policies: selectAll<AnyNode, Element>('meta[http-equiv="content-security-policy" i]', document).flatMap(
      ({ attribs }) => attribs.content ?? [],
    ),
    indexes: (named.length > 0 ? [...new Set(named)] : [DEFAULT_INDEX]).map((index) =>
      asFolder(resolved(index) ?? new URL(DEFAULT_INDEX, url)),
    ),
  };
}

function asFolder(url: URL): URL {
  const folder = new URL(url);
  folder.search = folder.hash = '';
  if (!folder.pathname.endsWith('/')) folder.pathname += '/';
  return folder;
}

function isOurs(bytes: Uint8Array): boolean {
  try {
    const { generator } = JSON.parse(new TextDecoder().decode(bytes)) as { generator?: unknown };
    return typeof generator === 'string' && generator.startsWith('second-look ');
  } catch {
    return false;
  }
}
