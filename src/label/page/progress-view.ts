import { html, nothing, type TemplateResult } from 'lit';
import type { LabelSheet } from '../protocol.js';

/** Queries that show what is good and what is not. */
const USEFUL = 20;
/** Queries that tell two stages apart: fewer leave differences within chance. */
const ENOUGH = 40;

/** How many queries can be used, how many are worth writing, and what to do with them. */
export function progressView({ queries, command, folder }: LabelSheet): TemplateResult {
  const usable = queries.filter(({ relevant }) => relevant.length > 0).length;
  const goal = usable < USEFUL ? USEFUL : ENOUGH;
  return html`
    <div class="progress">
      <p id="progress-text"><strong>${usable}</strong> of ${goal} with a right answer</p>
      <progress max=${goal} value=${Math.min(usable, goal)} aria-labelledby="progress-text"></progress>
      <p class="soft">${hintFor(usable)}</p>
    </div>
    ${
      usable === 0
        ? nothing
        : html`<details class="evaluate" ?open=${usable >= USEFUL}>
            <summary>Measure your search with them</summary>
            <code>${command}</code>
            <p class="soft">
              <code>--group page</code> counts a page as right when one of its sections is; leave it out to
              count sections.
            </p>
          </details>`
    }
    <p class="soft folder">Saved in <code>${folder}</code></p>
  `;
}

function hintFor(usable: number): string {
  if (usable < USEFUL) return '20 queries, about ten minutes, show what works and what does not.';
  if (usable < ENOUGH) return 'Good. About 40 queries are enough to compare the stages.';
  return 'Enough to compare the stages.';
}
