import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Excerpt, PageResult, SectionResult } from '../protocol.js';
import type { Messages } from './messages.js';

export interface ResultsView {
  pages: readonly PageResult[];
  /** URL of the row that the visitor has moved to. */
  active: string | undefined;
  messages: Messages;
  onMove: (url: string) => void;
  onOpen: (event: MouseEvent) => void;
}

/** The DOM id of a row; rows are known by their URL, wherever they stand. */
export function rowId(pages: readonly PageResult[], url: string): string {
  return `row-${rowsOf(pages).findIndex((section) => section.url === url)}`;
}

/** Every row in the order shown. */
export function rowsOf(pages: readonly PageResult[]): SectionResult[] {
  return pages.flatMap((page) => page.sections);
}

/** The list: a group for each page, a row for each of its sections. Rows are links, so a middle click works. */
export function resultsView({ pages, active, messages, onMove, onOpen }: ResultsView): TemplateResult {
  const first = pages[0]?.sections[0]?.url;
  return html`${repeat(
    pages,
    (page) => page.url,
    (page, at) => html`
      <div class="page" role="group" aria-labelledby="page-${at}" data-key=${page.url} part="page">
        <div class="title" id="page-${at}" part="page-title"><bdi>${page.title}</bdi></div>
        ${page.sections.map((section) => {
          const selected = section.url === active;
          const target = active === undefined && section.url === first;
          return html`<a
            class="row ${target ? 'target' : ''}"
            role="option"
            tabindex="-1"
            id=${rowId(pages, section.url)}
            href=${section.url}
            aria-selected=${selected}
            part="result"
            @mousemove=${() => onMove(section.url)}
            @click=${onOpen}
          >
            <span class="text">
              ${trailView(section)}
              <span class="excerpt" part="result-excerpt"><bdi>${markedView(section.excerpt)}</bdi></span>
            </span>
            ${scoreView(section, messages)}
          </a>`;
        })}
      </div>
    `,
  )}`;
}

/** The heading, after the ones above it. A row that leads to the page's top needs none. */
function trailView({ trail }: SectionResult): TemplateResult | typeof nothing {
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
function scoreView({ why }: SectionResult, messages: Messages): TemplateResult | typeof nothing {
  if (why.rerank === undefined) return nothing;
  const percent = Math.round(why.rerank * 100);
  return html`<svg class="score" part="score" viewBox="0 0 32 4" aria-hidden="true">
    <title>${messages.score(percent)}</title>
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
