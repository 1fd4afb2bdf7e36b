import { answeringSentences } from './answering-sentences.js';
import type { ExcerptMaker } from './excerpt-maker.js';
import type { Passage } from './index-file/passage-file.js';
import type { SearchIndex } from './open-index.js';

/** Rows whose excerpts are looked at: about what fits a screen. */
const ROWS = 6;

/**
 * Where the words of a query are not all in an excerpt, lets it begin with the sentence that is nearest to the query in
 * meaning. Where the embedder cannot be had, excerpts stay as words have them.
 * @param passages in the order of their rows
 * @throws the signal's reason once it is aborted
 */
export async function beginByMeaning(
  { embedder, manifest }: SearchIndex,
  query: string,
  excerpts: ExcerptMaker,
  passages: readonly Passage[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const lacking = passages.slice(0, ROWS).filter(excerpts.lacks);
  if (query === '' || lacking.length === 0) return;
  const starts = await embedder.use(
    (model) => answeringSentences(model, query, lacking, manifest.language, signal),
    signal,
  );
  for (const passage of lacking) {
    const start = starts?.get(passage.id);
    if (start !== undefined) excerpts.begin(passage, start);
  }
}
