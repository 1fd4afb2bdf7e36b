import { loadCode } from '../load-code.js';
import { type Analyser, createAnalyser } from './analyse.js';
import { english, stemEnglish } from './english.js';

/**
 * The analyser of a language. English is there at once; any other loads a small file. One that has no stemmer has its
 * words cut and folded alone.
 * @param tag BCP 47
 * @throws SearchError `missing-file` when the language's file cannot be had
 */
export async function analyserFor(tag: string): Promise<Analyser> {
  if (/^en\b/i.test(tag)) return english;
  return loadCode('language-rules.js', async () => {
    const { languageRules } = await import('./language-rules.js');
    return createAnalyser(await languageRules(tag, stemEnglish));
  });
}
