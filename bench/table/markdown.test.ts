import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import type { BenchRecord, Row, Table } from '../bench.js';
import { beatenIn } from './beaten.js';
import { benchmarksPage } from './markdown.js';

const row = (system: string, ours: boolean, figures: Record<string, number>): Row => ({
  system,
  ours,
  figures,
});

const table: Table = {
  title: 'Quality',
  about: 'Ten queries.',
  columns: [
    { key: 'ndcg', label: 'nDCG@10', better: 'higher', digits: 2 },
    { key: 'ms', label: 'p95, ms', better: 'lower' },
  ],
  rows: [
    row('second-look: keyword', true, { ndcg: 0.7, ms: 3 }),
    row('second-look: reranked', true, { ndcg: 0.8, ms: 90 }),
    row('Peer', false, { ndcg: 0.6, ms: 2 }),
    row('Other|peer', false, { ndcg: 0.799 }),
  ],
};

const record: BenchRecord = {
  bench: 'quality',
  date: '2026-11-21T14:00:00.000Z',
  machine: 'A machine',
  line: 'second-look .8',
  tables: [table],
  skipped: ['scifact: it is absent.'],
  versions: { peer: '1.0.0' },
};

describe('beatenIn', () => {
  it('names the columns in which a peer is better than the best of ours, by the column’s direction', () => {
    const beaten = beatenIn(table);
    expect(beaten.map(({ column, ours, peers }) => [column.key, ours.system, peers[0]?.system])).toEqual([
      ['ms', 'second-look: keyword', 'Peer'],
    ]);
  });

  it('holds peers against the stage that a visitor ends with, even where an earlier one is better', () => {
    const rows = [
      row('words', true, { ndcg: 0.8 }),
      row('end', true, { ndcg: 0.5 }),
      row('peer', false, { ndcg: 0.6 }),
    ];
    expect(beatenIn({ ...table, rows, final: 'end' }).map(({ ours }) => ours.system)).toEqual(['end']);
  });

  it('lists peers best first', () => {
    const rows = [row('ours', true, { ms: 9 }), row('a', false, { ms: 5 }), row('b', false, { ms: 2 })];
    const [beaten] = beatenIn({ ...table, rows });
    expect(beaten?.peers.map(({ system }) => system)).toEqual(['b', 'a']);
  });

  it('is silent about tables of ours or of peers alone', () => {
    expect(beatenIn({ ...table, rows: table.rows.filter(({ ours }) => ours) })).toEqual([]);
    expect(beatenIn({ ...table, rows: table.rows.filter(({ ours }) => !ours) })).toEqual([]);
  });
});

describe('benchmarksPage', () => {
  it('sets the best figure of each column in bold, and equal ones with it', () => {
    const page = benchmarksPage([record]);
    expect(page).toContain('| second-look: reranked | **0.80** | 90 |');
    expect(page).toContain('| second-look: keyword | 0.70 | 3 |');
    expect(page).toContain('| Peer | 0.60 | **2** |');
    expect(page).toContain('| Other\\|peer | **0.80** |  |');
  });

  it('says what was not run, on what, and what peers do better', () => {
    const page = benchmarksPage([record]);
    expect(page).toContain('Not run: scifact: it is absent.');
    expect(page).toContain('2026-11-21. A machine. peer 1.0.0.');
    expect(page).toContain('- Quality, p95, ms: Peer 2; second-look: keyword 3');
  });

  it('is Markdown that prettier can set', async () => {
    const page = await format(benchmarksPage([record]), { parser: 'markdown' });
    expect(page).toContain('## What peers do better');
  });
});
