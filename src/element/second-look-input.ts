import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { searchIcon } from './icons.js';
import { languageOf } from './language-of.js';
import { messagesFor } from './load-messages.js';
import type { ModelChoice } from './model-consent.js';
import { inputStyles } from './second-look-input.styles.js';
import { SearchPart } from './search-part.js';
import { isComposing } from './shortcut-controller.js';

/**
 * How input and results belong together. `listbox`: a combobox and its list; the focus stays in the field, and the arrow
 * keys choose a row. `links`: a search field, and links that are reached like any others.
 */
export type ResultsKind = 'listbox' | 'links';

/**
 * A field that searches as one types. By itself it belongs on a search page, with `<second-look-results>` somewhere else
 * in it; `<second-look>` has one of its own.
 *
 * @summary The field of a search.
 *
 * @csspart field - The field with its icon and its button.
 * @csspart input - The input.
 */
@customElement('second-look-input')
export class SecondLookInput extends SearchPart {
  static override readonly partStyles = inputStyles;

  /** URL of the index folder. Default `/second-look/`. */
  @property() index: string | undefined;

  /** Whether to load the models; see `<second-look>`. */
  @property() models: ModelChoice | undefined;

  /** How the results are shown. */
  @property() kind: ResultsKind = 'links';

  /** Parameter of the page's address that has the query, such as `q`; it is read at first and kept up to date. */
  @property({ attribute: 'query-parameter' }) queryParameter: string | undefined;

  /** The input, for whoever needs its selection. */
  get input(): HTMLInputElement | null {
    return this.querySelector('input');
  }

  override focus(options?: FocusOptions): void {
    this.input?.focus(options);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Within `<second-look>` the search is set up already.
    if (this.session) return;
    this.search.owner = this;
    void messagesFor(this).then((messages) => {
      this.search.messages = messages;
      this.search.changed();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { index = '/second-look/', models = 'auto' } = this;
    if (!this.session && (changed.has('index') || changed.has('models') || !this.search.isConfigured))
      this.search.configure({ index, models, language: languageOf(this) });
  }

  protected override firstUpdated(): void {
    const { queryParameter } = this;
    if (queryParameter === undefined) return;
    const asked = new URLSearchParams(location.search).get(queryParameter);
    if (asked) this.search.ask(asked.slice(0, 500));
  }

  protected override updated(): void {
    const { input, search } = this;
    // What the visitor has typed is there already; setting it again would move the caret.
    if (!input || input.value === search.text) return;
    input.value = search.text;
    this.#keepInAddress();
  }

  protected override render(): TemplateResult {
    const { search, kind } = this;
    const { messages, text, rows, active, id } = search;
    const isCombobox = kind === 'listbox';
    return html`
      <div class="field" part="field">
        ${searchIcon}
        <input
          part="input"
          type="search"
          role=${isCombobox ? 'combobox' : nothing}
          aria-label=${messages.search}
          aria-autocomplete=${isCombobox ? 'list' : nothing}
          aria-expanded=${isCombobox ? rows.length > 0 : nothing}
          aria-controls=${isCombobox ? `${id}-list` : nothing}
          aria-activedescendant=${isCombobox && active !== undefined ? search.rowId(active) : nothing}
          aria-describedby="${id}-hint"
          autocomplete="off"
          autocapitalize="off"
          autocorrect="off"
          spellcheck="false"
          enterkeyhint=${isCombobox ? 'go' : 'search'}
          maxlength="500"
          placeholder=${messages.placeholder}
          @focus=${this.#preload}
          @input=${this.#onInput}
          @keydown=${this.#onKey}
        />
        ${
          text === ''
            ? nothing
            : html`<button class="clear" type="button" @click=${this.#clear}>${messages.clear}</button>`
        }
      </div>
      <span class="unseen" id="${id}-hint">${messages.updatesHint}</span>
    `;
  }

  readonly #preload = (): void => this.search.preload();

  readonly #onInput = (event: Event): void => {
    this.#ask((event.target as HTMLInputElement).value);
  };

  readonly #clear = (): void => {
    this.#ask('');
    this.focus();
  };

  #ask(text: string): void {
    this.search.ask(text);
    this.#keepInAddress();
  }

  /** Replaces the entry: a history of keystrokes helps nobody. */
  #keepInAddress(): void {
    if (this.queryParameter === undefined) return;
    const text = this.search.text.trim();
    const url = new URL(location.href);
    if (text === '') url.searchParams.delete(this.queryParameter);
    else url.searchParams.set(this.queryParameter, text);
    history.replaceState(history.state, '', url);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    // An input method takes its own keys.
    if (isComposing(event)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter') {
      event.preventDefault();
      if (this.kind === 'listbox') this.search.follow(event);
    } else if (step !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (this.kind === 'listbox') this.search.move(step);
      else if (step > 0) this.search.results?.focusFirst();
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'second-look-input': SecondLookInput;
  }
}
