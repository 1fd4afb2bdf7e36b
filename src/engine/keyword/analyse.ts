import type { KeywordShard } from './keyword-shard.js';
import type { Match } from './match.js';
import { isUnspaced, runs, segments } from './segments.js';

/** A term and where in the text it stands: `text.slice(start, end)` is what a highlight marks. */
export interface Token {
  term: string;
  start: number;
  end: number;
  /** A compound kept whole (`package.json`, `--save-dev`); its parts come as tokens of their own. */
  whole: boolean;
}

/** Letters and digits, joined by the characters that identifiers, paths, versions and scopes are joined by. */
const PATH = /[\p{L}\p{N}\p{M}_]+(?:(?:::|[.\-/:@'’+#])[\p{L}\p{N}\p{M}_]+)*(?:\+\+|#)?/gu;
/** The compounds of a path: `docs/package.json` → docs, package.json. */
const COMPOUND = /[^/:@]+/g;
/** The parts of a compound: `saveDev2_x` → save, Dev, 2, x. An apostrophe stays inside its word. */
const PART =
  /\p{Lu}{2,}s(?!\p{L})|\p{Lu}['’]\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{M}'’]+|\p{N}+/gu;
/** The version in `v1.2.3` and `1.2.3-beta.1`. */
const VERSION = /^\d+(?:\.\d+)+/;
const LONGEST_TERM = 40;

/** How a language's words become terms. */
export interface LanguageRules {
  /** A word in lower case, without accents and whatever else people leave out as they type. */
  fold: (word: string) => string;
  /** The stem of a word, folded too; it comes both folded and as it is written. */
  stem: (folded: string, word: string) => string;
  /** Folded words that carry no topic. */
  stopWords: ReadonlySet<string>;
}

/** Cuts texts and queries of one language into terms, the same way when an index is built and when it is searched. */
export interface Analyser {
  /** A word in lower case, without what else people leave out as they type; not stemmed. */
  readonly fold: LanguageRules['fold'];
  /**
   * Cuts a text into terms: folded, stemmed, stop words left out. A compound gives itself as one word, without the marks
   * that people leave out (`e-mail`, `email`), and each of its parts; a run of Chinese, Japanese or Thai the words in it.
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
  /** What else may stand for a word or several, by the site's synonyms. */
  alternatives?: readonly Alternative[];
}

/** Terms that stand for a part of a query where a passage has all of them. */
export interface Alternative {
  /** The first term of that part. */
  of: string;
  terms: readonly string[];
  /** The passages that have them, looked up in the shards where they stand. */
  match: (shards: readonly KeywordShard[]) => Match | undefined;
}

/** An analyser by a language's rules. */
export function createAnalyser({ fold, stem, stopWords }: LanguageRules): Analyser {
  return { fold, tokens, analyseQuery };

  function* tokens(text: string): Generator<Token> {
    for (const { 0: path, index } of text.matchAll(PATH)) {
      const compounds = [...path.matchAll(COMPOUND)];
      if (compounds.length > 1) yield* whole(path, index);
      for (const compound of compounds) yield* tokensOf(compound[0], index + compound.index);
    }
  }

  function* tokensOf(compound: string, start: number): Generator<Token> {
    const parts = [...compound.matchAll(PART)];
    if (parts.length > 1 || /[+#]$/.test(compound)) yield* whole(compound, start);
    for (const { 0: part, index } of parts) {
      const version = compound[index - 1] === '.' ? null : VERSION.exec(compound.slice(index));
      if (version && version[0] !== compound) yield* whole(version[0], start + index);
      let from = start + index;
      for (const run of isUnspaced(part) ? runs(part) : [part]) {
        if (isUnspaced(run)) yield* segments(run, from);
        else {
          const term = termOf(run);
          if (term) yield { term, start: from, end: from + run.length, whole: false };
        }
        from += run.length;
      }
    }
  }

  function* whole(compound: string, start: number): Generator<Token> {
    const word = withoutMarks(compound);
    const term = stem(bare(word), word);
    if (term && term.length <= LONGEST_TERM) yield { term, start, end: start + compound.length, whole: true };
  }

  /** The term that stands for one word in the index; empty for a stop word. */
  function termOf(word: string): string {
    const folded = bare(word);
    return stopWords.has(folded) || folded.length > LONGEST_TERM ? '' : stem(folded, word);
  }

  function bare(word: string): string {
    return fold(word)
      .replace(/['’]s$/, '')
      .replace(/['’]/g, '');
  }

  function analyseQuery(text: string): AnalysedQuery {
    const all = [...tokens(text)];
    const words = all.filter((token) => !token.whole).map((token) => token.term);
    const letters = /[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{N}\p{M}]+)*$/u.exec(text)?.[0] ?? '';
    const lastWord = runs(letters).at(-1);
    // Where words have no spaces between them, a run is many words, and none is known to be unfinished.
    if (!lastWord || isUnspaced(lastWord)) return { terms: termsOf(all), words };
    const lastStart = text.length - lastWord.length;
    const finished = all.filter((token) => token.end <= lastStart || token.whole);
    return {
      terms: termsOf(finished),
      unfinished: { typed: fold(lastWord), term: termOf(lastWord) },
      words,
    };
  }
}

/** `sha-256` and `sha256`, `Node.js` and `nodejs` are one word. Between digits marks have a meaning: `1.2.3`. */
function withoutMarks(compound: string): string {
  return compound.replace(/(\d?)[-_.]+(?=(\d?))/g, (marks, before: string, after: string) =>
    before && after ? marks : before,
  );
}

function termsOf(tokens: readonly Token[]): string[] {
  return [...new Set(tokens.map(({ term }) => term))];
}
