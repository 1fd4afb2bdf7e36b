import { SearchError } from '../engine/errors.js';
import type { SearchIndex } from '../engine/open-index.js';
import { pageOf } from './collection.js';
import { documentId } from './document-id.js';

/**
 * A remote engine's passages are known once it has found them. This gives the same index, which keeps the document of
 * each passage that it finds in `documentOf`, by the passage's number.
 * @throws SearchError `bad-option`, from a search, where the engine does not answer: a query without an answer is no
 * measurement
 */
export function rememberDocuments(
  index: SearchIndex,
  group: 'page' | undefined,
): { index: SearchIndex; documentOf: string[] } {
  const documentOf: string[] = [];
  const { retriever } = index;
  return {
    documentOf,
    index: {
      ...index,
      retriever: {
        passages: retriever.passages,
        preload: () => retriever.preload(),
        missing: () => retriever.missing(),
        async *retrieve(query, signal) {
          for await (const look of retriever.retrieve(query, signal)) {
            const failed = retriever.missing().find(({ part }) => part === 'remote');
            if (failed)
              throw new SearchError(
                'bad-option',
                `The query "${query.typed}" has no answer. ${failed.reason}`,
              );
            const { passages } = await retriever.passages.get(look.candidates.map(({ passage }) => passage));
            for (const [number, passage] of passages)
              documentOf[number] = group === 'page' ? pageOf(documentId(passage)) : documentId(passage);
            yield look;
          }
        },
      },
    },
  };
}
