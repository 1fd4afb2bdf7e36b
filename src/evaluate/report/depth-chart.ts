import type { DepthFigures } from '../evaluation.js';
import { milliseconds, share } from '../format.js';
import { scale, ticks } from './axis.js';
import { html, type Markup } from './markup.js';

const WIDTH = 350;
const HEIGHT = 230;
const LEFT = 48;
const RIGHT = 16;
const TOP = 14;
const BOTTOM = 40;

/** What reading more candidates is worth, and what it takes: quality and time beside each other. */
export function depthCharts(depths: readonly DepthFigures[]): Markup {
  const quality = depths.map((depth) => ({ x: depth.read, y: depth['ndcg@10'] }));
  const median = depths.map((depth) => ({ x: depth.read, y: depth.ms.p50 }));
  const slow = depths.map((depth) => ({ x: depth.read, y: depth.ms.p95 }));
  return html`<div class="pair">
    ${figure('nDCG@10 by candidates read', share, [{ name: 'nDCG@10', points: quality }], false)}
    ${figure(
      'Milliseconds until they are read',
      milliseconds,
      [
        { name: 'median', points: median },
        { name: 'p95', points: slow },
      ],
      true,
    )}
  </div>`;
}

interface Line {
  name: string;
  points: { x: number; y: number }[];
}

function figure(
  title: string,
  format: (value: number) => string,
  lines: readonly Line[],
  fromZero: boolean,
): Markup {
  const values = lines.flatMap(({ points }) => points.map(({ y }) => y));
  const domain = span(values, fromZero);
  const x = scale([0, Math.max(...lines[0]!.points.map((point) => point.x))], [LEFT, WIDTH - RIGHT]);
  const y = scale(domain, [HEIGHT - BOTTOM, TOP]);
  const ends = lines.map(
    ({ name, points }) => `${name} ${format(points[0]!.y)} to ${format(points.at(-1)!.y)}`,
  );
  return html`<figure>
    <figcaption>${title}</figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}: ${ends.join('; ')}">
      ${ticks(domain, 4).map(
        (tick) =>
          html`<g class="grid">
            <line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(tick)}" y2="${y(tick)}" />
            <text x="${LEFT - 8}" y="${y(tick) + 4}" text-anchor="end">${tick}</text>
          </g>`,
      )}
      ${ticks([0, lines[0]!.points.at(-1)!.x], 5).map(
        (tick) =>
          html`<text class="tick" x="${x(tick)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle"
            >${tick}</text
          >`,
      )}
      <text class="tick" x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 4}" text-anchor="middle">
        candidates read
      </text>
      ${lines.map(({ name, points }, at) => drawn(name, points, at, x, y))}
    </svg>
  </figure>`;
}

function drawn(
  name: string,
  points: Line['points'],
  at: number,
  x: (value: number) => number,
  y: (value: number) => number,
): Markup {
  const last = points.at(-1)!;
  return html`<g class="line-${at}">
    <path d="M${points.map((point) => `${x(point.x).toFixed(1)} ${y(point.y).toFixed(1)}`).join('L')}" />
    ${points.map((point) => html`<circle cx="${x(point.x)}" cy="${y(point.y)}" r="3" />`)}
    <text x="${x(last.x)}" y="${y(last.y) - 9}" text-anchor="end">${name}</text>
  </g>`;
}

/** The range that a chart shows: small changes stay visible, but a flat line looks flat. */
function span(values: readonly number[], fromZero: boolean): [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (fromZero) return [0, high * 1.1 || 1];
  const margin = Math.max((high - low) * 0.2, 0.02);
  return [Math.max(0, low - margin), Math.min(1, high + margin)];
}
