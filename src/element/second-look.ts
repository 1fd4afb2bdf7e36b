import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { ModelPolicy, PageResult, SearchUpdate } from '../protocol.js';
import { Announcer } from './announcer.js';
import { glide, type Positions, positionsOf } from './flip.js';
import { closeIcon, searchIcon } from './icons.js';
import { ENGLISH, type Messages } from './messages.js';
import { resultsStyles } from './results-view.styles.js';
import { resultsView, rowId, rowsOf } from './results-view.js';
import { boxStyles } from './second-look.styles.js';
import { languageOf } from './language-of.js';
import { SearchController } from './search-controller.js';
import { frozenPages, settle } from './settle.js';
import { hasCommandKey, ShortcutController } from './shortcut-controller.js';
import { statusView } from './status-view.js';

/**
 * A search box: a button, and a dialog that searches as one types.
 *
 * @summary Searches a static site in the visitor's browser, by words, by meaning, and with a second look.
 *
 * @csspart button - The button that opens the dialog.
 * @csspart dialog - The dialog.
 * @csspart input - The field in it.
 * @csspart page - A page's group of results.
 * @csspart page-title - Its title.
 * @csspart result - A row, which is a link.
 * @csspart result-heading - The headings that lead to the row's section.
 * @csspart result-excerpt - The text that answers.
 * @csspart mark - A highlighted word.
 * @csspart score - How well the cross-encoder finds that the row answers.
 * @csspart status - The line under the list.
 *
 * @cssproperty [--second-look-accent=#0b62d6] - Colour of the active row, highlights and focus.
 * @cssproperty [--second-look-background=#ffffff] - Background of the dialog.
 * @cssproperty [--second-look-text=#1b1f24] - Text.
 * @cssproperty [--second-look-muted=#596270] - Lesser text.
 * @cssproperty [--second-look-border=#d8dde4] - Lines.
 * @cssproperty [--second-look-radius=14px] - Corners of the dialog.
 * @cssproperty [--second-look-font=inherit] - Font.
 * @cssproperty [--second-look-width=42rem] - Width of the dialog on large screens.
 */
@customElement('second-look')
export class SecondLook extends LitElement {
  static override styles = [boxStyles, resultsStyles];
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  /** URL of the index folder. */
  @property() index = '/second-look/';

  /** Whether to load the models: `auto` unless the visitor saves data, `on`, or `off`. */
  @property() models: ModelPolicy = 'auto';

  /** Turns the keyboard shortcuts (Ctrl-K, ⌘-K and `/`) off. */
  @property({ type: Boolean, attribute: 'no-shortcut' }) noShortcut = false;

  /** Texts to show in place of the English ones. */
  @property({ attribute: false }) messages: Partial<Messages> = {};

  @state() private text = '';
  /** What the list shows; may differ from the engine's latest order while the visitor holds a row. */
  @state() private shown: readonly PageResult[] = [];
  /** URL of the row that the visitor has moved to; none until they move. */
  @state() private active: string | undefined;

  @query('dialog') private readonly dialog!: HTMLDialogElement;
  @query('input') private readonly input!: HTMLInputElement;
  @query('.list') private readonly list!: Element | null;

  readonly #search = new SearchController(this, (update) => this.#take(update));
  readonly #announcer = new Announcer(this);
  #firstOrder: string | undefined;
  /** Enter was pressed before there was a row to follow. */
  #enterWaits: KeyboardEvent | undefined;
  #positions: Positions | undefined;

  constructor() {
    super();
    new ShortcutController(
      this,
      () => (this.dialog.open ? this.close() : this.open()),
      () => !this.noShortcut,
    );
  }

