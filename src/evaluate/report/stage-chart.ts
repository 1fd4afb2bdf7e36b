import type { Evaluation } from '../evaluation.js';
import { share } from '../format.js';
import { STAGES } from '../rank-stages.js';
import { scale, ticks } from './axis.js';
import { html, type Markup } from './markup.js';

const WIDTH = 720;
const LABELS = 104;
const ROW = 44;
const BAR = 20;

/** nDCG@10 of each stage as bars, with the interval that other queries would give. */
export function stageChart({ stages }: Pick<Evaluation, 'stages'>): Markup {
  const rows = STAGES.flatMap((stage) => (stages[stage] ? [{ stage, ...stages[stage] }] : []));
  const most = Math.max(0.1, ...rows.map(({ interval }) => interval.high));
  const x = scale([0, most], [LABELS, WIDTH - 64]);
  const height = rows.length * ROW + 28;
  return html`<svg
    viewBox="0 0 ${WIDTH} ${height}"
    role="img"
    aria-label="nDCG@10 by stage: ${rows.map((row) => `${row.stage} ${share(row['ndcg@10'])}`).join(', ')}"
  >
    ${ticks([0, most], 5).map(
      (tick) =>
        html`<g class="grid">
          <line x1="${x(tick)}" x2="${x(tick)}" y1="0" y2="${height - 22}" />
          <text x="${x(tick)}" y="${height - 6}" text-anchor="middle">${tick}</text>
        </g>`,
    )}
    ${rows.map(({ stage, interval, 'ndcg@10': ndcg }, at) => {
      const top = at * ROW + (ROW - BAR) / 2;
      const middle = top + BAR / 2;
      return html`<g>
        <text x="${LABELS - 12}" y="${middle + 5}" text-anchor="end" class="label">${stage}</text>
        <rect
          class="bar ${stage}"
          x="${LABELS}"
          y="${top}"
          width="${x(ndcg) - LABELS}"
          height="${BAR}"
          rx="3"
        />
        <path
          class="whisker"
          d="M${x(interval.low)} ${middle}H${x(interval.high)}M${x(interval.low)} ${middle - 5}v10M${x(interval.high)} ${middle - 5}v10"
        />
        <text x="${x(interval.high) + 10}" y="${middle + 5}" class="value">${share(ndcg)}</text>
      </g>`;
    })}
  </svg>`;
}
