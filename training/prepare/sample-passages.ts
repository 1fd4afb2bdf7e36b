import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { passageText } from '../../src/engine/passage-text.js';
import { random } from '../../src/evaluate/random.js';
import { openIndex } from './open-index.js';
import { allPassages } from './prepare-collection.js';
import { keyOf } from './written-queries.js';
import { writeJsonLines } from './write-arrays.js';

/** Shorter ones say too little to ask for. */
const LEAST_CHARACTERS = 160;
const MOST_CHARACTERS = 700;

/**
 * Chooses passages that somebody may write queries for: one of a section, pages in turn, so that long ones are not
 * asked about all the time.
 */
export async function samplePassages(
  name: string,
  { work, most }: { work: string; most: number },
): Promise<number> {
  const indexed = join(work, 'indexes', name);
  if (!existsSync(indexed)) throw new Error(`${indexed} is missing: index the collection ${name} first.`);
  const index = await openIndex(indexed);
  const draw = random(3);
  const shuffled = (await allPassages(index))
    .filter(({ text }) => text.length >= LEAST_CHARACTERS)
    .map((passage) => ({ passage, at: draw() }))
    .sort((one, other) => one.at - other.at)
    .map(({ passage }) => passage);
  const sections = new Set<unknown>();
  const ofPage = new Map<string, number>();
  const turns = shuffled.flatMap((passage) => {
    if (sections.has(passage.section)) return [];
    sections.add(passage.section);
    const turn = ofPage.get(passage.page.url) ?? 0;
    ofPage.set(passage.page.url, turn + 1);
    return [{ passage, turn }];
  });
  const chosen = turns
    .sort((one, other) => one.turn - other.turn)
    .slice(0, most)
    .map(({ passage }) => ({
      key: keyOf(passage),
      text: passageText(passage, ' › ').slice(0, MOST_CHARACTERS),
    }));
  await mkdir(join(work, 'to-write'), { recursive: true });
  await writeJsonLines(join(work, 'to-write', `${name}.jsonl`), chosen);
  return chosen.length;
}
