/** A query taken apart: what is looked for, and what is asked of every result. */
export interface ParsedQuery {
  /** What is looked for: the query without its quotes and without what it excludes. */
  plain: string;
  /** What each result has word for word. */
  phrases: string[];
  /** Words that no result has. */
  excluded: string[];
}

/** What stands in quotes, whatever it is; or what is excluded, of three letters or more: `-g`, `-la` and `--save` are flags. */
const SYNTAX = /(^|\s)(?:["“”„«「]([^"“”«»「」]+)["“”»」](?=[\s?!.,;:)]|$)|-(\p{L}{3,})(?=\s|$))/gu;

/**
 * Reads the query's syntax: `"in quotes"` stands in each result word for word, and a result has no `-word`. A quote that
 * is still open is text, and so is `-word` by itself: something must be left to look for.
 */
export function parseQuery(text: string): ParsedQuery {
  const phrases: string[] = [];
  const excluded: string[] = [];
  const plain = text.replace(SYNTAX, (all: string, before: string, phrase?: string, word?: string) => {
    if (word) excluded.push(word);
    else if (phrase && wordsOf(phrase).length > 0) phrases.push(phrase.trim());
    else return all;
    return `${before}${phrase ?? ''} `;
  });
  return wordsOf(plain).length > 0 ? { plain, phrases, excluded } : { plain: text, phrases, excluded: [] };
}

/** Words without the marks between them. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}\p{M}_]+/gu) ?? [];
}
