import type { Excerpt } from '../protocol.js';

/** Words on either side of the one that is looked for: enough to tell the place from others. */
const AROUND = 3;
/** Words of a sentence's beginning, and of its end, where no word is highlighted. */
const AT_ENDS = 4;

interface Word {
  text: string;
  start: number;
  end: number;
}

/**
 * A result's address with a text fragment (WICG Scroll to Text Fragment): the browser scrolls to the words of the excerpt
 * and highlights them. One that does not know it, or does not find them, goes to the heading.
 */
export function withTextFragment(url: string, { text, ranges }: Excerpt): string {
  const fragment = fragmentOf(text, ranges);
  if (fragment === '') return url;
  return `${url}${url.includes('#') ? '' : '#'}:~:text=${fragment}`;
}

function fragmentOf(text: string, ranges: Excerpt['ranges']): string {
  const sentence = sentenceAt(text, ranges[0]?.[0] ?? 0);
  const marked = sentence.findIndex((word) =>
    ranges.some(([start, end]) => start < word.end && end > word.start),
  );
  if (marked >= 0) return phrase(sentence.slice(Math.max(0, marked - AROUND), marked + AROUND + 1));
  if (sentence.length <= 2 * AT_ENDS) return phrase(sentence);
  return `${phrase(sentence.slice(0, AT_ENDS))},${phrase(sentence.slice(-AT_ENDS))}`;
}

/** The words of the sentence or line at a place: others may stand in another block of the page. */
function sentenceAt(text: string, at: number): Word[] {
  const ends = [...text.matchAll(/[.!?:;…。！？][\s"”»)]|[…\n]/gu)].map(
    ({ index, 0: { length } }) => index + length,
  );
  const start = ends.findLast((end) => end <= at) ?? 0;
  const end = ends.find((other) => other > at) ?? text.length;
  return [...text.slice(start, end).matchAll(/\S+/gu)].map(({ 0: word, index }) => ({
    text: word,
    start: start + index,
    end: start + index + word.length,
  }));
}

/** Words as a fragment has them; marks at the ends may be another element's. */
function phrase(words: readonly Word[]): string {
  const text = words.map((word) => word.text).join(' ');
  const bare = text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
  // A hyphen would begin or end the fragment's context.
  return encodeURIComponent(bare).replaceAll('-', '%2D');
}
