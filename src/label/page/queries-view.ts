import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { LabelledQuery, LabelSheet } from '../protocol.js';
import { deleteIcon } from './icons.js';
import { progressView } from './progress-view.js';

export interface QueriesView {
  sheet: LabelSheet;
  /** Id of the query at hand. */
  current: string | undefined;
  deleted: LabelledQuery | undefined;
  onEdit: (query: LabelledQuery) => void;
  onDelete: (query: LabelledQuery) => void;
  onRestore: () => void;
}

/** The queries written so far, the newest first. */
export function queriesView(view: QueriesView): TemplateResult {
  const { queries } = view.sheet;
  return html`<section class="queries" aria-labelledby="queries-title">
    <h2 id="queries-title">Your queries</h2>
    ${progressView(view.sheet)} ${view.deleted ? deletedView(view.deleted, view.onRestore) : nothing}
    ${
      queries.length === 0
        ? html`<p class="soft">None yet.</p>`
        : html`<ul class="list">
            ${repeat(
              [...queries].reverse(),
              ({ id }) => id,
              (query) => queryView(query, view),
            )}
          </ul>`
    }
  </section>`;
}

function queryView(query: LabelledQuery, { current, onEdit, onDelete }: QueriesView): TemplateResult {
  const right = query.relevant.length;
  return html`<li class="query">
    <button
      class="edit"
      type="button"
      aria-current=${query.id === current ? 'true' : nothing}
      @click=${() => onEdit(query)}
    >
      <span class="unseen">Edit: </span><bdi>${query.text}</bdi>
      ${
        right > 0
          ? html`<span class="count"><span class="unseen">, </span>${right} right</span>`
          : html`<span class="count draft"
              ><span class="unseen">, </span>draft: nothing marked, not used</span
            >`
      }
    </button>
    <button
      class="icon-button"
      type="button"
      aria-label="Delete: ${query.text}"
      @click=${() => onDelete(query)}
    >
      ${deleteIcon}
    </button>
  </li>`;
}

function deletedView({ text }: LabelledQuery, onRestore: () => void): TemplateResult {
  return html`<p class="deleted">
    <span>Deleted “<bdi>${text}</bdi>”.</span>
    <button class="quiet" type="button" @click=${onRestore}>Undo</button>
  </p>`;
}
