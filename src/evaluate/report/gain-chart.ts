import type { Comparison, QueryFigures } from '../evaluation.js';
import { changeOf } from '../moved-queries.js';
import { signedShare } from '../format.js';
import { scale } from './axis.js';
import { html, type Markup } from './markup.js';

const WIDTH = 720;
const HEIGHT = 180;
const LEFT = 40;
const TICKS: [number, string][] = [
  [-1, '−1'],
  [-0.5, '−.5'],
  [0, '0'],
  [0.5, '+.5'],
  [1, '+1'],
];

/** A bar a query, from the one that gained most to the one that lost most; hover names it. */
export function gainChart(queries: readonly QueryFigures[], comparison: Comparison): Markup {
  const bars = queries
    .map((query) => ({ text: query.text, change: changeOf(query, comparison) }))
    .sort((left, right) => right.change - left.change);
  const x = scale([0, bars.length], [LEFT, WIDTH]);
  const y = scale([-1, 1], [HEIGHT - 8, 8]);
  const width = Math.max(0.5, (x(1) - x(0)) * 0.8);
  const { gained, lost, same } = comparison;
  return html`<svg
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    role="img"
    aria-label="Change of nDCG@10 by query: ${gained} gained, ${same} stayed, ${lost} lost"
  >
    ${TICKS.map(
      ([tick, name]) =>
        html`<g class="grid ${tick === 0 ? 'zero' : ''}">
          <line x1="${LEFT}" x2="${WIDTH}" y1="${y(tick)}" y2="${y(tick)}" />
          <text x="${LEFT - 8}" y="${y(tick) + 4}" text-anchor="end">${name}</text>
        </g>`,
    )}
    ${bars.map(({ text, change }, at) =>
      change === 0
        ? html``
        : html`<rect
            class="${change > 0 ? 'gain' : 'loss'}"
            x="${x(at).toFixed(2)}"
            y="${Math.min(y(0), y(change)).toFixed(2)}"
            width="${width.toFixed(2)}"
            height="${Math.abs(y(change) - y(0)).toFixed(2)}"
            ><title>${signedShare(change)} ${text}</title></rect
          >`,
    )}
  </svg>`;
}
