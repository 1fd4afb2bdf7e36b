import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { BackEntry } from './back-entry.js';
import type { HistoryHandlers, HistoryView } from './history-view.js';
import { closeIcon, searchIcon } from './icons.js';
import { languageOf } from './language-of.js';
import { messagesFor } from './load-messages.js';
import { ENGLISH, type Messages } from './messages.js';
import type { ModelChoice } from './model-consent.js';
import { openResult } from './open-result.js';
import type { OpenedResult } from './search-history.js';
import { SearchSession } from './search-session.js';
import './second-look-input.js';
import type { ResultsKind, SecondLookInput } from './second-look-input.js';
import './second-look-results.js';
import './second-look-status.js';
import { boxStyles } from './second-look.styles.js';
import { hasCommandKey, isCommand, isComposing, ShortcutController } from './shortcut-controller.js';
import { tokenStyles } from './tokens.styles.js';

/**
 * A search box: a button, and a dialog that searches as one types. With `inline`, a field in the page that has a list
 * under it.
 *
 * @summary Searches a static site in the visitor's browser, by words, by meaning, and with a second look.
 *
 * @fires {SearchedEvent} second-look-searched - A query has been answered, and the visitor has paused.
 * @fires {NoResultsEvent} second-look-no-results - A query has no answer.
 * @fires {OpenResultEvent} second-look-open-result - A result is about to be opened; may be prevented.
 * @fires {ModelsReadyEvent} second-look-models-ready - All models of the index are ready.
 * @fires {SearchErrorEvent} second-look-error - The search does not work.
 *
 * @slot label - What the button says, in place of "Search".
 * @slot footer - Something of the site's own in the line under the list.
 *
 * @csspart button - The button that opens the dialog.
 * @csspart dialog - The dialog.
 * @csspart popover - The list under an inline field.
 * @csspart field - The field with its icon and its button.
 * @csspart input - The field itself.
 * @csspart close - The button that closes the dialog.
 * @csspart body - The part that scrolls.
 * @csspart results - The list of results.
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
 * @csspart history - The visitor's history.
 * @csspart filters - The groups of filters.
 * @csspart filter - A group of filters.
 * @csspart value - A value to filter by.
 * @csspart footer - The line under the list.
 * @csspart status - What it says of the search.
 *
 * @cssproperty [--second-look-accent=#0b62d6 / #7db4ff] - Colour of buttons, highlights, the active row and focus.
 * @cssproperty [--second-look-on-accent=#ffffff / #10151d] - Text on the accent.
 * @cssproperty [--second-look-background=#ffffff / #16191e] - Surface of the dialog.
 * @cssproperty [--second-look-text=#1b1f24 / #e8ebf0] - Text.
 * @cssproperty [--second-look-muted=#596270 / #9ba5b3] - Lesser text.
 * @cssproperty [--second-look-border=#d8dde4 / #343a44] - Lines.
 * @cssproperty [--second-look-faint] - Background of the footer and of a row under the pointer.
 * @cssproperty [--second-look-active] - Background of the row that is chosen.
 * @cssproperty [--second-look-mark] - Background of highlighted words.
 * @cssproperty [--second-look-mark-text=var(--second-look-text)] - Letters of highlighted words.
 * @cssproperty [--second-look-mark-line] - Line under highlighted words.
 * @cssproperty [--second-look-backdrop=rgb(20 24 31 / 0.42)] - Veil over the page.
 * @cssproperty [--second-look-shadow] - Shadow of the dialog.
 * @cssproperty [--second-look-font=inherit] - Font.
 * @cssproperty [--second-look-font-size=1rem] - Size of the text.
 * @cssproperty [--second-look-small=0.875em] - Size of headings and excerpts.
 * @cssproperty [--second-look-line-height=1.5] - Height of a line.
 * @cssproperty [--second-look-title-weight=620] - Weight of a page's title.
 * @cssproperty [--second-look-radius=14px] - Corners of the dialog.
 * @cssproperty [--second-look-row-radius=9px] - Corners of rows.
 * @cssproperty [--second-look-control-radius=10px] - Corners of buttons and of the field.
 * @cssproperty [--second-look-width=42rem] - Width of the dialog on large screens.
 * @cssproperty [--second-look-height=min(76dvh, 44rem)] - Most height of the dialog.
 * @cssproperty [--second-look-top=min(12vh, 7rem)] - Space above the dialog.
 * @cssproperty [--second-look-row-padding=0.45rem 0.7rem] - Space within a row.
 * @cssproperty [--second-look-page-gap=0.35rem] - Space between pages.
 * @cssproperty [--second-look-excerpt-lines=2] - Most lines of an excerpt.
 * @cssproperty [--second-look-button-height=2.5rem] - Height of the button.
 * @cssproperty [--second-look-input-height=3rem] - Height of the field.
 * @cssproperty [--second-look-icon-size=1.125em] - Size of icons.
 * @cssproperty [--second-look-focus-width=2px] - Width of the line around what has the focus.
 * @cssproperty [--second-look-duration=150ms] - How long rows take to move, at most 150 ms.
 */
