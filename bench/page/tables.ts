import type { Row, Table } from '../bench.js';
import { FOUR_G } from '../browser/slow-line.js';
import type { Shown } from './driver.js';
import { medianShown, SLOW_VISITS, type SystemFigures, VISITS } from './measure-site.js';

const SET_UP =
  'Chromium, an empty cache for every visit, HTTP/1.1 from this machine; text and WebAssembly with gzip, as hosts do; ' +
  'Pagefind compresses its own files.';
/** What the README sets up. */
const DEFAULT = 'second-look, box';
const SLOW = `${FOUR_G.name}: ${(FOUR_G.bytesPerSecond * 8) / 1e6} Mbit/s, ${FOUR_G.roundTrip} ms a round trip`;

/** What a first visit costs, box against box and API against API. */
export function firstVisitTable(site: string, figures: readonly SystemFigures[]): Table {
  return {
    title: `First visit: ${site}`,
    about:
      `${SET_UP} ${SLOW}. Times run from opening the search, the query typed at once, to the first rows; medians of ` +
      `${VISITS + 1} visits (4G: ${SLOW_VISITS}). Bytes to the first rows are with the page, without models that are ` +
      'on their way meanwhile.',
    columns: [
      { key: 'pageKilobytes', label: 'before searching, kB', better: 'lower' },
      { key: 'rowKilobytes', label: 'to first rows, kB', better: 'lower' },
      { key: 'allKilobytes', label: 'all, models too, kB', better: 'lower' },
      { key: 'rows', label: 'first rows, ms', better: 'lower' },
      { key: 'slowRows', label: 'over 4G, ms', better: 'lower' },
    ],
    rows: figures.map(({ system, cold, slow }) =>
      row(system.name, system.ours, system.note, {
        pageKilobytes: cold.pageBytes / 1000,
        rowKilobytes: cold.rowBytes / 1000,
        allKilobytes: cold.allBytes / 1000,
        rows: cold.first.rows,
        slowRows: slow.rows,
      }),
    ),
    final: DEFAULT,
  };
}

const STAGES: [key: keyof Shown, name: string][] = [
  ['rows', 'first rows, by words'],
  ['hybrid', 'hybrid'],
  ['reranked', 'first passages reranked'],
  ['done', 'all passages reranked'],
];

/** When each of second-look's stages comes on a first visit, with everything still to load. */
export function stagesTable(site: string, figures: readonly SystemFigures[]): Table {
  const { cold, slow } = figures.find(({ system }) => system.drive === 'second-look API')!;
  return {
    title: `Stages on a first visit: ${site}`,
    about: `${SET_UP} ${SLOW}. From opening the search, nothing loaded, to each stage's first update; over 4G in one visit.`,
    columns: [
      { key: 'cold', label: 'ms', better: 'lower' },
      { key: 'slow', label: 'over 4G, ms', better: 'lower' },
    ],
    rows: STAGES.map(([key, name]) =>
      row(`second-look, ${name}`, true, undefined, { cold: cold.first[key], slow: slow[key] }),
    ),
  };
}

/** From key to rows when everything is loaded. */
export function warmTable(site: string, queries: number, figures: readonly SystemFigures[]): Table {
  return {
    title: `Later queries: ${site}`,
    about:
      `From the query to its rows, ${queries} queries after the first, models running; then the same ones again. ` +
      'Nothing is waited for between them. Bytes are what they load.',
    columns: [
      { key: 'p50', label: 'new words, median, ms', better: 'lower' },
      { key: 'p95', label: 'p95, ms', better: 'lower' },
      { key: 'again', label: 'again, median, ms', better: 'lower' },
      { key: 'kilobytes', label: 'loaded, kB', better: 'lower' },
      { key: 'answered', label: 'queries with rows', better: 'higher' },
    ],
    rows: figures.flatMap(({ system, warm }) =>
      STAGES.filter(([key]) => warm.new.some((shown) => shown[key] !== undefined)).map(([key, name]) =>
        row(
          system.drive === 'second-look API' ? `${system.name}: ${name}` : system.name,
          system.ours,
          system.note,
          {
            p50: medianShown(warm.new)[key],
            p95: medianShown(warm.new, 0.95)[key],
            again: medianShown(warm.again)[key],
            ...(key === 'rows' && {
              kilobytes: warm.bytes / 1000,
              answered: warm.new.filter((shown) => shown.rows !== undefined).length,
            }),
          },
        ),
      ),
    ),
    final: DEFAULT,
  };
}

function row(
  system: string,
  ours: boolean,
  note: string | undefined,
  figures: Record<string, number | undefined>,
): Row {
  const measured = Object.entries(figures).filter(
    (entry): entry is [string, number] => entry[1] !== undefined,
  );
  return { system, ours, figures: Object.fromEntries(measured), ...(note !== undefined && { note }) };
}
