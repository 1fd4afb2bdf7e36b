import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CorpusDocument } from '../../src/evaluate/collection.js';

/** Writes a collection that has no HTML as a site, for Pagefind, which reads nothing else: `<id>.html` each. */
export async function writeCorpusPages(corpus: readonly CorpusDocument[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { id, title, text } of corpus) {
    const html = `<!doctype html><html lang="en"><body><h1>${escaped(title)}</h1><p>${escaped(text)}</p></body></html>`;
    await writeFile(join(folder, `${id}.html`), html);
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
