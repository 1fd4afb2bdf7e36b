import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Positions } from './flip.js';
import { openResult } from './open-result.js';
import { resultRows } from './result-rows.js';
import { SearchPart } from './search-part.js';
import { MORE, type ResultsSurface } from './search-session.js';
import type { ResultsKind } from './second-look-input.js';
import { resultsStyles } from './second-look-results.styles.js';

/** Where words are written in letters, one of them says nothing yet. */
const ONE_LETTER = /^[\p{Ll}\p{Lu}]$/u;

/**
 * The results of a search, or what stands in their place.
 *
 * @summary The results of a search.
 *
 * @csspart results - The list.
 * @csspart page - A page's group of results.
 * @csspart page-title - Its title.
 * @csspart result - A row, which is a link.
 * @csspart result-heading - The headings that lead to the row's section.
 * @csspart result-excerpt - The text that answers.
 * @csspart mark - A highlighted word.
 * @csspart score - How well the cross-encoder finds that the row answers.
 * @csspart respelt - What was looked for in place of a word that no page has.
 * @csspart more - The row or button for more results.
 * @csspart message - What stands in the list's place.
 */
@customElement('second-look-results')
export class SecondLookResults extends SearchPart implements ResultsSurface {
  static override readonly partStyles = resultsStyles;

  /** How the results are shown; see `<second-look-input>`. */
  @property() kind: ResultsKind = 'links';

  #positions: Positions | undefined;
  #flip: typeof import('./flip.js') | undefined;
  #looserQuery: ((query: string) => string | undefined) | undefined;
  /** The query whose rows the list was last scrolled for. */
  #text = '';
  /** The query of the latest update, of which old rows may still be shown. */
  #answered: string | undefined;
  /** The row that the list was last scrolled to; one under the pointer is in view. */
  #scrolledTo: string | undefined;

