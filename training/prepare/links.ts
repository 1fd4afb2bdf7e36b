import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { selectAll } from 'css-select';
import type { AnyNode, Element } from 'domhandler';
import { textContent } from 'domutils';
import { parse } from 'parse5';
import { adapter } from 'parse5-htmlparser2-tree-adapter';
import { glob } from 'tinyglobby';

/** A link's text, and where it leads: URLs as the index has them. */
export interface SiteLink {
  text: string;
  page: string;
  anchor: string;
}

export interface SiteLinks {
  links: SiteLink[];
  /** The ids of each page in the order of its text: a section's own, and those inside it. */
  ids: Map<string, string[]>;
}

/** Texts that say nothing of where they lead. */
const EMPTY_TEXT =
  /^(here|this|link|more|next|prev(ious)?|up|top|back|home|index|contents|source|modules?|see( also| below| above)?|\[?source\]?|(section|chapter|table|figure|appendix|example|part|note) [\w.]+|[\W\d]*)$/i;
const SHORTEST = 3;
const MOST_WORDS = 12;
/** A text that leads to more places than this is ambiguous. */
const MOST_TARGETS = 2;

/** Reads the links between the pages of a built site, each text and target once; entries of printed indexes are such. */
export async function readLinks(folder: string): Promise<SiteLinks> {
  const files = (await glob(['**/*.{html,htm}'], { cwd: folder })).sort();
  const ids = new Map<string, string[]>();
  const found = new Map<string, SiteLink>();
  const targets = new Map<string, number>();
  for (const file of files) {
    const document = parse((await readFile(join(folder, file))).toString(), { treeAdapter: adapter });
    ids.set(urlOf(file), idsOf(document));
    for (const element of selectAll<AnyNode, Element>('a[href]', document)) {
      const text = textContent(element)
        .replace(/\s+/g, ' ')
        .replace(/¶|^\s*\d+(\.\d+)*\.?\s/g, '')
        .trim();
      const target = targetOf(element.attribs.href ?? '', file);
      if (!target || !isTelling(text)) continue;
      const key = `${text.toLowerCase()} ${target.page}#${target.anchor}`;
      if (found.has(key)) continue;
      found.set(key, { text, ...target });
      targets.set(text.toLowerCase(), (targets.get(text.toLowerCase()) ?? 0) + 1);
    }
  }
  const links = [...found.values()].filter(({ text }) => targets.get(text.toLowerCase())! <= MOST_TARGETS);
  return { links, ids };
}

/** Whether a link's text could be what somebody looks for. */
export function isTelling(text: string): boolean {
  return (
    text.length >= SHORTEST &&
    text.split(' ').length <= MOST_WORDS &&
    !EMPTY_TEXT.test(text) &&
    !/^(https?:|www\.)/.test(text)
  );
}

function targetOf(href: string, file: string): Omit<SiteLink, 'text'> | undefined {
  const base = 'https://site/';
  if (!URL.canParse(href, base + file)) return undefined;
  const { origin, pathname, hash } = new URL(href, base + file);
  if (`${origin}/` !== base || !/\.html?$|\/$/.test(pathname)) return undefined;
  try {
    return { page: urlOf(decodeURIComponent(pathname.slice(1))), anchor: decodeURIComponent(hash.slice(1)) };
  } catch {
    return undefined;
  }
}

function idsOf(document: AnyNode): string[] {
  return selectAll<AnyNode, Element>('[id], a[name]', document).map(
    ({ attribs }) => attribs.id ?? attribs.name ?? '',
  );
}

/** As the index calls a page. */
function urlOf(file: string): string {
  return file
    .split('/')
    .map(encodeURIComponent)
    .join('/')
    .replace(/(^|\/)index\.html?$/, '$1');
}
