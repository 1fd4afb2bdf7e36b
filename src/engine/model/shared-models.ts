import type { ModelEntry } from '../index-file/manifest.js';
import type { OnBytes } from '../index-file/source.js';
import type { ModelOpener } from './open-model.js';

/**
 * Opens a model once for all indexes that name the same files and settings, for as long as any of them holds it: several
 * sites searched at once need no more memory for it than one, and it is downloaded once.
 */
export function sharedModels(models: ModelOpener): ModelOpener {
  return {
    embedder: shared((...model) => models.embedder(...model)),
    reranker: shared((...model) => models.reranker(...model)),
  };
}

function shared<Entry extends ModelEntry, Others extends unknown[], T extends object>(
  open: (entry: Entry, ...rest: [...Others, OnBytes]) => Promise<T>,
): (entry: Entry, ...rest: [...Others, OnBytes]) => Promise<T> {
  const loading = new Map<string, { model: Promise<T>; listeners: Set<OnBytes> }>();
  const opened = new Map<string, WeakRef<T>>();
  return async (entry, ...rest) => {
    const key = keyOf(entry);
    const there = opened.get(key)?.deref();
    if (there) return there;
    const onBytes = rest.at(-1) as OnBytes;
    const load = loading.get(key);
    if (load) {
      load.listeners.add(onBytes);
      // The other index's files may be out of reach where this one's are not.
      return load.model.catch(() => open(entry, ...rest));
    }
    const listeners = new Set([onBytes]);
    const others = rest.slice(0, -1) as Others;
    const model = open(entry, ...others, (bytes) => listeners.forEach((listener) => listener(bytes)));
    loading.set(key, { model, listeners });
    try {
      const ready = await model;
      opened.set(key, new WeakRef(ready));
      return ready;
    } finally {
      loading.delete(key);
    }
  };
}

/** What makes a model the same: its files, wherever they lie, and how it is used; not what its scores count. */
function keyOf({ weights, tokenizer, tokenizerConfig, ...settings }: ModelEntry): string {
  const files = [weights, tokenizer, tokenizerConfig].map(({ sha256 }) => sha256);
  return JSON.stringify([files, { ...settings, name: '', weight: 0, unrelated: 0 }]);
}