  /** Opens the dialog, and asks right away if a query is given. */
  open(query?: string): void {
    if (!this.hasUpdated) {
      void this.updateComplete.then(() => this.open(query));
      return;
    }
    this.#openIndex();
    this.#search.preload();
    if (!this.dialog.open) this.dialog.showModal();
    if (query !== undefined) this.input.value = query;
    // The query kept from before is asked again where its answer was lost: to an error, to another index.
    if (query !== undefined || !this.#search.update) this.#ask(this.input.value);
    this.input.focus();
    this.input.select();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Taken out of the page, an open dialog would come back open, but no longer modal.
    if (this.hasUpdated) this.dialog.close();
  }

  /** Closes the dialog. The query and its results stay for the next time. */
  close(): void {
    this.dialog.close();
  }

  protected override willUpdate(): void {
    if (this.hasUpdated && this.dialog.open) this.#positions = positionsOf(this.list);
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('shown') && this.#positions) glide(this.list, this.#positions);
    if (changed.has('active') && this.active !== undefined)
      this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  protected override render(): TemplateResult {
    const texts = this.#texts;
    const rows = this.#search.error ? [] : rowsOf(this.shown);
    return html`
      <button
        class="open"
        part="button"
        type="button"
        aria-label=${texts.search}
        aria-haspopup="dialog"
        aria-keyshortcuts=${this.noShortcut ? nothing : 'Control+K Meta+K /'}
        @click=${() => this.open()}
        @pointerenter=${this.#openIndex}
        @focus=${this.#openIndex}
      >
        ${searchIcon}<span class="label">${texts.search}</span>
        ${this.noShortcut ? nothing : html`<kbd aria-hidden="true">${hasCommandKey() ? '⌘ K' : 'Ctrl K'}</kbd>`}
      </button>
      <dialog
        part="dialog"
        aria-label=${texts.search}
        @click=${this.#closeFromBackdrop}
        @keydown=${this.#onKey}
        @close=${() => (this.#enterWaits = undefined)}
      >
        <div class="panel">
          <div class="field">
            ${searchIcon}
            <input
              part="input"
              type="search"
              role="combobox"
              aria-label=${texts.search}
              aria-autocomplete="list"
              aria-expanded=${rows.length > 0}
              aria-controls="list"
              aria-activedescendant=${this.active === undefined ? nothing : rowId(this.shown, this.active)}
              aria-describedby="hint"
              autocomplete="off"
              autocapitalize="off"
              autocorrect="off"
              spellcheck="false"
              enterkeyhint="go"
              maxlength="500"
              placeholder=${texts.placeholder}
              .value=${live(this.text)}
              @input=${() => this.#ask(this.input.value)}
            />
            <button class="close" type="button" aria-label=${texts.close} @click=${() => this.close()}>
              ${closeIcon}
            </button>
          </div>
          <div
            class="list"
            id="list"
            role="listbox"
            tabindex="-1"
            aria-label=${texts.results}
            aria-busy=${this.#busy}
            ?hidden=${rows.length === 0}
          >
            ${resultsView({
              pages: this.shown,
              active: this.active,
              messages: texts,
              onMove: (url) => (this.active = url),
              onOpen: ({ ctrlKey, metaKey, shiftKey }) => {
                // With a modifier the result opens elsewhere, and this list is still wanted.
                if (!ctrlKey && !metaKey && !shiftKey) this.close();
              },
            })}
          </div>
          ${this.#message}
          <div class="footer">
            ${statusView(this.#search, texts)}
            <div class="keys" aria-hidden="true">
              <span><kbd>↑</kbd><kbd>↓</kbd> ${texts.keys.choose}</span
              ><span><kbd>↵</kbd> ${texts.keys.open}</span><span><kbd>esc</kbd> ${texts.keys.close}</span>
            </div>
          </div>
          <div class="unseen" id="hint">${texts.updatesHint}</div>
          <div class="unseen" role="status">${this.#announcer.text}</div>
        </div>
      </dialog>
    `;
  }

  get #texts(): Messages {
    return { ...ENGLISH, ...this.messages };
  }

  get #busy(): boolean {
    return this.text.trim() !== '' && this.#search.update?.stage !== 'done' && !this.#search.error;
  }

