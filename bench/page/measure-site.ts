import type { Browser } from '@playwright/test';
import { percentile } from '../../src/evaluate/measures.js';
import { serve, type StaticServer } from '../browser/serve.js';
import { FOUR_G, openSlowLine } from '../browser/slow-line.js';
import type { Shown } from './driver.js';
import type { Site } from './sites.js';
import { type System, SYSTEMS } from './systems.js';
import { askMore, quiet, type Visit, visit } from './visit.js';

/** What was measured of one system on one site. */
export interface SystemFigures {
  system: System;
  /** The median visit's figures. */
  cold: Visit;
  /** The same over 4G; its bytes are those of `cold`. */
  slow: Shown;
  /** Queries asked when everything was loaded, and the same ones again. */
  warm: { new: Shown[]; again: Shown[]; bytes: number };
}

export const VISITS = 5;
export const SLOW_VISITS = 3;
/** Between two models the network is silent while the first one starts. */
const MODELS_COME = 5000;

/** Visits a prepared site with every system by turns, so that a busy moment of the machine hits all of them. */
export async function measureSite(
  browser: Browser,
  site: Site,
  folder: string,
  driver: string,
  progress: (message: string) => void,
): Promise<SystemFigures[]> {
  const server = await serve(folder);
  const line = await openSlowLine(server.port, FOUR_G);
  const [first = '', ...others] = site.queries;
  try {
    const cold = SYSTEMS.map((): Visit[] => []);
    const slow = SYSTEMS.map((): Visit[] => []);
    for (let turn = 0; turn < VISITS; turn++)
      for (const [at, system] of SYSTEMS.entries())
        cold[at]!.push(await visit(browser, { server, url: server.url, driver }, system, first, 'done'));
    for (let turn = 0; turn < SLOW_VISITS; turn++)
      for (const [at, system] of SYSTEMS.entries()) {
        progress(`${site.name} over ${FOUR_G.name}, visit ${turn + 1} of ${SLOW_VISITS}: ${system.name}`);
        // The models take a minute.
        const until = turn === 0 ? 'done' : 'rows';
        slow[at]!.push(await visit(browser, { server, url: line.url, driver }, system, first, until));
      }
    const figures: SystemFigures[] = [];
    for (const [at, system] of SYSTEMS.entries()) {
      progress(`${site.name}, ${others.length} more queries: ${system.name}`);
      const last = await stay(browser, server, driver, system, first, others);
      cold[at]!.push(last.visit);
      figures.push({
        system,
        cold: { ...medianVisit(cold[at]!), allBytes: last.visit.allBytes },
        slow: medianShown(slow[at]!.map((one) => one.first)),
        warm: last.warm,
      });
    }
    return figures;
  } finally {
    await line.close();
    await server.close();
  }
}

/** A visit that waits for everything to load, and goes on asking. */
async function stay(
  browser: Browser,
  server: StaticServer,
  driver: string,
  system: System,
  first: string,
  others: readonly string[],
): Promise<{ visit: Visit; warm: SystemFigures['warm'] }> {
  const warm: SystemFigures['warm'] = { new: [], again: [], bytes: 0 };
  const stayed = await visit(
    browser,
    { server, url: server.url, driver },
    system,
    first,
    'done',
    async (page, one) => {
      await quiet(server.answers, MODELS_COME);
      const loaded = server.answers.length;
      one.allBytes = server.answers.reduce((sum, { bytes }) => sum + bytes, 0);
      warm.new = await askMore(page, others);
      warm.bytes = server.answers.slice(loaded).reduce((sum, { bytes }) => sum + bytes, 0);
      warm.again = await askMore(page, others);
    },
  );
  return { visit: stayed, warm };
}

function medianVisit(visits: readonly Visit[]): Visit {
  const middle = (of: (visit: Visit) => number): number => percentile(visits.map(of), 0.5);
  return {
    pageBytes: middle((one) => one.pageBytes),
    rowBytes: middle((one) => one.rowBytes),
    allBytes: middle((one) => one.allBytes),
    first: medianShown(visits.map((one) => one.first)),
  };
}

/** The median of each thing shown, over the times that it was. */
export function medianShown(shown: readonly Shown[], share = 0.5): Shown {
  const figures: Shown = {};
  for (const part of ['rows', 'hybrid', 'reranked', 'done'] as const) {
    const times = shown.flatMap((one) => one[part] ?? []);
    if (times.length > 0) figures[part] = percentile(times, share);
  }
  return figures;
}
