import { vi } from 'vitest';
import { BROWSER_FILES } from '../engine/index-file/browser-files.js';
import { MANIFEST } from '../engine/index-file/manifest-name.js';
import { manifestOf } from '../engine/index-file/manifest-of.js';
import { RERANKER, testManifest } from './manifest.js';
import { MemorySource } from './memory-source.js';

/** As much of Cache Storage as is used. */
export class MemoryCache {
  readonly responses = new Map<string, Response>();
  match = async (url: string): Promise<Response | undefined> => this.responses.get(url)?.clone();
  put = async (url: string, response: Response): Promise<void> => void this.responses.set(url, response);
  delete = async (url: string): Promise<boolean> => this.responses.delete(url);
  keys = async (): Promise<{ url: string }[]> => [...this.responses.keys()].map((url) => ({ url }));
}

/** A site with a search, and the browser of its visitor: its caches, its locks, and whether it is online. */
export class OfflineSite {
  readonly index = 'https://docs.test/second-look/';
  readonly model = 'models/reranker.0a1b2c3d.bin';
  readonly caches = new Map<string, MemoryCache>();
  files = new MemorySource().files;
  isOnline = true;
  #locked: Promise<unknown> = Promise.resolve();

  /** Puts it in place of the browser's own; `vi.unstubAllGlobals` ends that. */
  stub(): void {
    vi.stubGlobal('caches', {
      open: async (name: string) => this.cache(name),
      delete: async (name: string) => this.caches.delete(name),
    });
    const request = async <T>(_: string, options: LockOptions, work: (lock: object) => T): Promise<T> => {
      const done = (options.ifAvailable ? Promise.resolve() : this.#locked).then(() => work({}));
      this.#locked = done.catch(() => undefined);
      return done;
    };
    vi.stubGlobal('navigator', { locks: { request } });
    vi.stubGlobal('fetch', async (asked: string | Request) => {
      if (!this.isOnline) throw new TypeError('Failed to fetch');
      const url = typeof asked === 'string' ? asked : asked.url;
      const bytes = this.files.get(url.slice(this.index.length));
      return bytes ? new Response(bytes) : new Response('', { status: 404 });
    });
  }

  cache(name: string): MemoryCache {
    const cache = this.caches.get(name) ?? new MemoryCache();
    this.caches.set(name, cache);
    return cache;
  }

  /** Publishes pages of these languages, the first its main one, in place of what was there. */
  async publish(languages: string[], edition = ''): Promise<void> {
    const site = new MemorySource();
    const [weights, tokenizer] = [
      await site.add(this.model, 'weights'),
      await site.add('tokenizer.json', '{}'),
    ];
    const reranker = { ...RERANKER, weights, tokenizer, tokenizerConfig: tokenizer };
    for (const [at, language] of languages.entries()) {
      const shard = await site.addShard('keywords', Buffer.from(language + edition));
      const keywords: [string, number, string] = ['', ...shard];
      const manifest = testManifest({
        ...{ language, languages, pages: [], keywords: [keywords], passages: [] },
        ...{ counts: { pages: 0, sections: 0, passages: 0 }, embedder: undefined, vectors: undefined },
        reranker,
      });
      await site.add(at === 0 ? MANIFEST : manifestOf(language), JSON.stringify(manifest));
    }
    await site.add(BROWSER_FILES, '[]');
    this.files = site.files;
  }
}
