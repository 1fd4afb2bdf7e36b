import { percentile } from '../../src/evaluate/measures.js';
import { launch } from '../browser/launch.js';
import { rendererMemory } from '../browser/renderer-memory.js';
import { bytesOf, type StaticServer } from '../browser/serve.js';
import type { Reading } from './passages.js';
import type { RerankModel } from './prepare.js';
import type { ScorerOptions, Scored } from './scorer.js';

/** One way to run a cross-encoder in a worker. */
export interface RerankSystem {
  name: string;
  ours: boolean;
  worker: string;
  batch: number;
  device: ScorerOptions['device'];
  lanes?: number;
  note: string;
}

/** One browser that loaded a system and scored every query's passages. */
export interface Session {
  opened: number;
  scored: Scored[];
  /** JavaScript and WebAssembly, without the model. */
  runtimeBytes: number;
  memory: number | undefined;
}

/** Runs one system in a browser of its own, so that its memory and its start are its own too. */
export async function runSession(
  server: StaticServer,
  { worker, batch, device, lanes }: RerankSystem,
  { folder, classifier }: RerankModel,
  { queries, passages }: Reading,
  script: string,
): Promise<Session> {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.addInitScript({ content: script });
    await page.goto(`${server.url}/index.html`);
    server.forget();
    const opened = await page.evaluate(
      ([url, options]) => {
        startScorer(url);
        return scorer.open(options);
      },
      [worker, { model: folder, classifier, device, lanes } satisfies ScorerOptions] as const,
    );
    const scored = await page.evaluate(
      async ([texts, candidates, size]) => {
        // The first run grows memory and is nobody's habit.
        await scorer.score('warm up', candidates.slice(0, size), size);
        const all = [];
        for (const text of texts) all.push(await scorer.score(text, candidates, size));
        return all;
      },
      [queries, passages, batch] as const,
    );
    const runtimeBytes = bytesOf(server.answers) - bytesOf(server.answers, /^\/models\//);
    return { opened, scored, runtimeBytes, memory: await rendererMemory(browser, 'VmHWM') };
  } finally {
    await browser.close();
  }
}

/** Medians over sessions and queries. */
export function figuresOf(sessions: readonly Session[]): Record<string, number> {
  const middle = (values: readonly number[]): number => percentile(values, 0.5);
  const scored = sessions.flatMap((session) => session.scored);
  const memory = sessions.flatMap((session) => session.memory ?? []);
  return {
    first: middle(scored.map(({ first }) => first)),
    all: middle(scored.map(({ all }) => all)),
    open: middle(sessions.map(({ opened }) => opened)),
    kilobytes: middle(sessions.map(({ runtimeBytes }) => runtimeBytes)) / 1000,
    ...(memory.length > 0 && { memory: middle(memory) / 2 ** 20 }),
  };
}

/** The largest difference between two systems' scores of the same pairs. */
export function largestDifference(left: Session, right: Session): number {
  const differences = left.scored.flatMap(({ scores }, query) =>
    scores.map((score, at) => Math.abs(score - right.scored[query]!.scores[at]!)),
  );
  return Math.max(...differences);
}
