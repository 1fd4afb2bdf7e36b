import type { IndexSiteOptions } from '../../indexer/index-options.js';

/** What `second-look.config.ts` says; paths in it are relative to the file. */
export interface SecondLookConfig extends Omit<IndexSiteOptions, 'onProgress' | 'onDownload'> {
  /** The folder that the site is built into, or a file of JSON lines: what `index` reads and `serve` serves. */
  site?: string | undefined;
  serve?: ServeConfig | undefined;
  doctor?: DoctorConfig | undefined;
}

export interface ServeConfig {
  /** 1 to 65535. Default: 4321, or the next that is free. */
  port?: number | undefined;
  /** The address to listen on. Default 127.0.0.1, this machine alone. */
  host?: string | undefined;
  /** Isolates pages from other origins (COOP and COEP), as some hosts do. Default false. */
  isolate?: boolean | undefined;
}

export interface DoctorConfig {
  /** Address of the page with the search box, or of the index folder. */
  url?: string | undefined;
}

/** Gives an editor the types of a config file; changes nothing. */
export function defineConfig(config: SecondLookConfig): SecondLookConfig {
  return config;
}
