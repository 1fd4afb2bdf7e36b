import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Excerpt, SectionResult } from '../protocol.js';
import type { SearchSession } from './search-session.js';
import type { ResultsKind } from './second-look-input.js';
import { withTextFragment } from './text-fragment.js';

export interface RowHandlers {
  onMove: (url: string) => void;
  onOpen: (event: MouseEvent, row: SectionResult) => void;
}

/** A group for each page, a row for each of its sections. Rows are links, so a middle click works. */
export function resultRows(session: SearchSession, kind: ResultsKind, handlers: RowHandlers): TemplateResult {
  const isListbox = kind === 'listbox';
  // Rows are rendered in their order.
  let place = 0;
  return html`${repeat(
    session.list.shown,
    (page) => page.url,
    (page, at) => {
      const titleId = `${session.id}-page-${at}`;
      return html`
        <div class="page" role="group" aria-labelledby=${titleId} part="page">
          <div
            class="title"
            id=${titleId}
            part="page-title"
            role=${isListbox ? nothing : 'heading'}
            aria-level=${isListbox ? nothing : '2'}
          >
            <bdi>${page.title}</bdi>
          </div>
          ${page.sections.map((row) => rowView(session, row, place++, isListbox, handlers))}
        </div>
      `;
    },
  )}`;
}

function rowView(
  session: SearchSession,
  row: SectionResult,
  place: number,
  isListbox: boolean,
  { onMove, onOpen }: RowHandlers,
): TemplateResult {
  const { active, messages } = session;
  const isActive = row.url === active;
  const isTarget = isListbox && active === undefined && place === 0;
  return html`<a
    class="row ${isTarget ? 'target' : ''}"
    role=${isListbox ? 'option' : nothing}
    tabindex=${isListbox ? '-1' : nothing}
    id=${session.idAt(place)}
    href=${session.highlightsTarget ? withTextFragment(row.url, row.excerpt) : row.url}
    aria-selected=${isListbox ? isActive : nothing}
    part="result"
    @mousemove=${() => onMove(row.url)}
    @focus=${() => onMove(row.url)}
    @click=${(event: MouseEvent) => onOpen(event, row)}
  >
    <span class="text">
      ${trailView(row)}
      <span class="excerpt" part="result-excerpt"><bdi>${markedView(row.excerpt)}</bdi></span>
    </span>
    ${scoreView(row, messages.score)}
  </a>`;
}

/** The heading, after the ones above it. A row that leads to the page's top needs none. */
function trailView({ trail }: Pick<SectionResult, 'trail'>): TemplateResult | typeof nothing {
  if (trail.length === 0) return nothing;
  return html`<span class="heading" part="result-heading"
    >${trail.map(
      (heading, at) =>
        html`${at > 0 ? html`<span class="separator" aria-hidden="true">›</span><span class="unseen">, </span>` : nothing}<bdi
            >${heading}</bdi
          >`,
    )}</span
  >`;
}

/** How well the cross-encoder finds that the section answers. */
function scoreView(
  { why }: SectionResult,
  nameOf: (percent: number) => string,
): TemplateResult | typeof nothing {
  if (why.rerank === undefined) return nothing;
  return html`<svg class="score" part="score" viewBox="0 0 32 4" aria-hidden="true">
    <title>${nameOf(Math.round(why.rerank * 100))}</title>
    <rect class="whole" width="32" height="4" rx="2" />
    <rect class="share" width=${Math.max(4, why.rerank * 32)} height="4" rx="2" />
  </svg>`;
}

/** Text with its ranges marked; always as text, never as HTML. */
export function markedView({ text, ranges }: Excerpt): TemplateResult {
  let from = 0;
  const parts = ranges.map(([start, end]) => {
    const part = html`${text.slice(from, start)}<mark part="mark">${text.slice(start, end)}</mark>`;
    from = end;
    return part;
  });
  return html`${parts}${text.slice(from)}`;
}
