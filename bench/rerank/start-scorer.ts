import * as Comlink from 'comlink';
import type { Scorer } from './scorer.js';

declare global {
  /** Starts a worker by its URL; there is one to a page. */
  var startScorer: (url: string) => void;
  var scorer: Comlink.Remote<Scorer>;
  /** Whether there is a graphics processor, and not only software that acts as one. */
  var hasWebGpu: () => Promise<boolean>;
}

globalThis.startScorer = (url) => {
  globalThis.scorer = Comlink.wrap<Scorer>(new Worker(url, { type: 'module' }));
};

interface Adapter {
  info: { vendor: string; architecture: string; isFallbackAdapter?: boolean };
}

globalThis.hasWebGpu = async () => {
  const { gpu } = navigator as { gpu?: { requestAdapter: () => Promise<Adapter | null> } };
  const adapter = await gpu?.requestAdapter();
  return adapter ? !adapter.info.isFallbackAdapter && adapter.info.architecture !== 'swiftshader' : false;
};
