import { html, nothing, type TemplateResult } from 'lit';
import { adoptStyles } from './adopt-styles.js';
import { historyStyles } from './history-view.styles.js';
import { closeIcon, pinIcon, recentIcon } from './icons.js';
import type { Messages } from './messages.js';
import {
  addOpened,
  forget,
  NO_HISTORY,
  type OpenedResult,
  readHistory,
  type SearchHistory,
  togglePin,
  writeHistory,
} from './search-history.js';

/** What a visitor does with an entry. */
export interface HistoryHandlers {
  onSearch: (text: string) => void;
  /** Says whether the browser is to follow the link. */
  onOpen: (result: OpenedResult, event: MouseEvent) => void;
  onChange: () => void;
}

/** The visitor's history with a site, to look at and to change. */
export class HistoryView {
  #history: SearchHistory;

  constructor(
    readonly index: string,
    readonly handlers: HistoryHandlers,
    root: Node,
  ) {
    this.#history = readHistory(index);
    adoptStyles(root, [historyStyles]);
  }

  get isEmpty(): boolean {
    const { searches, opened, pinned } = this.#history;
    return searches.length + opened.length + pinned.length === 0;
  }

  /** Notes that a search has led to a result. */
  add(search: string, result: OpenedResult): void {
    this.#keep(addOpened(readHistory(this.index), search, result));
  }

  /** Lists of links and buttons: real ones, each reached by Tab. */
  render(messages: Messages): TemplateResult {
    const { searches, opened, pinned } = this.#history;
    const texts = messages.history;
    return html`<div class="history" part="history" @keydown=${onArrowKey}>
      ${this.#group(
        texts.pinned,
        pinned.map((result) => this.#resultView(result, messages, true)),
      )}
      ${this.#group(
        texts.searches,
        searches.map(
          (search) =>
            html`<li>
              <button class="entry" type="button" @click=${() => this.handlers.onSearch(search)}>
                ${recentIcon}<bdi>${search}</bdi>
              </button>
              ${this.#forgetView(search, search, messages)}
            </li>`,
        ),
      )}
      ${this.#group(
        texts.opened,
        opened.map((result) => this.#resultView(result, messages, false)),
      )}
      <button class="quiet all" type="button" @click=${() => this.#keep(NO_HISTORY)}>${texts.clear}</button>
    </div>`;
  }

  #group(name: string, entries: readonly TemplateResult[]): TemplateResult | typeof nothing {
    if (entries.length === 0) return nothing;
    return html`<div class="group-name" role="heading" aria-level="2">${name}</div>
      <ul aria-label=${name}>
        ${entries}
      </ul>`;
  }

  #resultView(result: OpenedResult, messages: Messages, isPinned: boolean): TemplateResult {
    const name = [result.title, ...result.trail].join(' › ');
    const texts = messages.history;
    const label = (isPinned ? texts.unpin : texts.pin)(name);
    return html`<li>
      <a
        class="entry"
        href=${result.url}
        @click=${(event: MouseEvent) => this.handlers.onOpen(result, event)}
      >
        <bdi>${name}</bdi>
      </a>
      <button
        class="action"
        type="button"
        aria-label=${label}
        title=${label}
        aria-pressed=${isPinned}
        @click=${() => this.#keep(togglePin(readHistory(this.index), result))}
      >
        ${pinIcon}
      </button>
      ${this.#forgetView(result.url, name, messages)}
    </li>`;
  }

  #forgetView(what: string, name: string, messages: Messages): TemplateResult {
    const label = messages.history.forget(name);
    return html`<button
      class="action"
      type="button"
      aria-label=${label}
      title=${label}
      @click=${() => this.#keep(forget(readHistory(this.index), what))}
    >
      ${closeIcon}
    </button>`;
  }

  /** Another tab may have changed it, so what is kept is made of what is stored. */
  #keep(history: SearchHistory): void {
    this.#history = history;
    writeHistory(this.index, history);
    this.handlers.onChange();
  }
}

/** Up and down go from entry to entry. */
function onArrowKey(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const list = event.currentTarget as HTMLElement;
  const entries = [...list.querySelectorAll<HTMLElement>('.entry')];
  const at = entries.indexOf((event.target as HTMLElement).closest<HTMLElement>('.entry')!);
  const next = step === undefined || at < 0 ? undefined : entries[at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
