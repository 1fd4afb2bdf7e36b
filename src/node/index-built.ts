import { describeSummary } from '../cli/describe-summary.js';
import type { IndexSiteOptions } from '../indexer/index-options.js';
import { indexSite, type IndexSummary } from '../indexer/index-site.js';

/**
 * Indexes a built site and prints what `second-look index` prints: for a generator's hook at the end of its build.
 * @param outDir the folder that the site was built into
 * @param options as for `indexSite`
 * @param print takes the summary, several lines of text. Default: `console.log`
 * @throws SearchError that names the option, the file or the model at fault; a former index is left as it was
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
