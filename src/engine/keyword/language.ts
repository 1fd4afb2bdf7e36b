/** What is known of a language other than English. Words come in lower case, with their accents. */
export interface Language {
  /** A Snowball stemmer or its like. */
  stem: (word: string) => string;
  /** Words that carry no topic, as a list of common words has them. */
  stopWords: readonly string[];
  /**
   * Those of them that searches need, with spaces between: negations, prepositions that change what is asked, and words
   * with a topic.
   */
  kept?: string;
  /** What is written in front of a word with an apostrophe: the l' of "l'installation". */
  elided?: RegExp;
  /** Spells a word as the stemmer expects it, where many type it otherwise. */
  respell?: (word: string) => string;
}
