/**
 * Words that carry no topic, left out of the index and of queries: Lucene's English list, and the words that
 * questions are asked with. Negations and prepositions that change what is asked (not, before, after, without) stay.
 */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an and are as at be but by for if in into is it no of on or such that the their then there these they ' +
    'this to was will with i me my we our you your he she its what which who how do does did can could should ' +
    'would am been being has have had so than too very just about when where why'
  ).split(' '),
);
