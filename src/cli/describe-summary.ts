import pc from 'picocolors';
import { RELAXED } from '../engine/encoder/kernel-bytes/encoder.js';
import type { IndexSummary, LanguageSummary } from '../indexer/index-site.js';
import { printable } from './printable.js';

const MOST_SKIPPED = 20;
/** Of each kind. */
const MOST_WARNINGS = 3;

/** Seconds of embedding above which it is worth saying how to make it quicker. */
const LONG_EMBEDDING = 20;
/**
 * How many times as fast ONNX Runtime's native build embeds as our kernels, with relaxed SIMD (Node 22 and newer) and
 * without: npm's docs on two cores of an Intel Xeon (`npm run bench -- index-again`).
 */
const NATIVE_SPEED = WebAssembly.validate(Buffer.from(RELAXED, 'base64')) ? 1.7 : 3.5;

/** What was indexed, as lines for people. */
export function describeSummary(summary: IndexSummary): string {
  const { bytes, skipped, filters, sorts, languages } = summary;
  const lines = [
    `${pc.green('Indexed')} ${count(summary.pages, 'page')}, ${count(summary.sections, 'section')}, ` +
      `${count(summary.passages, 'passage')} in ${summary.seconds.toFixed(1)} s → ${pc.bold(summary.folder)}`,
    pc.dim(`  ${stepTimes(summary.steps)}`),
    `  keywords ${size(bytes.keywords)}, vectors ${size(bytes.vectors)}, passages ${size(bytes.passages)}, ` +
      `models ${size(bytes.models)}${bytes.runtime > 0 ? `, ONNX Runtime ${size(bytes.runtime)}` : ''}; ` +
      `${size(bytes.all)} in all`,
    `  embedder ${summary.embedder ?? 'none'}, reranker ${summary.reranker ?? 'none'}`,
    ...summary.onnx.map(
      ({ model, reason }) => `  ${model} runs on ONNX Runtime, which visitors load too: ${printable(reason)}`,
    ),
    ...(summary.vectors && languages.length < 2
      ? [`  vectors ${summary.vectors.mode}: ${summary.vectors.why}`]
      : []),
  ];
  if (filters.length > 0 || sorts.length > 0)
    lines.push(
      `  filters ${printable(filters.join(', ')) || 'none'}; sort keys ${printable(sorts.join(', ')) || 'none'}`,
    );
  if (languages.length > 1) lines.push(...languages.flatMap(describeLanguage));
  lines.push(...notRead(summary.unread).map((line) => pc.yellow(`  ${line}`)));
  if (summary.unchanged > 0)
    lines.push(`  ${count(summary.unchanged, 'passage')} unchanged since an earlier run kept their vectors`);
  if (summary.cacheFailure) lines.push(pc.yellow(`  ${summary.cacheFailure}`));
  if (!summary.native && summary.steps.embed > LONG_EMBEDDING)
    lines.push(pc.dim(`  ${quicker(summary.steps)}`));
  if (skipped.length > 0) lines.push(pc.yellow(`Skipped ${count(skipped.length, 'page')}:`));
  for (const { file, reason } of skipped.slice(0, MOST_SKIPPED)) lines.push(`  ${file}: ${reason}`);
  if (skipped.length > MOST_SKIPPED)
    lines.push(`  … and ${skipped.length - MOST_SKIPPED} more (--json lists all)`);
  lines.push(...describeWarnings(summary.warnings));
  return `${lines.join('\n')}\n`;
}

/** What the native build would save. */
function quicker({ embed }: IndexSummary['steps']): string {
  const saved = embed * (1 - 1 / NATIVE_SPEED);
  return (
    `Embedding ran in WebAssembly. npm install @huggingface/transformers (470 MB) makes it about ${NATIVE_SPEED} times as ` +
    `fast: some ${saved < 100 ? `${saved.toFixed()} s` : `${(saved / 60).toFixed()} minutes`} less here.`
  );
}

/** What visitors of one language load, and how it is searched. */
function describeLanguage({
  language,
  pages,
  passages,
  embedder,
  reranker,
  vectors,
  bytes,
}: LanguageSummary): string[] {
  const models = [embedder, reranker].filter((model) => model !== undefined);
  return [
    `  ${language}: ${count(pages, 'page')}, ${count(passages, 'passage')}, keywords ${size(bytes.keywords)}, ` +
      `vectors ${size(bytes.vectors)}, passages ${size(bytes.passages)}; ` +
      (models.length > 0 ? `with ${models.join(' and ')}` : 'by words alone'),
    ...(vectors ? [`    vectors ${vectors.mode}: ${vectors.why}`] : []),
  ];
}

/** The first of each kind, with what to do. */
function describeWarnings(warnings: IndexSummary['warnings']): string[] {
  const kinds = new Map<string, IndexSummary['warnings']>();
  for (const warning of warnings) kinds.set(warning.advice, [...(kinds.get(warning.advice) ?? []), warning]);
  return [...kinds].flatMap(([advice, ofKind]) => [
    pc.yellow(`${count(ofKind.length, 'warning')}: ${printable(advice)}`),
    ...ofKind.slice(0, MOST_WARNINGS).map(({ file, what }) => `  ${printable(file)}: ${printable(what)}`),
    ...(ofKind.length > MOST_WARNINGS
      ? [`  … and ${ofKind.length - MOST_WARNINGS} more (--json lists all)`]
      : []),
  ]);
}

/** Which languages a model is not for, and what to do. */
export function notRead(unread: IndexSummary['unread']): string[] {
  const byLanguages = new Map<string, string[]>();
  for (const { model, languages } of unread) {
    const list = languages.join(', ');
    byLanguages.set(list, [...(byLanguages.get(list) ?? []), model]);
  }
  return [...byLanguages].map(
    ([languages, models]) =>
      `${models.join(' and ')} ${models.length === 1 ? 'does' : 'do'} not read ${languages}: searches there do ` +
      'without. Name one that does with --embedder or --reranker, such as --embedder Xenova/multilingual-e5-small.',
  );
}

function stepTimes({ read, cut, embed, write }: IndexSummary['steps']): string {
  const seconds = (time: number): string => `${time.toFixed(1)} s`;
  return `reading ${seconds(read)}, cutting ${seconds(cut)}, embedding ${seconds(embed)}, writing ${seconds(write)}`;
}

function count(number: number, thing: string): string {
  return `${number.toLocaleString('en')} ${thing}${number === 1 ? '' : 's'}`;
}

/** Bytes for people. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
