import pc from 'picocolors';
import type { IndexSummary } from '../indexer/index-site.js';

const MOST_SKIPPED = 20;

/** What was indexed, as lines for people. */
export function describeSummary(summary: IndexSummary): string {
  const { bytes, skipped } = summary;
  const lines = [
    `${pc.green('Indexed')} ${count(summary.pages, 'page')}, ${count(summary.sections, 'section')}, ` +
      `${count(summary.passages, 'passage')} in ${summary.seconds.toFixed(1)} s → ${pc.bold(summary.folder)}`,
    `  keywords ${size(bytes.keywords)}, vectors ${size(bytes.vectors)}, passages ${size(bytes.passages)}, ` +
      `models ${size(bytes.models)}, runtime ${size(bytes.runtime)}; ${size(bytes.all)} in all`,
    `  embedder ${summary.embedder ?? 'none'}, reranker ${summary.reranker ?? 'none'}`,
    ...(summary.vectors ? [`  vectors ${summary.vectors.mode}: ${summary.vectors.why}`] : []),
  ];
  if (summary.unchanged > 0)
    lines.push(`  ${count(summary.unchanged, 'passage')} unchanged since an earlier run kept their vectors`);
  if (summary.cacheFailure) lines.push(pc.yellow(`  ${summary.cacheFailure}`));
  if (!summary.native)
    lines.push(
      pc.dim(
        '  Embedding ran in WebAssembly; npm install @huggingface/transformers makes it about 3 times as fast.',
      ),
    );
  if (skipped.length > 0) lines.push(pc.yellow(`Skipped ${count(skipped.length, 'page')}:`));
  for (const { file, reason } of skipped.slice(0, MOST_SKIPPED)) lines.push(`  ${file}: ${reason}`);
  if (skipped.length > MOST_SKIPPED)
    lines.push(`  … and ${skipped.length - MOST_SKIPPED} more (--json lists all)`);
  return `${lines.join('\n')}\n`;
}

function count(number: number, thing: string): string {
  return `${number.toLocaleString('en')} ${thing}${number === 1 ? '' : 's'}`;
}

function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