@customElement('second-look')
export class SecondLook extends LitElement {
  /** Its own style sheets, and the custom properties that they share. */
  static override styles = [tokenStyles, boxStyles];
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  /** URL of the index folder, or of several with spaces between. */
  @property() index = '/second-look/';

  /**
   * Whether to load the models: `auto` when the box is opened, where the visitor saves data only once they agree; `ask`
   * once they agree; `on` always; `off` never, by words alone.
   */
  @property() models: ModelChoice = 'auto';

  /**
   * A field in the page in place of a button: `popover` (or no value) with a list over the page, as in a header; `page`
   * with the results under it, as on a search page.
   */
  @property() inline: '' | 'popover' | 'page' | undefined;

  /** Colours: those of the page's `color-scheme` (`auto`), `light` or `dark`. */
  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';

  /** Filter keys to offer, in this order, with spaces between; all of the site's unless given; `none` for none. */
  @property() filters = '';

  /** Parameter of the page's address that has the query; `q` on a search page, elsewhere none. */
  @property({ attribute: 'query-parameter' }) queryParameter: string | undefined;

  /** Turns the keyboard shortcuts (Ctrl-K, ⌘-K and `/`) off. */
  @property({ type: Boolean, attribute: 'no-shortcut' }) noShortcut = false;

  /** Keeps no recent searches and pins on the visitor's device, and shows none. */
  @property({ type: Boolean, attribute: 'no-history' }) noHistory = false;

  /** Leaves the browser's Back button alone: it closes the dialog otherwise. */
  @property({ type: Boolean, attribute: 'no-back' }) noBack = false;

  /** Links lead to the heading alone, and highlight nothing on the page. */
  @property({ type: Boolean, attribute: 'no-highlight' }) noHighlight = false;

  /** Texts to show in place of those of the page's language. */
  @property({ attribute: false }) messages: Partial<Messages> = {};

  /** The search that the box shows. */
  @property({ attribute: false }) session = new SearchSession();

  @state() private historyView: HistoryView | undefined;
  @state() private ownTexts: Messages = ENGLISH;

  #back: BackEntry | undefined;
  #stopListening: () => void = () => undefined;
  #stopPlacing: () => void = () => undefined;
  /** Esc was pressed in an inline field, and no other key since. */
  #isDismissed = false;
  /** Where the pointer went down. */
  #pressed: EventTarget | null = null;
  #filtersCode: Promise<unknown> | undefined;

  constructor() {
    super();
    new ShortcutController(
      this,
      () => (this.#dialog?.open ? this.close() : this.open()),
      () => !this.noShortcut && this.checkVisibility(),
    );
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  get #popover(): HTMLElement | null {
    return this.renderRoot.querySelector('.popover');
  }

  get #input(): SecondLookInput | null {
    return this.renderRoot.querySelector('second-look-input');
  }

  /** Opens the dialog or focuses the field, and asks right away if a query is given. */
  open(query?: string): void {
    if (!this.hasUpdated) {
      void this.updateComplete.then(() => this.open(query));
      return;
    }
    const { session } = this;
    const input = this.#input;
    session.preload();
    void this.#loadHistory();
    if (this.#dialog && !this.#dialog.open) {
      this.#dialog.showModal();
      if (!this.noBack) void this.#enterHistory();
    }
    if (query !== undefined) session.ask(query);
    input?.focus();
    input?.input?.select();
  }

