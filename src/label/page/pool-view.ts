import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Pool, Section } from '../protocol.js';
import { digitOf, onPoolKey } from './pool-keys.js';
import { textView, trailView, unfoldView } from './section-view.js';

export interface PoolView {
  pool: Pool;
  relevant: readonly string[];
  /** Ids of the sections that are shown whole. */
  open: ReadonlySet<string>;
  onMark: (id: string) => void;
  onUnfold: (id: string) => void;
  /** Back to the query. */
  onLeave: () => void;
}

/** The sections that may answer, to be marked. */
export function poolView(view: PoolView): TemplateResult {
  const { sections, missing } = view.pool;
  if (sections.length === 0)
    return html`<p class="nothing">No section was found for this query. It stays as a draft.</p>`;
  return html`
    <div class="pool-head">
      <h2 id="pool-title">Mark every section that answers</h2>
      <p class="keys" aria-hidden="true">
        <span><kbd>1</kbd>–<kbd>0</kbd> mark</span> <span><kbd>↑</kbd><kbd>↓</kbd> move</span>
        <span><kbd>esc</kbd> query</span>
      </p>
    </div>
    <p class="unseen" id="pool-keys">
      Digits mark the first ten sections, arrow keys move between them, Escape returns to the query.
    </p>
    ${missing.length > 0 ? missingView(missing) : nothing}
    <ol
      class="pool"
      aria-labelledby="pool-title"
      aria-describedby="pool-keys"
      @keydown=${(event: KeyboardEvent) => onPoolKey(event, view.onLeave)}
    >
      ${repeat(
        sections,
        ({ id }) => id,
        (section, at) => rowView(section, at, view),
      )}
    </ol>
  `;
}

function missingView(reasons: readonly string[]): TemplateResult {
  return html`<p class="warning">
    Not every retriever could look, so these sections favour the others: ${reasons.join(' ')}
  </p>`;
}

function rowView(section: Section, at: number, view: PoolView): TemplateResult {
  const { id } = section;
  const right = view.relevant.includes(id);
  const open = view.open.has(id);
  return html`<li class="row ${right ? 'right' : ''}" @click=${markFromRow}>
    <input
      type="checkbox"
      id="mark-${at}"
      aria-describedby=${section.text === '' ? nothing : `text-${at}`}
      .checked=${live(right)}
      @change=${() => view.onMark(id)}
    />
    <div class="section">
      <label for="mark-${at}">${trailView(section)}</label>
      ${textView(section, `text-${at}`, open)}
      ${unfoldView(section, { id: `text-${at}`, open, onToggle: () => view.onUnfold(id) })}
    </div>
    ${at < 10 ? html`<kbd class="digit" aria-hidden="true">${digitOf(at)}</kbd>` : nothing}
  </li>`;
}

/** A click anywhere in a row marks it, but not one that selects text. */
function markFromRow(event: MouseEvent): void {
  const row = event.currentTarget as HTMLElement;
  if ((event.target as Element).closest('input, label, button')) return;
  if (getSelection()?.isCollapsed === false) return;
  const box = row.querySelector('input');
  box?.focus({ preventScroll: true });
  box?.click();
}
