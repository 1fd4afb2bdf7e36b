/** Where a key's value is: in an element's text, in one of its attributes, or written beside the key. */
export interface ValueSource {
  key: string;
  attribute?: string;
  inline?: string;
}

const FROM_ELEMENT = /^\s*([^,:[\]]+?)\s*(?:\[\s*([^\]]+?)\s*\]\s*)?(?:,|$)/;
const INLINE = /^\s*([^,:[\]]+?)\s*:(.*)$/s;

/**
 * Reads what `data-pagefind-meta`, `-filter` and `-sort` say: `key`, `key[attribute]` or `key:value`, a list of them with
 * commas between. A written value takes the rest, commas and all, so it can only be the last.
 * @returns undefined where the text is none of these
 */
export function parseValueSources(text: string): ValueSource[] | undefined {
  const sources: ValueSource[] = [];
  for (let rest = text; rest.trim() !== '';) {
    const [element, key = '', attribute] = FROM_ELEMENT.exec(rest) ?? [];
    if (element === undefined) {
      const inline = INLINE.exec(rest);
      return inline ? [...sources, { key: inline[1]!, inline: inline[2]! }] : undefined;
    }
    sources.push({ key, ...(attribute !== undefined && { attribute: attribute.toLowerCase() }) });
    rest = rest.slice(element.length);
  }
  return sources.length > 0 ? sources : undefined;
}