  /** Closes what is open. The query and its results stay for the next time. */
  close(): void {
    this.session.stay();
    if (this.#dialog?.open) this.#dialog.close();
    this.#hidePopover();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#attach();
    void messagesFor(this).then((texts) => (this.ownTexts = texts));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Taken out of the page, an open dialog would come back open, but no longer modal.
    this.close();
    this.#stopListening();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('session')) this.#attach();
    const { session, index, models } = this;
    if (['messages', 'ownTexts', 'noHighlight', 'session'].some((name) => changed.has(name))) {
      session.messages = { ...this.ownTexts, ...this.messages };
      session.highlightsTarget = !this.noHighlight;
      // The parts render when the search says so.
      session.changed();
    }
    if (changed.has('index') || changed.has('models') || changed.has('session'))
      session.configure({ index, models, language: languageOf(this) });
    if (changed.has('index') || this.noHistory) this.historyView = undefined;
  }

  protected override updated(): void {
    // Most sites have no filters, and do without their code.
    if (this.session.info?.filters.length)
      this.#filtersCode ??= import('./second-look-filters.js').catch(() => undefined);
    if (this.#popover && this.#mayShowPopover) void this.#showPopover();
    else this.#hidePopover();
  }

  #attach(): void {
    const { session } = this;
    const stopListening = this.#stopListening;
    session.owner = this;
    session.onOpen = (result) => this.#remember(result);
    session.onLeave = (href) => {
      const leaves = href !== undefined && (this.#back?.leaveFor(href) ?? false);
      this.close();
      // A list under a field is there while the box has the focus.
      if (!this.#dialog) (this.shadowRoot?.activeElement as HTMLElement | null)?.blur();
      return leaves;
    };
    this.#stopListening = session.listen(() => this.requestUpdate());
    stopListening();
  }

  protected override render(): TemplateResult {
    if (this.inline === 'page') return this.#pageView();
    return this.inline === undefined ? this.#dialogView() : this.#popoverView();
  }

  #dialogView(): TemplateResult {
    const { messages } = this.session;
    return html`
      <button
        class="open"
        part="button"
        type="button"
        aria-haspopup="dialog"
        aria-keyshortcuts=${this.noShortcut ? nothing : 'Control+K Meta+K /'}
        @click=${() => this.open()}
        @pointerenter=${this.#openIndex}
        @focus=${this.#openIndex}
      >
        ${searchIcon}<span class="label"><slot name="label">${messages.search}</slot></span>
        ${this.noShortcut ? nothing : html`<kbd aria-hidden="true">${hasCommandKey() ? '⌘ K' : 'Ctrl K'}</kbd>`}
      </button>
      <dialog
        part="dialog"
        aria-label=${messages.search}
        @mousedown=${this.#onPress}
        @click=${this.#onClick}
        @keydown=${this.#onKey}
        @close=${this.#onClose}
      >
        <div class="panel">
          <div class="head">
            ${this.#field('listbox')}
            <button
              class="close"
              part="close"
              type="button"
              aria-label=${messages.close}
              @click=${() => this.close()}
            >
              ${closeIcon}
            </button>
          </div>
          ${this.#body('listbox')}
        </div>
      </dialog>
    `;
  }

  #popoverView(): TemplateResult {
    return html`
      <div
        class="inline"
        @focusin=${this.#onFocusIn}
        @focusout=${this.#onFocusOut}
        @keydown=${this.#onKey}
        @click=${this.#onClick}
      >
        ${this.#field('listbox')}
        <div class="popover panel" part="popover" popover="manual">${this.#body('listbox')}</div>
      </div>
    `;
  }

  #pageView(): TemplateResult {
    return html`
      <div class="in-page" role="search" @focusin=${this.#onFocusIn} @keydown=${this.#onKey}>
        ${this.#field('links', this.queryParameter ?? 'q')} ${this.#body('links')}
      </div>
    `;
  }

