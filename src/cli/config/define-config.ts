import type { StageName } from '../../evaluate/rank-stages.js';
import type { IndexSiteOptions } from '../../indexer/index-options.js';

/** What `second-look.config.ts` says; paths in it are relative to the file. */
export interface SecondLookConfig extends Omit<IndexSiteOptions, 'onProgress' | 'onDownload'> {
  /** The folder that the site is built into, or a file of JSON lines: what `index` reads and `serve` serves. */
  site?: string | undefined;
  /** The folder of labelled queries: what `label` writes and `eval` reads. `label` takes `labels` by default. */
  labels?: string | undefined;
  eval?: EvalConfig | undefined;
  remote?: RemoteConfig | undefined;
  serve?: ServeConfig | undefined;
  doctor?: DoctorConfig | undefined;
}

export interface EvalConfig {
  /** A collection in the BEIR layout, to be evaluated in place of the site's index. */
  beir?: string | undefined;
  /** Which labels: `qrels/NAME.tsv`. Default `test`. */
  split?: string | undefined;
  /** Default: all that the index can run. */
  stages?: readonly StageName[] | undefined;
  /** How many passages the cross-encoder reads, 1 to 200. Default: as many as in a browser. */
  candidates?: number | undefined;
  /** `page`: a result counts as the page before its `#`, and so do labels. */
  group?: 'page' | undefined;
}

export interface RemoteConfig {
  /** The file that describes the search engine. */
  file?: string | undefined;
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
