/**
 * The language of an index that serves a wanted one best: itself, what it is a part of (`pt` for `pt-BR`), or another
 * part of that (`pt-PT`). Undefined where there is none.
 * @param wanted BCP 47, or whatever a page has in `lang`
 */
export function bestLanguage(wanted: string, languages: readonly string[]): string | undefined {
  const tags = wanted.toLowerCase().split(/[-_]/);
  for (let length = tags.length; length > 0; length--) {
    const tag = tags.slice(0, length).join('-');
    const found = languages.find((language) => language.toLowerCase() === tag);
    if (found) return found;
  }
  return languages.find((language) => language.toLowerCase().startsWith(`${tags[0]!}-`));
}
