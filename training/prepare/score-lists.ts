import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { bestWindow, matcher } from '../../src/engine/excerpt.js';
import { passageText } from '../../src/engine/passage-text.js';
import { readQuery } from '../../src/engine/query.js';
import { createCrossEncoder } from '../../src/engine/rerank/cross-encoder.js';
import { createWasmSession } from '../../src/engine/model/wasm-session.js';
import { openTokenizer } from '../../src/engine/model/tokenizer.js';
import { modelFolder } from '../../src/indexer/model-folder.js';
import { prepareReranker } from '../../src/indexer/prepare-models.js';
import { NONE } from './mine-lists.js';
import { openIndex } from './open-index.js';

/** How many candidates of a list a visitor's browser reads at most. */
const READ = 30;

/**
 * Scores a development collection's lists with a finished model, in the runtime that visitors have: what the product's
 * windows, tokenizer and int8 make of the weights. Writes `logits.f32` beside the lists, `[queries, 30]`, for
 * `training/evaluate.py`.
 */
export async function scoreLists(
  folder: string,
  { work, name, limit, say }: { work: string; name: string; limit: number; say: (message: string) => void },
): Promise<void> {
  const collection = join(work, 'collections', name);
  const index = await openIndex(join(work, 'indexes', name));
  const model = modelFolder(folder, resolve(folder));
  const { entry } = await prepareReranker(resolve(folder), undefined);
  const read = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(join(model.folder, name), 'utf8')) as unknown;
  const tokenizer = openTokenizer(await read('tokenizer.json'), await read('tokenizer_config.json'), folder);
  const session = await createWasmSession(await readFile(join(model.folder, model.weights)), folder);
  const reranker = createCrossEncoder(session, tokenizer, entry);

  const queries = (await texts(join(collection, 'queries.jsonl'))).slice(0, limit);
  const { depth } = JSON.parse(await readFile(join(collection, 'meta.json'), 'utf8')) as { depth: number };
  const bytes = await readFile(join(collection, 'lists.passage.u32'));
  const lists = new Uint32Array(new Uint8Array(bytes).buffer);
  const logits = new Float32Array(queries.length * READ).fill(NaN);
  for (const [at, query] of queries.entries()) {
    const candidates = [...lists.subarray(at * depth, at * depth + READ)].filter((id) => id !== NONE);
    const { passages } = await index.retriever.passages.get(candidates);
    const matches = matcher((await readQuery(query, index)).analysed, index.analyser);
    const read = candidates.map((id) => {
      const { text, ...found } = passages.get(id)!;
      const window = bestWindow(text, matches, entry.window ?? Infinity);
      return passageText({ ...found, text: window }, entry.headingJoint);
    });
    logits.set(await reranker.logits(query, read), at * READ);
    if ((at + 1) % 20 === 0) say(`${at + 1} of ${queries.length} queries`);
  }
  await writeFile(join(collection, 'logits.f32'), new Uint8Array(logits.buffer));
}

async function texts(file: string): Promise<string[]> {
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  return lines.map((line) => (JSON.parse(line) as { text: string }).text);
}
