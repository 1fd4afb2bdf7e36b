import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { readQueries } from '../../src/evaluate/beir.js';
import { PACKAGE_ROOT } from '../../src/indexer/package-root.js';
import type { Section } from '../peers/peer.js';
import { sectionsOfSite } from '../peers/sections.js';

/** Sections to search, and queries to time; nothing is said here of which answer which. */
export interface Corpus {
  name: string;
  sections: Section[];
  queries: string[];
}

const QUERIES = 100;

/** npm's documentation and real questions about it. */
export async function npmCorpus(): Promise<Corpus> {
  const queries = await readQueries(join(PACKAGE_ROOT, 'bench', 'tldr-npm', 'queries.jsonl'));
  return {
    name: "npm's docs",
    sections: await sectionsOfSite(join(PACKAGE_ROOT, 'node_modules', 'npm', 'docs', 'output')),
    queries: spread(queries, QUERIES).map(({ text }) => text),
  };
}

/** The first sections of MDN, where the project's machines have it; headings of other sections are the queries. */
export async function mdnCorpus(size: number, asked = QUERIES): Promise<Corpus | { absent: string }> {
  const file = join(PACKAGE_ROOT, '..', 'shared', 'data', 'mdn', 'corpus.jsonl.gz');
  if (!existsSync(file)) return { absent: `MDN: there is no ${file}.` };
  const lines = (await promisify(gunzip)(await readFile(file))).toString().trim().split('\n');
  const sections = lines.map((line) => {
    const { id, title, text } = JSON.parse(line) as Record<'id' | 'title' | 'text', string>;
    const [page = '', ...trail] = title.split(' › ');
    return { id, title: page, trail, text };
  });
  const headings = new Set(sections.slice(size).flatMap(({ trail }) => trail.at(-1) ?? []));
  const questions = [...headings].filter((heading) => heading.split(' ').length > 2);
  return { name: 'MDN', sections: sections.slice(0, size), queries: spread(questions, asked) };
}

function spread<Item>(items: readonly Item[], count: number): Item[] {
  return Array.from({ length: count }, (_, at) => items[Math.floor((at * items.length) / count)]!);
}
