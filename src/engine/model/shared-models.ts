import type { Manifest, ModelEntry } from '../index-file/manifest.js';
import type { IndexSource, OnBytes } from '../index-file/source.js';
import type { ModelDevice } from '../update.js';
import type { ModelOpener, OnDevice } from './open-model.js';

/**
 * Opens a model once for all indexes that name the same files and settings: several sites searched at once need no more
 * memory for it than one, and it is downloaded once. It is disposed of when the last of them has disposed of it.
 */
export function sharedModels(models: ModelOpener): ModelOpener {
  return {
    embedder: shared((entry, manifest, source, onBytes) => models.embedder(entry, manifest, source, onBytes)),
    reranker: shared((...model) => models.reranker(...model)),
  };
}

type Open<Entry extends ModelEntry, T> = (
  entry: Entry,
  manifest: Manifest,
  source: IndexSource,
  onBytes: OnBytes,
  onDevice?: OnDevice,
) => Promise<T>;

/** A model that is open or opening, and who has it. */
interface Held<T> {
  model: Promise<T>;
  holders: Set<{ onBytes: OnBytes; onDevice: OnDevice }>;
  /** What it runs on, once that is known. */
  device?: ModelDevice;
}

function shared<Entry extends ModelEntry, T extends { dispose(): Promise<void> }>(
  open: Open<Entry, T>,
): Open<Entry, T> {
  const all = new Map<string, Held<T>>();
  return async (entry, manifest, source, onBytes, onDevice = () => undefined) => {
    const key = keyOf(entry);
    const holder = { onBytes, onDevice };
    const there = all.get(key);
    const held = there ?? begin();
    held.holders.add(holder);
    const release = async (): Promise<void> => {
      if (!held.holders.delete(holder) || held.holders.size > 0) return;
      all.delete(key);
      await (await held.model).dispose();
    };
    try {
      const model = await held.model;
      if (held.device) onDevice(held.device);
      return { ...model, dispose: release };
    } catch (error) {
      if (all.get(key) === held) all.delete(key);
      // Another index's files may be out of reach where this one's are not.
      if (there) return open(entry, manifest, source, onBytes, onDevice);
      throw error;
    }

    function begin(): Held<T> {
      const holders: Held<T>['holders'] = new Set();
      const model = open(
        entry,
        manifest,
        source,
        (bytes) => holders.forEach((each) => each.onBytes(bytes)),
        (device) => {
          own.device = device;
          holders.forEach((each) => each.onDevice(device));
        },
      );
      const own: Held<T> = { model, holders };
      all.set(key, own);
      return own;
    }
  };
}

/** What makes a model the same: its files, wherever they lie, and how it is used; not what its scores count. */
function keyOf({ weights, tokenizer, tokenizerConfig, ...settings }: ModelEntry): string {
  const files = [weights, tokenizer, tokenizerConfig].map(({ sha256 }) => sha256);
  return JSON.stringify([files, { ...settings, name: '', weight: 0, unrelated: 0 }]);
}
