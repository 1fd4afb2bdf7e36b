import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { MAX_QUERY_LENGTH } from '../protocol.js';
import { controlStyles } from './controls.styles.js';
import { logo } from './icons.js';
import { labelPageStyles } from './label-page.styles.js';
import { LabelSession } from './label-session.js';
import { poolStyles } from './pool-view.styles.js';
import { poolView } from './pool-view.js';
import { queriesStyles } from './queries-view.styles.js';
import { queriesView } from './queries-view.js';
import { statusText } from './status-text.js';
import { suggestionView } from './suggestion-view.js';

const COMMAND_KEY = /mac|iphone|ipad/i.test(navigator.platform) ? '⌘' : 'Ctrl';

/** The page on which a site's owner writes queries and marks what is right. */
@customElement('label-page')
export class LabelPage extends LitElement {
  static override styles = [controlStyles, labelPageStyles, poolStyles, queriesStyles];

  /** What stands in the query's field. */
  @state() private text = '';
  /** Ids of the sections that are shown whole. */
  @state() private open: ReadonlySet<string> = new Set();

  @query('input[name="query"]') private readonly input!: HTMLInputElement | null;

  readonly #session = new LabelSession(this);

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.#onKey);
    addEventListener('beforeunload', this.#onLeave);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#onKey);
    removeEventListener('beforeunload', this.#onLeave);
  }

  protected override render(): TemplateResult {
    const session = this.#session;
    const { sheet, work, saver } = session;
    return html`
      <header>
        <p class="brand">
          ${logo}<span>second-look <small>label</small></span>
        </p>
        <p class="status" role="status">${statusText(session)}</p>
      </header>
      <div class="columns">
        <main>
          <h1>Which results are right?</h1>
          ${this.#intro}
          ${session.failure ? alertView(session.failure.message, session.failure.retry) : nothing}
          ${saver.failure === undefined ? nothing : alertView(`Not saved: ${saver.failure}`, () => saver.retry())}
          ${
            work.suggested && !work.pool
              ? suggestionView(work.suggested, {
                  open: this.open.has(work.suggested.id),
                  onUnfold: () => this.#unfold(work.suggested!.id),
                  onAnother: () => void this.#suggest(),
                  onFreely: () => this.#begin(),
                })
              : nothing
          }
          ${this.#form}
          ${
            work.pool
              ? poolView({
                  pool: work.pool,
                  relevant: work.relevant,
                  open: this.open,
                  onMark: (id) => session.toggle(id),
                  onUnfold: (id) => this.#unfold(id),
                  onLeave: () => this.input?.focus(),
                })
              : nothing
          }
          ${work.text === '' ? nothing : this.#footer}
        </main>
        <aside aria-label="Queries so far">
          ${
            sheet &&
            queriesView({
              sheet,
              current: work.id,
              deleted: session.deleted,
              onEdit: (query) => {
                this.#show(query.text);
                void session.edit(query).then(() => this.#focusPool());
              },
              onDelete: (query) => void this.#delete(query.id),
              onRestore: () => void session.restore().then(() => this.input?.focus()),
            })
          }
        </aside>
      </div>
    `;
  }

  get #intro(): TemplateResult | typeof nothing {
    const { sheet, work } = this.#session;
    if (!sheet || work.text !== '' || work.suggested) return nothing;
    return html`<p class="lead">
      Type what a visitor would ask, then mark the sections that answer it. With twenty such queries,
      second-look can measure how well it searches the ${sheet.sections.toLocaleString('en')} sections of your
      site.
    </p>`;
  }

  get #form(): TemplateResult {
    const { looking, work } = this.#session;
    return html`<form @submit=${this.#ask}>
      <label for="query">${work.suggested ? 'What they would type' : 'What a visitor would type'}</label>
      <div class="field">
        <input
          id="query"
          name="query"
          type="text"
          autocomplete="off"
          autocapitalize="off"
          enterkeyhint="search"
          maxlength=${MAX_QUERY_LENGTH}
          aria-describedby="query-hint"
          .value=${live(this.text)}
          @input=${(event: InputEvent) => (this.text = (event.target as HTMLInputElement).value)}
        />
        <button class="main" type="submit" aria-disabled=${looking}>Find sections</button>
      </div>
      <p class="hint" id="query-hint">
        Their own words, not the page’s: wording copied from a page favours the keyword search.
      </p>
      ${
        work.suggested || work.text !== ''
          ? nothing
          : html`<p class="choices">
              Nothing comes to mind?
              <button class="quiet" type="button" @click=${() => void this.#suggest()}>
                Suggest a section
              </button>
            </p>`
      }
    </form>`;
  }

  get #footer(): TemplateResult {
    const { work, saver } = this.#session;
    const right = work.relevant.length;
    const saved = saver.failure !== undefined ? 'not saved' : saver.saving ? 'saving' : 'saved';
    return html`<div class="footer">
      <p>
        ${
          right > 0
            ? html`<strong>${right}</strong> marked right, ${saved}`
            : html`Nothing marked: ${saved} as a draft, which evaluation leaves out`
        }
      </p>
      <button class="main" type="button" aria-keyshortcuts="Control+Enter Meta+Enter" @click=${this.#next}>
        Next query <kbd aria-hidden="true">${COMMAND_KEY} ↵</kbd>
      </button>
    </div>`;
  }

  readonly #ask = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.text.trim() === '') return;
    await this.#session.ask(this.text);
    await this.#focusPool();
  };

  readonly #next = async (): Promise<void> => {
    await this.#session.next(this.text);
    if (this.#session.work.text === '') this.#show('');
    await this.#focusQuery();
  };

  async #suggest(): Promise<void> {
    this.#show('');
    await this.#session.suggest();
    await this.#focusQuery();
  }

  #begin(): void {
    this.#session.begin();
    this.#show('');
    void this.#focusQuery();
  }

  async #delete(id: string): Promise<void> {
    const query = this.#session.sheet?.queries.find((query) => query.id === id);
    if (!query) return;
    const current = this.#session.work.id === id;
    await this.#session.remove(query);
    if (current && !this.#session.failure) this.#show('');
    // The button that had the focus is gone.
    await this.#focusQuery();
  }

  #show(text: string): void {
    this.text = text;
    this.open = new Set();
  }

  #unfold(id: string): void {
    const open = new Set(this.open);
    if (!open.delete(id)) open.add(id);
    this.open = open;
  }

  async #focusQuery(): Promise<void> {
    await this.updateComplete;
    this.input?.focus();
    scrollTo({ top: 0 });
  }

  /** From the query on to the first section, where the keys are at work. */
  async #focusPool(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.pool input')?.focus({ preventScroll: true });
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    void this.#next();
  };

  readonly #onLeave = (event: BeforeUnloadEvent): void => {
    if (this.#session.saver.unsaved.size > 0) event.preventDefault();
  };
}

function alertView(message: string, retry: () => void): TemplateResult {
  return html`<div class="alert" role="alert">
    <p>${message}</p>
    <button class="quiet" type="button" @click=${retry}>Try again</button>
  </div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'label-page': LabelPage;
  }
}
