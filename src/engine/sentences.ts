const segmenters = new Map<string, Intl.Segmenter>();

/**
 * The sentences of a text, each with the space behind it.
 * @param language BCP 47
 */
export function sentencesOf(text: string, language: string): string[] {
  let segmenter = segmenters.get(language);
  if (!segmenter)
    segmenters.set(language, (segmenter = new Intl.Segmenter(language, { granularity: 'sentence' })));
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}
