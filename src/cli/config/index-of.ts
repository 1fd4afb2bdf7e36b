import { join } from 'node:path';
import { isJsonLines } from '../../indexer/sources/line-pages.js';
import type { SecondLookConfig } from './define-config.js';

/** The index folder that a config file tells of: `out`, or where `index` puts it in the folder of the site. */
export function indexOf({ out, site }: SecondLookConfig): string | undefined {
  if (out !== undefined || site === undefined || isJsonLines(site)) return out;
  return join(site, 'second-look');
}
