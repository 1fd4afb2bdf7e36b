import { HIGHEST_IMPACT } from './impact.js';
import type { Coder } from './range-decoder.js';

/** Documents that have a term, in rising order, and what the term adds to each one's score. */
export interface Postings {
  documents: Uint32Array;
  /** 1 to HIGHEST_IMPACT; 0 in the lists of exact titles, which have none. */
  impacts: Uint8Array;
}

/** What a posting list is coded in terms of. */
export interface PostingModel {
  /** How many documents the whole index has. */
  documents: number;
  /** The impact that most terms have in each document, or one that stands for all. */
  usual: Uint8Array;
}

/** Half octaves of how rare a term is. */
const RARITIES = 32;
/** Gaps' octaves beside the one that is expected of a term so rare. */
const OCTAVES = 20;
const EXPECTED = 12;
/** Classes of the usual impact, and of how the impact before was beside the usual one. */
const USUAL = 6;
const BEFORE = 6;
const STEPS = 16;

const NEXT = 0;
const OCTAVE = NEXT + RARITIES * 2;
const AS_USUAL = OCTAVE + OCTAVES;
const HIGHER = AS_USUAL + USUAL * BEFORE * 2;
const STEP = HIGHER + USUAL * BEFORE * 2;
/** Contexts in all. */
export const CONTEXTS = STEP + USUAL * 2 * STEPS;

/**
 * Codes one term's postings, those from `start` up to `end`. A gap is 0 or not, by the gap before, as neighbours are of
 * one page; then its octave, by how rare the term is; then the rest of its bits. An impact is the document's usual one
 * or not, by how the impact before compared with its own; then higher or lower, and by how much.
 * @param scored whether there are impacts; an exact title has none
 * @returns the last document, which is the highest
 */
export function codePostings(
  coder: Coder,
  { documents, impacts }: Postings,
  [start, end]: readonly [start: number, end: number],
  { documents: all, usual }: PostingModel,
  scored: boolean,
): number {
  const rarity = Math.max(0, Math.min(RARITIES - 1, Math.round(2 * Math.log2(all / (end - start)))));
  let document = -1;
  let apart = 0;
  let before = 0;
  for (let at = start; at < end; at++) {
    const gap = documents[at]! - document - 1;
    apart = coder.bit(NEXT + rarity * 2 + apart, gap === 0 ? 0 : 1);
    document += 1 + (apart && codeGap(coder, rarity, gap));
    documents[at] = document;
    if (!scored) continue;
    const expected = usual[usual.length > 1 ? document : 0] ?? 0;
    const kind = Math.min(USUAL - 1, expected >> 2);
    const context = (kind * BEFORE + before) * 2 + apart;
    const difference = codeDifference(coder, kind, context, impacts[at]! - expected);
    impacts[at] = expected + difference;
    before = difference < 0 ? 1 : Math.min(difference, 3) + 2;
  }
  return document;
}

/** A gap above 0. */
function codeGap(coder: Coder, rarity: number, gap: number): number {
  const octave = 31 - Math.clz32(gap);
  let read = 0;
  while (
    read < 30 &&
    coder.bit(
      OCTAVE + Math.max(0, Math.min(OCTAVES - 1, 2 * read - rarity + EXPECTED)),
      Number(read < octave),
    )
  )
    read++;
  return 2 ** read + coder.raw(read, gap - 2 ** octave);
}

function codeDifference(coder: Coder, kind: number, context: number, difference: number): number {
  if (!coder.bit(AS_USUAL + context, Number(difference !== 0))) return 0;
  const higher = coder.bit(HIGHER + context, Number(difference > 0));
  const steps = Math.abs(difference);
  let read = 1;
  while (
    read < HIGHEST_IMPACT &&
    coder.bit(STEP + (kind * 2 + higher) * STEPS + Math.min(STEPS, read) - 1, Number(read < steps))
  )
    read++;
  return higher ? read : -read;
}
