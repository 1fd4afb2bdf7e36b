/** Languages of hub models by name, BCP 47; a folder's `second-look.json` says it better. Others count as fit for all. */
const KNOWN: { name: RegExp; languages: readonly string[] }[] = [
  { name: /all-MiniLM-L\d+-v|all-mpnet-base|multi-qa-|\bms-?marco-/, languages: ['en'] },
  { name: /bge-\w+-en|[-_]en(-v[\d.]+)?$/, languages: ['en'] },
  { name: /bge-\w+-zh/, languages: ['zh'] },
  { name: /(^|\/)(e5|gte)-(small|base|large)(-v2)?$|arctic-embed-\w+$/, languages: ['en'] },
];

/** The languages that a model is known to read by its name. */
export function knownLanguages(name: string): readonly string[] | undefined {
  return KNOWN.find((model) => model.name.test(name))?.languages;
}

/** Whether a model reads a language; one of which nothing is known reads all. */
export function reads(languages: readonly string[] | undefined, language: string): boolean {
  const base = (tag: string): string => tag.split('-')[0]!.toLowerCase();
  return !languages || languages.some((tag) => base(tag) === base(language));
}

/** The model, where it reads the language. */
export function forLanguage<T extends { languages: readonly string[] | undefined }>(
  model: T | undefined,
  language: string,
): T | undefined {
  return model && reads(model.languages, language) ? model : undefined;
}
