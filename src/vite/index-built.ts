import { describeSummary } from '../cli/describe-summary.js';
import type { IndexSiteOptions } from '../indexer/index-options.js';
import { indexSite, type IndexSummary } from '../indexer/index-site.js';

/**
 * Indexes a built site as `second-look index` does, and prints what that prints. For the "build end" hook of a generator
 * that writes its HTML once Vite has done.
 * @param outDir the folder that the site was built into
 * @throws SearchError that names the option, the file or the model at fault
 */
export async function indexBuilt(
  outDir: string,
  options: IndexSiteOptions = {},
  print: (text: string) => void = console.log,
): Promise<IndexSummary> {
  const summary = await indexSite(outDir, options);
  print(describeSummary(summary).trimEnd());
  return summary;
}