  get #list(): HTMLElement | null {
    return this.querySelector('.list');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.search.results = this;
  }

  view(): { inView: number; hasScrolled: boolean } {
    const list = this.#list;
    if (!list?.checkVisibility()) return { inView: 0, hasScrolled: false };
    const end = Math.min(list.getBoundingClientRect().bottom, innerHeight);
    const pages = [...list.querySelectorAll('.page')];
    return {
      inView: pages.filter((page) => page.getBoundingClientRect().top < end).length,
      hasScrolled: list.scrollTop > 0,
    };
  }

  follow(url: string, { ctrlKey, metaKey, shiftKey }: KeyboardEvent): void {
    const keys = { ctrlKey, metaKey, shiftKey };
    // The row may have come this moment, and not be shown yet.
    void this.updateComplete.then(() =>
      this.querySelector(`#${this.search.rowId(url)}`)?.dispatchEvent(
        new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, ...keys }),
      ),
    );
  }

  focusFirst(): void {
    this.querySelector<HTMLElement>('.row')?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('session')) this.search.results = this;
    // A better order of the same query is shown as one; another query's rows are simply there.
    const query = this.search.update?.query;
    this.#positions = query === this.#answered ? this.#flip?.positionsOf(this.#list) : undefined;
    this.#answered = query;
  }

  protected override updated(): void {
    if (this.#positions) this.#flip?.glide(this.#list, this.#positions);
    void this.#load();
    const { active, text } = this.search;
    if (text !== this.#text) this.#list?.scrollTo({ top: 0 });
    this.#text = text;
    if (active === this.#scrolledTo || this.kind !== 'listbox') return;
    this.#scrolledTo = active;
    this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  /**
   * Loads what is not needed at once: with the first rows, what lets them glide; with the first query that has no answer,
   * what says how to ask less strictly. Without it, rows are where they belong, and the message is shorter.
   */
  async #load(): Promise<void> {
    const { update, rows } = this.search;
    if (rows.length > 0) this.#flip ??= await import('./flip.js').catch(() => undefined);
    else if (update?.stage === 'done' && !this.#looserQuery) {
      const code = await import('./looser-query.js').catch(() => undefined);
      this.#looserQuery = code?.looserQuery;
      if (code) this.requestUpdate();
    }
  }

  protected override render(): TemplateResult {
    const { search, kind } = this;
    const { messages, id, rows } = search;
    return html`
      ${rows.length === 0 ? nothing : this.#respeltView()}
      <div
        class="list"
        part="results"
        id="${id}-list"
        role=${kind === 'listbox' ? 'listbox' : 'region'}
        tabindex=${kind === 'listbox' ? '-1' : nothing}
        aria-label=${messages.results}
        aria-busy=${search.isBusy}
        ?hidden=${rows.length === 0}
        @keydown=${this.#onKey}
      >
        ${
          rows.length === 0
            ? nothing
            : html`${resultRows(search, kind, {
                onMove: this.#point,
                onOpen: (event, row) => openResult(search, row, event),
              })}
              ${search.hasMore ? this.#moreView() : nothing}`
        }
      </div>
      ${rows.length === 0 ? this.#messageView() : nothing}
    `;
  }

  #respeltView(): TemplateResult | typeof nothing {
    const { messages, update } = this.search;
    if (!update?.respelt?.length) return nothing;
    return html`<div class="respelt" part="respelt">
      ${update.respelt.map(({ typed, meant }) => html`<span>${messages.respelt(typed, meant)}</span> `)}
    </div>`;
  }

  #moreView(): TemplateResult {
    const { search } = this;
    const more = (): void => search.more();
    if (this.kind === 'links')
      return html`<button class="more quiet" part="more" type="button" @click=${more}>
        ${search.messages.more}
      </button>`;
    return html`<div
      class="row more"
      part="more"
      role="option"
      id=${search.rowId(MORE)}
      aria-selected=${search.active === MORE}
      @mousemove=${() => this.#point(MORE)}
      @click=${more}
    >
      ${search.messages.more}
    </div>`;
  }

  /** What stands in the list's place when there is no list. */
  #messageView(): TemplateResult | typeof nothing {
    const { search } = this;
    const { messages, update, error, asks } = search;
    if (error)
      return html`<div class="message" part="message" role="alert">
        <p>${navigator.onLine ? messages.failed : messages.offline}</p>
        ${navigator.onLine ? html`<p>${error.message}</p>` : nothing}
        <p>
          <button class="quiet" type="button" @click=${() => search.reopen()}>${messages.retry}</button>
        </p>
      </div>`;
    if (!asks || update?.stage !== 'done') return nothing;
    // Nobody knows whether there would be results.
    if (update.missing.some(({ part }) => part === 'remote'))
      return html`<div class="message" part="message"><p>${messages.missing.remote}</p></div>`;
    if (ONE_LETTER.test(update.query))
      return html`<div class="message" part="message"><p>${messages.short}</p></div>`;
    const looser = this.#looserQuery?.(update.query);
    return html`<div class="message" part="message">
      <p>${messages.noResults(update.query)}</p>
      <p>${messages.noResultsHint}</p>
      ${
        looser === undefined
          ? nothing
          : html`<p>
              <button class="quiet" type="button" @click=${() => search.ask(looser)}>
                ${messages.looser}
              </button>
            </p>`
      }
      ${
        Object.keys(search.filters).length === 0
          ? nothing
          : html`<p>
              <button class="quiet" type="button" @click=${() => search.clearFilters()}>
                ${messages.withoutFilters}
              </button>
            </p>`
      }
    </div>`;
  }

  /** Arrow keys go from link to link, where they are links. */
  readonly #onKey = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (this.kind === 'listbox' || step === undefined) return;
    const links = [...this.querySelectorAll<HTMLElement>('.row')];
    const next = links[links.indexOf(event.target as HTMLElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  readonly #point = (url: string): void => {
    this.#scrolledTo = url;
    this.search.moveTo(url);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'second-look-results': SecondLookResults;
  }
}
