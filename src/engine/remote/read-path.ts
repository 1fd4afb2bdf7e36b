import type { Source } from './settings.js';

/** Longest text that is read of a hit, in characters; what is beyond is cut off. */
const LONGEST = 20_000;

/**
 * What stands at a path of dots in an answer; undefined where nothing does. A key may have dots itself, as
 * `hierarchy.lvl1` has in Typesense's flattened documents. Only an object's own keys count.
 */
export function at(value: unknown, path: string): unknown {
  if (path === '') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, path)) return (value as Record<string, unknown>)[path];
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
    const key = path.slice(0, dot);
    if (!Object.hasOwn(value, key)) continue;
    const found = at((value as Record<string, unknown>)[key], path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The first text that a source gives; undefined where none does. Several texts, such as fragments, are joined. */
export function textAt(hit: unknown, source: Source | undefined): string | undefined {
  for (const path of [source ?? []].flat()) {
    const text = path.includes('{') ? filled(path, hit) : asText(at(hit, path));
    if (text !== undefined) return text;
  }
  return undefined;
}

/** A list of texts at a path: an array's members, or the one that is there. */
export function textsAt(hit: unknown, source: Source): string[] {
  for (const path of [source].flat()) {
    const found = at(hit, path);
    const texts = (Array.isArray(found) ? found.slice(0, 20) : [found]).flatMap((item) => asText(item) ?? []);
    if (texts.length > 0) return texts;
  }
  return [];
}

/** The first number that a source gives. */
export function numberAt(hit: unknown, source: Source | undefined): number | undefined {
  for (const path of [source ?? []].flat()) {
    const found = at(hit, path);
    if (typeof found === 'number' && Number.isFinite(found)) return found;
  }
  return undefined;
}

function asText(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    const texts = value.slice(0, 20).flatMap((item) => (typeof item === 'string' ? [item] : []));
    return texts.length > 0 ? asText(texts.join(' … ')) : undefined;
  }
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return undefined;
  // Control characters apart from white space have no business in a text.

  const clean = value
    .slice(0, LONGEST)
    .replace(/[\u0000-\u0008\u000e-\u001f\u007f]/g, '')
    .trim();
  return clean === '' ? undefined : clean;
}

/**
 * Fills a template such as `/docs/{slug}#{anchor}`; undefined where a part of it is missing. What is put in is encoded
 * for an address, all but slashes; only what a template begins with may be an address itself.
 */
function filled(template: string, hit: unknown): string | undefined {
  let missing = false;
  const text = template.replace(/\{([^{}]*)\}/g, (_, path: string, offset: number) => {
    const value = asText(at(hit, path));
    if (value === undefined) missing = true;
    return offset === 0 ? (value ?? '') : encoded(value ?? '');
  });
  return missing ? undefined : text;
}

function encoded(value: string): string {
  try {
    return encodeURIComponent(value).replaceAll('%2F', '/');
  } catch {
    // Half a surrogate pair, which no address can have.
    return '';
  }
}
