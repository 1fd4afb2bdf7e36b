import { oneAtATime } from './one-at-a-time.js';
import type { Session } from './session.js';
import type { ModelInput } from './tokenizer.js';

/** A session that a faster one may take over from. */
export interface Accelerated {
  session: Session;
  /**
   * Lets a session take over, if it gives what the first one does and is clearly faster; else it is disposed of.
   * @returns why it has not, where it has not
   */
  offer: (better: Session) => Promise<string | undefined>;
}

/** How often the time of the first session must be the other's. */
const CLEARLY = 1.2;
/** Texts and tokens of what both are tried with. */
const PROBES = 4;
const PROBE_TOKENS = 64;
/**
 * How far apart the outputs may be, and how much more for each unit of the largest: activations are rounded here and not
 * there, in another order.
 */
const APART = 0.15;
const APART_OF_LARGEST = 0.05;

/**
 * Runs on one session until another takes over, and again on it when that one fails. Runs wait for each other.
 * @param vocabulary of the model: ids below it are what the sessions are tried with
 * @param onFailure told why the faster one is given up
 */
export function accelerated(
  first: Session,
  vocabulary: number,
  onFailure: (reason: unknown) => void,
): Accelerated {
  let current = first;
  const inTurn = oneAtATime();
  return {
    session: {
      get lanes() {
        return current.lanes;
      },
      run: (batch, signal) =>
        inTurn(async () => {
          signal?.throwIfAborted();
          const running = current;
          try {
            return await running.run(batch, signal);
          } catch (error) {
            if (running === first || signal?.aborted) throw error;
            current = first;
            void running.dispose();
            onFailure(error);
            return first.run(batch, signal);
          }
        }),
      async dispose() {
        if (current !== first) await current.dispose();
        await first.dispose();
      },
    },
    async offer(better) {
      const probe = probesOf(vocabulary);
      const refused = await inTurn(() => compare(first, better, probe));
      if (refused === undefined) current = better;
      else await better.dispose();
      return refused;
    },
  };
}

/** Texts of ids from all over the vocabulary. */
function probesOf(vocabulary: number): ModelInput[] {
  return Array.from({ length: PROBES }, (_, text) => ({
    ids: Array.from({ length: PROBE_TOKENS }, (_, at) => ((at + 1) * (text + 1) * 7919) % vocabulary),
    types: Array.from({ length: PROBE_TOKENS }, () => 0),
  }));
}

async function compare(
  first: Session,
  better: Session,
  probe: readonly ModelInput[],
): Promise<string | undefined> {
  try {
    const expected = await first.run(probe);
    const given = await better.run(probe);
    const apart = Math.max(...expected.data.map((value, at) => Math.abs(value - (given.data[at] ?? NaN))));
    const largest = Math.max(...expected.data.map(Math.abs));
    // Not a number is too far as well.
    if (!(apart <= APART + APART_OF_LARGEST * largest)) return `its results are off by ${apart.toFixed(2)}`;
    const before = await timeOf(first, probe);
    const after = await timeOf(better, probe);
    return before > CLEARLY * after ? undefined : `it takes ${(after / before).toFixed(2)} times as long`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The shorter of two runs: the first may have been held up. */
async function timeOf(session: Session, probe: readonly ModelInput[]): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 2; run++) {
    const started = performance.now();
    await session.run(probe);
    times.push(performance.now() - started);
  }
  return Math.min(...times);
}