  /** What stands in the list's place when there is no list. */
  get #message(): TemplateResult | typeof nothing {
    const texts = this.#texts;
    const { update, error } = this.#search;
    if (error)
      return html`<div class="message error" role="alert">
        <p>${texts.failed}</p>
        <p>${error.message}</p>
      </div>`;
    if (this.text.trim() === '') return html`<div class="message"><p>${texts.invitation}</p></div>`;
    if (this.shown.length > 0 || update?.stage !== 'done') return nothing;
    // Nobody knows whether there would be results.
    if (update.missing.some(({ part }) => part === 'remote'))
      return html`<div class="message"><p>${texts.missing.remote}</p></div>`;
    return html`<div class="message">
      <p>${texts.noResults(update.query)}</p>
      <p>${texts.noResultsHint}</p>
    </div>`;
  }

  readonly #openIndex = (): void => this.#search.open(this.index, this.models, languageOf(this));

  #ask(text: string): void {
    this.text = text;
    this.active = undefined;
    this.#firstOrder = undefined;
    this.#enterWaits = undefined;
    this.#announcer.hush();
    if (text.trim() !== '') {
      this.#openIndex();
      void this.#search.ask(text);
    } else {
      this.#search.clear();
      this.shown = [];
    }
  }

  /** Shows an update, but leaves in place what the visitor is looking at. */
  #take(update: SearchUpdate): void {
    // Rows of an earlier query hold nothing in place.
    if (this.#firstOrder === undefined) this.active = undefined;
    this.shown = settle(this.shown, update.results, frozenPages(this.shown, this.active));
    const texts = this.#texts;
    const order = update.results
      .slice(0, 3)
      .map(({ url }) => url)
      .join(' ');
    this.#firstOrder ??= order;
    if (this.#enterWaits)
      void this.updateComplete.then(() => this.#enterWaits && this.#follow(this.#enterWaits));
    if (update.stage === 'keyword' || update.stage === 'hybrid')
      this.#announcer.say(update.results.length > 0 ? texts.found(update.results.length) : '');
    if (update.stage !== 'done') return;
    if (update.results.length === 0) this.#announcer.say(texts.noResults(update.query));
    else if (update.progress && order !== this.#firstOrder)
      this.#announcer.say(`${texts.found(update.results.length)}. ${texts.reordered}`);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      // Chromium would clear a search field first, and the query with it.
      event.preventDefault();
      this.close();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      this.#move(step);
    } else if (event.key === 'Enter' && event.target === this.input) {
      event.preventDefault();
      this.#follow(event);
    }
  };

  #move(step: number): void {
    const rows = rowsOf(this.shown);
    const at = rows.findIndex(({ url }) => url === this.active);
    const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : (at + step + rows.length) % rows.length;
    this.active = rows[next]?.url;
  }

  /**
   * Follows the active row, or the first; with a modifier, in a new tab as the browser would. Rows of an earlier query
   * are never followed: Enter waits for the first ones of this query.
   */
  #follow(event: KeyboardEvent): void {
    const fresh = this.#search.update?.query === this.text.trim();
    const url = this.active ?? rowsOf(this.shown)[0]?.url;
    this.#enterWaits = fresh && url !== undefined ? undefined : event;
    if (!fresh || url === undefined) return;
    const row = this.renderRoot.querySelector<HTMLAnchorElement>(`#${rowId(this.shown, url)}`);
    row?.dispatchEvent(
      new MouseEvent('click', {
        bubbles: true,
        composed: true,
        cancelable: true,
        ctrlKey: event.ctrlKey,
        metaKey: event.metaKey,
        shiftKey: event.shiftKey,
      }),
    );
  }

  readonly #closeFromBackdrop = (event: MouseEvent): void => {
    if (event.target === this.dialog) this.close();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'second-look': SecondLook;
  }
}