  #field(kind: ResultsKind, parameter = this.queryParameter): TemplateResult {
    return html`<second-look-input
      .session=${this.session}
      .kind=${kind}
      .queryParameter=${parameter}
    ></second-look-input>`;
  }

  /** Filters, results and status. */
  #body(kind: ResultsKind): TemplateResult {
    const { session, filters } = this;
    const { messages } = session;
    return html`
      ${
        filters === 'none' || !session.info?.filters.length
          ? nothing
          : html`<second-look-filters
              .session=${session}
              .keys=${filters}
              ?folded=${kind === 'listbox'}
            ></second-look-filters>`
      }
      <div class="body" part="body">
        <second-look-results .session=${session} .kind=${kind}></second-look-results>
        ${session.asks || session.error ? nothing : this.#start(messages)}
      </div>
      <div class="footer" part="footer">
        <second-look-status .session=${session}></second-look-status>
        <slot name="footer"></slot>
        ${
          kind === 'links'
            ? nothing
            : html`<div class="keys" aria-hidden="true">
                <span><kbd>↑</kbd><kbd>↓</kbd> ${messages.keys.choose}</span
                ><span><kbd>↵</kbd> ${messages.keys.open}</span
                ><span><kbd>esc</kbd> ${messages.keys.close}</span>
              </div>`
        }
      </div>
    `;
  }

  /** Before anything is asked: the visitor's history, or an invitation. */
  #start(messages: Messages): TemplateResult {
    const { historyView } = this;
    return historyView && !historyView.isEmpty
      ? historyView.render(messages)
      : html`<p class="invitation">${messages.invitation}</p>`;
  }

  readonly #openIndex = (): void => this.session.open();

  /** From here on, Back closes the dialog. The code comes with the first one that opens. */
  async #enterHistory(): Promise<void> {
    const code = await import('./back-entry.js').catch(() => undefined);
    if (!code) return;
    this.#back ??= new code.BackEntry(() => this.close());
    await this.#back.push(() => this.#dialog?.open === true);
  }

  async #loadHistory(): Promise<void> {
    if (this.noHistory || this.historyView) return;
    // Without it one searches all the same.
    const code = await import('./history-view.js').catch(() => undefined);
    if (!code) return;
    const { session } = this;
    const handlers: HistoryHandlers = {
      onSearch: (text) => {
        session.ask(text);
        this.#input?.focus();
      },
      onOpen: (result, event) => openResult(session, result, event),
      onChange: () => this.requestUpdate(),
    };
    const index = new URL(this.index, document.baseURI).href;
    this.historyView ??= new code.HistoryView(index, handlers, this.renderRoot);
  }

  #remember(result: OpenedResult): void {
    if (result.title !== '') this.historyView?.add(this.session.text.trim(), result);
  }

  /** Whether anything in the box has the focus, what the site has put there too. */
  get #hasFocus(): boolean {
    return this.contains((this.getRootNode() as Document).activeElement);
  }

  get #mayShowPopover(): boolean {
    const { session, historyView } = this;
    const hasSomething = session.asks || session.offersModels || historyView?.isEmpty === false;
    return this.#hasFocus && !this.#isDismissed && hasSomething;
  }

  async #showPopover(): Promise<void> {
    // The code comes with the first one: most boxes are dialogs.
    const code = await import('./place-below.js').catch(() => undefined);
    const popover = this.#popover;
    const input = this.#input;
    if (!popover || !input || popover.matches(':popover-open') || !this.#mayShowPopover) return;
    popover.showPopover();
    // Without it the list is not where it should be, but there.
    if (code) this.#stopPlacing = code.placeBelow(popover, input);
  }

  #hidePopover(): void {
    this.#stopPlacing();
    if (this.#popover?.matches(':popover-open')) this.#popover.hidePopover();
  }

  readonly #onFocusIn = (): void => {
    void this.#loadHistory();
    this.requestUpdate();
  };

  readonly #onFocusOut = (): void => {
    // Where the focus goes is known a moment later.
    setTimeout(() => {
      this.#isDismissed &&= this.#hasFocus;
      this.requestUpdate();
    });
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const { key } = event;
    const isTyped = event.target === this.#input?.input;
    const isPage = this.inline === 'page';
    // The page does not see that a field has the focus, and may have keys of its own: "n" leads to MkDocs's next page.
    if ((isTyped || !isPage) && !isCommand(event)) event.stopPropagation();
    const isOurs = !isComposing(event);
    if (isOurs && isTyped && key === 'ArrowDown' && this.session.rows.length === 0)
      this.renderRoot.querySelector<HTMLElement>('.history .entry')?.focus();
    this.#isDismissed = isOurs && key === 'Escape' && !isPage;
    if (this.#isDismissed) {
      // Chromium would clear a search field first, and the query with it.
      event.preventDefault();
      // What has the focus may be in the list that goes.
      this.#input?.focus();
      this.close();
    }
    this.requestUpdate();
  };

  readonly #onClose = (): void => {
    this.close();
    this.#back?.drop();
  };

  readonly #onPress = ({ target }: MouseEvent): void => {
    this.#pressed = target;
  };

  readonly #onClick = ({ target }: MouseEvent): void => {
    // A selection that begins in the dialog and ends outside of it is a click on the dialog too.
    if (target === this.#dialog && this.#pressed === target) this.close();
    // A button that goes with its click would take the focus along, on which the list and the keys depend.
    setTimeout(() => {
      if (!(target as Node).isConnected) this.#input?.focus();
    });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'second-look': SecondLook;
  }
}
