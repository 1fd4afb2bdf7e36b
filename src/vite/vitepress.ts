import type { ResolvedConfig } from 'vite';
import { scriptTag } from './script-tag.js';

/** What is used of VitePress's `SiteConfig`, which it hands to plugins within Vite's. */
interface VitePressSite {
  site: { head: [string, Record<string, string>][] };
  logger: { info: (text: string) => void };
  buildEnd?: (site: VitePressSite & { outDir: string }) => unknown;
}

/** Sites that are seen to already: each of VitePress's two builds has the plugin. */
const seen = new WeakSet<VitePressSite>();

/** Whether VitePress runs this build. It writes the pages once Vite has done. */
export function isVitePress(config: ResolvedConfig): boolean {
  return siteOfVitePress(config) !== undefined;
}

/** Indexes the site at the end of VitePress's build, after the site's own `buildEnd`, and loads the script in each page. */
export function atEndOfVitePress(
  config: ResolvedConfig,
  inject: boolean,
  index: (outDir: string, print: (text: string) => void) => Promise<void>,
): void {
  const site = siteOfVitePress(config);
  if (!site || seen.has(site)) return;
  seen.add(site);
  if (inject) site.site.head.push(['script', scriptTag(config.base, '/').attrs as Record<string, string>]);
  const { buildEnd } = site;
  site.buildEnd = async (built) => {
    await buildEnd?.(built);
    // VitePress lets Vite's own logger print warnings alone.
    await index(built.outDir, (text) => built.logger.info(text));
  };
}

function siteOfVitePress(config: ResolvedConfig): VitePressSite | undefined {
  return (config as { vitepress?: VitePressSite }).vitepress;
}
