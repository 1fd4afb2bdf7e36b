import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { ModelStatus } from '../protocol.js';
import { SearchPart } from './search-part.js';
import { statusStyles } from './second-look-status.styles.js';

/**
 * The quiet line of a search: models on their way, passages being read, a better order that waits, or what is missing.
 * Screen readers hear from it how many pages were found.
 *
 * @summary The status of a search.
 *
 * @csspart status - The line.
 */
@customElement('second-look-status')
export class SecondLookStatus extends SearchPart {
  static override readonly partStyles = statusStyles;

  protected override render(): TemplateResult {
    return html`
      <div class="status" part="status">${this.#line()}</div>
      <div class="unseen" role="status">${this.search.announcer.text}</div>
    `;
  }

  #line(): TemplateResult | typeof nothing {
    const { search } = this;
    const { messages, update, list, info } = search;
    if (search.offersModels && info)
      return html`<span>${messages.offer(megabytes(info.modelBytes))}</span>
        <span class="answers">
          <button class="strong" type="button" @click=${() => search.answerOffer('yes')}>
            ${messages.accept}
          </button>
          <button class="quiet" type="button" @click=${() => search.answerOffer('no')}>
            ${messages.decline}
          </button>
        </span>`;
    if (list.waiting && update?.stage === 'done')
      return html`<span>${messages.waiting}</span>
        <button class="quiet" type="button" @click=${() => search.reveal()}>${messages.reveal}</button>`;
    const loading = [...search.models.values()].filter(({ state }) => state === 'loading');
    if (loading.length > 0) return this.#download(loading);
    const missing = update?.missing[0];
    if (missing) return html`<span>${messages.missing[missing.part]}</span>`;
    if (!update?.progress) return nothing;
    const { read, of } = update.progress;
    if (update.stage === 'done') return html`<span>${messages.read(of)}</span>`;
    return progressView(read / of, messages.reading(read, of));
  }

  #download(loading: readonly ModelStatus[]): TemplateResult {
    const { search } = this;
    const { messages } = search;
    const loaded = loading.reduce((sum, { loadedBytes }) => sum + loadedBytes, 0);
    const total = loading.reduce((sum, { totalBytes }) => sum + totalBytes, 0);
    if (loaded >= total) return progressView(1, messages.starting);
    return html`${progressView(loaded / total, messages.downloading(megabytes(loaded), megabytes(total)))}
      <button class="quiet" type="button" @click=${() => search.cancelModels()}>${messages.cancel}</button>`;
  }
}

function progressView(share: number, text: string): TemplateResult {
  return html`<progress aria-label=${text} max="1" .value=${share}></progress><span>${text}</span>`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}

declare global {
  interface HTMLElementTagNameMap {
    'second-look-status': SecondLookStatus;
  }
}
