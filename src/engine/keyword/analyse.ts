import { isUnspaced, segments } from './segments.js';

/** A term and where in the text it stands: `text.slice(start, end)` is what a highlight marks. */
export interface Token {
  term: string;
  start: number;
  end: number;
  /** A compound kept whole (`package.json`, `--save-dev`); its parts come as tokens of their own. */
  whole: boolean;
}

/** Letters and digits, joined by the characters that identifiers, paths, versions and scopes are joined by. */
const COMPOUND = /[\p{L}\p{N}\p{M}_]+(?:[.\-/:@'’+#][\p{L}\p{N}\p{M}_]+)*(?:\+\+|#)?/gu;
/** The parts of a compound: `saveDev2_x` → save, Dev, 2, x. An apostrophe stays inside its word. */
const PART = /\p{Lu}{2,}s(?!\p{L})|\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{M}'’]+|\p{N}+/gu;
const LONGEST_TERM = 40;

/** How a language's words become terms. */
export interface LanguageRules {
  /** The stem of a folded word of letters. */
  stem: (word: string) => string;
  /** Folded words that carry no topic. */
  stopWords: ReadonlySet<string>;
}

/** Cuts texts and queries of one language into terms, the same way when an index is built and when it is searched. */
export interface Analyser {
  /**
   * Cuts a text into terms: lower-cased, without accents, stemmed, stop words left out. A compound gives itself,
   * unstemmed, and each of its parts; a run of Chinese, Japanese or Thai the words in it.
   */
  readonly tokens: (text: string) => Generator<Token>;
  /** Reads a query. Its last word counts as unfinished until something that is not a letter or digit follows it. */
  readonly analyseQuery: (text: string) => AnalysedQuery;
}

/** A query as the keyword index reads it. */
export interface AnalysedQuery {
  /** Finished words, each once. */
  terms: string[];
  /** The last word; absent when a space or a mark ends it. */
  unfinished?: {
    /** As typed so far, folded but not stemmed. */
    typed: string;
    /** What it would be if it were finished; empty for a stop word. */
    term: string;
  };
  /** The terms of single words in order, compounds apart: what an exact title must consist of. */
  words: string[];
}

/** An analyser by a language's rules. */
export function createAnalyser({ stem, stopWords }: LanguageRules): Analyser {
  return { tokens, analyseQuery };

  function* tokens(text: string): Generator<Token> {
    for (const compound of text.matchAll(COMPOUND)) {
      const start = compound.index;
      const parts = [...compound[0].matchAll(PART)];
      if (parts.length > 1 || /[+#]$/.test(compound[0])) {
        const term = stemmed(fold(compound[0]));
        if (term.length <= LONGEST_TERM) yield { term, start, end: start + compound[0].length, whole: true };
      }
      for (const part of parts) {
        const partStart = start + part.index;
        if (isUnspaced(part[0])) {
          yield* segments(part[0], partStart);
          continue;
        }
        const term = termOf(part[0]);
        if (term) yield { term, start: partStart, end: partStart + part[0].length, whole: false };
      }
    }
  }

  /** The term that stands for one word in the index; empty for a stop word. */
  function termOf(word: string): string {
    const folded = fold(word)
      .replace(/['’]s$/, '')
      .replace(/['’]/g, '');
    if (stopWords.has(folded) || folded.length > LONGEST_TERM) return '';
    return stemmed(folded);
  }

  function stemmed(folded: string): string {
    return /^[a-z]+$/.test(folded) ? stem(folded) : folded;
  }

  function analyseQuery(text: string): AnalysedQuery {
    const all = [...tokens(text)];
    const words = all.filter((token) => !token.whole).map((token) => token.term);
    const lastWord = /[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{N}\p{M}]+)*$/u.exec(text)?.[0];
    // Where words have no spaces between them, a run is many words, and none is known to be unfinished.
    if (!lastWord || isUnspaced(lastWord)) return { terms: unique(all.map((token) => token.term)), words };
    const lastStart = text.length - lastWord.length;
    const finished = all.filter((token) => token.end <= lastStart || token.whole);
    return {
      terms: unique(finished.map((token) => token.term)),
      unfinished: { typed: fold(lastWord), term: termOf(fold(lastWord)) },
      words,
    };
  }
}

/** Lower case without accents, so that "Café" finds "cafe". Only accents: the vowel signs of Hindi are letters. */
function fold(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
}

function unique(terms: string[]): string[] {
  return [...new Set(terms)];
}
