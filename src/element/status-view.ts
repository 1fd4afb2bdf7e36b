import { html, nothing, type TemplateResult } from 'lit';
import type { ModelStatus, SearchUpdate } from '../protocol.js';
import type { Messages } from './messages.js';

export interface SearchState {
  update: SearchUpdate | undefined;
  models: ReadonlyMap<ModelStatus['model'], ModelStatus>;
}

/** The quiet line under the list: models on their way, passages being read, or what is missing. */
export function statusView({ update, models }: SearchState, messages: Messages): TemplateResult {
  const loading = [...models.values()].filter(({ state }) => state === 'loading');
  const [share, text] = statusOf(update, loading, messages);
  return html`<div class="status" part="status">
    ${
      share === undefined ? nothing : html`<progress aria-label=${text} max="1" .value=${share}></progress>`
    }<span>${text}</span>
  </div>`;
}

function statusOf(
  update: SearchUpdate | undefined,
  loading: readonly ModelStatus[],
  messages: Messages,
): [share: number | undefined, text: string] {
  if (loading.length > 0) return downloading(loading, messages);
  const missing = update?.missing[0];
  if (missing) return [undefined, messages.missing[missing.part]];
  if (!update?.progress) return [undefined, ''];
  const { read, of } = update.progress;
  return update.stage === 'done' ? [undefined, messages.read(of)] : [read / of, messages.reading(read, of)];
}

function downloading(loading: readonly ModelStatus[], messages: Messages): [share: number, text: string] {
  const loaded = loading.reduce((sum, { loadedBytes }) => sum + loadedBytes, 0);
  const total = loading.reduce((sum, { totalBytes }) => sum + totalBytes, 0);
  const text = loaded < total ? messages.downloading(megabytes(loaded), megabytes(total)) : messages.starting;
  return [total > 0 ? loaded / total : 0, text];
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}
