const OPENINGS = ['how to', 'how to', 'how do I', 'how can I', ''] as const;
const MOST_WORDS = 10;

/**
 * Makes a question of a heading that begins with a gerund: "Creating a repository" gives "how to create a repository".
 * @param frequency how often a word stands in the collection, which tells "create" from "creat"
 * @param random 0 to 1
 * @returns undefined where the heading is no such phrase
 */
export function howTo(
  heading: string,
  frequency: (word: string) => number,
  random: () => number,
): string | undefined {
  const words = heading
    .trim()
    .replace(/[.:?!]+$/, '')
    .split(/\s+/);
  const [gerund = '', ...rest] = words;
  if (rest.length === 0 || words.length > MOST_WORDS || !/^[A-Za-z][a-z]+ing$/.test(gerund)) return undefined;
  const verb = verbOf(gerund.toLowerCase(), frequency);
  const opening = OPENINGS[Math.floor(random() * OPENINGS.length)]!;
  return verb && `${opening} ${verb} ${rest.join(' ').toLowerCase()}`.trim();
}

/** "creating" → "create", "running" → "run", "adding" → "add": whichever the collection has most; undefined if none. */
function verbOf(gerund: string, frequency: (word: string) => number): string | undefined {
  const stem = gerund.slice(0, -3);
  const forms = [stem, `${stem}e`, ...(stem.at(-1) === stem.at(-2) ? [stem.slice(0, -1)] : [])];
  const best = forms.reduce((one, other) => (frequency(other) > frequency(one) ? other : one));
  return frequency(best) > 0 ? best : undefined;
}
