import type { Passage } from '../engine/index-file/passage-file.js';

/** A file may be so much longer than it should be, so that no page is cut for a few lines. */
const SLACK = 1.25;

/**
 * Groups passages into files of about `length` characters, each of one page or of whole pages as far as that goes: the
 * results of one page then cost one file. Small pages go together, and large ones are cut evenly.
 */
export function cutPassageFiles(passages: readonly Passage[], length: number): Passage[][] {
  const files: Passage[][] = [];
  let pending: Passage[] = [];
  for (const page of byPage(passages)) {
    if (lengthOf(pending) + lengthOf(page) <= length * SLACK) {
      pending.push(...page);
      continue;
    }
    if (lengthOf(pending) >= length / 2) {
      files.push(pending);
      pending = [];
    }
    files.push(...cutEvenly([...pending, ...page], length));
    pending = [];
  }
  return pending.length > 0 ? [...files, pending] : files;
}

function byPage(passages: readonly Passage[]): Passage[][] {
  const pages: Passage[][] = [];
  for (const passage of passages) {
    if (pages.at(-1)?.[0]?.page === passage.page) pages.at(-1)!.push(passage);
    else pages.push([passage]);
  }
  return pages;
}

function cutEvenly(passages: readonly Passage[], length: number): Passage[][] {
  const all = lengthOf(passages);
  const most = all / Math.max(1, Math.round(all / length));
  const parts: Passage[][] = [[]];
  let before = 0;
  for (const passage of passages) {
    if (before >= most * parts.length) parts.push([]);
    parts.at(-1)!.push(passage);
    before += passage.text.length;
  }
  return parts;
}

function lengthOf(passages: readonly Passage[]): number {
  return passages.reduce((sum, { text }) => sum + text.length, 0);
}
