import type { Comparison, Evaluation, QueryFigures } from '../evaluation.js';
import { count, countOf, milliseconds, place, share, signedShare, verdictOf } from '../format.js';
import { movedQueries } from '../moved-queries.js';
import { STAGES } from '../rank-stages.js';
import { depthCharts } from './depth-chart.js';
import { depthTable } from './depth-table.js';
import { gainChart } from './gain-chart.js';
import { html, type Markup } from './markup.js';
import { STYLE } from './style.js';
import { stageChart } from './stage-chart.js';
import { wide } from './wide.js';

const MOST_MOVED = 10;

/** An evaluation as a page that stands by itself: no script, nothing loaded. */
export function report(evaluation: Evaluation): string {
  const { collection, comparisons, depths, missing, unknownLabels } = evaluation;
  const last = comparisons.at(-1);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${collection}: how well search answers</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <main>
          <h1>How well search answers: ${collection}</h1>
          <p class="lead">${about(evaluation)}</p>
          <ul class="verdicts">
            ${comparisons.map(verdict)}
          </ul>
          ${missing.map(({ stage, reason }) => html`<p class="note">No ${stage}: ${reason}</p>`)}
          ${
            unknownLabels > 0
              ? html`<p class="note">
                  Documents named by labels that the collection does not have: ${count(unknownLabels)}.
                </p>`
              : ''
          }

          <h2>Quality by stage</h2>
          <p>
            nDCG@10: 1 when the right answers stand on top, less the further down they are. The lines show
            where the mean would lie with other queries of the same kind (95 %).
          </p>
          ${wide(stageChart(evaluation), 'Chart of the stages')} ${stageTable(evaluation)}
          ${
            depths.length > 1
              ? html`<h2>How many candidates to read</h2>
                  <p>
                    The cross-encoder reads the best candidates of the first stage; 0 is that stage alone.
                  </p>
                  ${depthCharts(depths)} ${depthTable(depths)}`
              : ''
          }
          ${last ? moves(evaluation.perQuery, last) : ''}
          <footer>${evaluation.machine}; models in WebAssembly on one thread, as in a browser.</footer>
        </main>
      </body>
    </html> `.markup;
}

function about({ queries, documents, passages, group, embedder, reranker }: Evaluation): string {
  const models = [embedder && `embedder ${embedder}`, reranker && `reranker ${reranker}`].filter(Boolean);
  return [
    `${countOf(queries, 'query', 'queries')} over ${group ? countOf(documents, group, `${group}s`) : countOf(documents, 'document', 'documents')}`,
    countOf(passages, 'passage', 'passages'),
    ...models,
  ].join(', ');
}

const VERDICTS = { pays: 'It pays', costs: 'It costs', open: 'These queries cannot tell' };

function verdict(comparison: Comparison): Markup {
  const { from, to, difference, gained, lost } = comparison;
  const kind = verdictOf(comparison);
  return html`<li class="${kind}">
    <strong>${VERDICTS[kind]}.</strong> ${to} over ${from}: ${signedShare(difference.mean)} nDCG@10 (95 %:
    ${signedShare(difference.low)} to ${signedShare(difference.high)}); ${countOf(gained, 'query', 'queries')}
    gained, ${lost} lost.
  </li>`;
}

function stageTable({ stages, candidates }: Evaluation): Markup {
  return wide(
    html`<table>
      <thead>
        <tr>
          <th scope="col">Stage</th>
          ${['nDCG@10', '95 %', 'MRR@10', 'recall@10', 'recall@100', 'median', 'p95'].map(
            (head) => html`<th scope="col">${head}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${STAGES.flatMap((stage) => {
          const figures = stages[stage];
          if (!figures) return [];
          const { interval, ms } = figures;
          return [
            html`<tr>
              <th scope="row">${stage}${stage === 'reranked' ? ` (${candidates} read)` : ''}</th>
              <td>${share(figures['ndcg@10'])}</td>
              <td>${share(interval.low)} to ${share(interval.high)}</td>
              <td>${share(figures['mrr@10'])}</td>
              <td>${share(figures['recall@10'])}</td>
              <td>${share(figures['recall@100'])}</td>
              <td>${milliseconds(ms.p50)}</td>
              <td>${milliseconds(ms.p95)}</td>
            </tr>`,
          ];
        })}
      </tbody>
    </table>`,
    'Figures by stage',
  );
}

function moves(queries: readonly QueryFigures[], comparison: Comparison): Markup {
  const { gained, lost } = movedQueries(queries, comparison, MOST_MOVED);
  return html`<h2>What ${comparison.to} changes, query by query</h2>
    <p>
      The change of nDCG@10 against ${comparison.from}, from the query that gained most to the one that lost
      most.
    </p>
    ${wide(gainChart(queries, comparison), 'Chart of the queries')}
    ${moveTable('Gained most', gained, comparison)} ${moveTable('Lost most', lost, comparison)}`;
}

function moveTable(title: string, queries: readonly QueryFigures[], { from, to }: Comparison): Markup {
  if (queries.length === 0) return html``;
  return html`<h3>${title}</h3>
    ${wide(
      html`<table class="moves">
        <thead>
          <tr>
            <th scope="col">Query</th>
            <th scope="col">Right answer</th>
            <th scope="col">Its rank</th>
          </tr>
        </thead>
        <tbody>
          ${queries.map(
            ({ text, relevant, stages }) =>
              html`<tr>
                <td>${text}</td>
                <td class="id">
                  ${relevant[0] ?? ''}${relevant.length > 1 ? ` and ${relevant.length - 1} more` : ''}
                </td>
                <td>${place(stages[from]?.first)} → ${place(stages[to]?.first)}</td>
              </tr>`,
          )}
        </tbody>
      </table>`,
      title,
    )}`;
}
