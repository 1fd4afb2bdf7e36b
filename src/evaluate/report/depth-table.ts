import type { DepthFigures } from '../evaluation.js';
import { milliseconds, share } from '../format.js';
import { html, type Markup } from './markup.js';
import { wide } from './wide.js';

/** The points of the depth charts, for those who cannot see them or want the numbers. */
export function depthTable(depths: readonly DepthFigures[]): Markup {
  return html`<details class="figures">
    <summary>Figures</summary>
    ${wide(
      html`<table>
        <thead>
          <tr>
            ${['Candidates read', 'nDCG@10', 'median', 'p95'].map(
              (head) => html`<th scope="col">${head}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${depths.map(
            ({ read, ms, 'ndcg@10': ndcg }) =>
              html`<tr>
                <th scope="row">${read}</th>
                <td>${share(ndcg)}</td>
                <td>${milliseconds(ms.p50)}</td>
                <td>${milliseconds(ms.p95)}</td>
              </tr>`,
          )}
        </tbody>
      </table>`,
      'Figures by candidates read',
    )}
  </details>`;
}
