import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../evaluate/evaluation.js';
import { sampleEvaluation } from '../testing/sample-evaluation.js';
import { describeEvaluation } from './describe-evaluation.js';

const lines = (evaluation: Evaluation): string[] =>
  stripVTControlCharacters(describeEvaluation(evaluation)).split('\n');

describe('describeEvaluation', () => {
  it('says what was measured, on what', () => {
    const [first, second] = lines(sampleEvaluation());
    expect(first).toBe('sample: 30 queries, 1,234 documents, 5,678 passages');
    expect(second).toBe('  a machine; one thread of WebAssembly');
    expect(lines(sampleEvaluation({ group: 'page' }))[0]).toContain('1,234 pages');
  });

  it('counts one query as one', () => {
    const sample = sampleEvaluation({ queries: 1, documents: 1, passages: 1 });
    sample.comparisons[2]!.gained = 1;
    expect(lines(sample)[0]).toBe('sample: 1 query, 1 document, 1 passage');
    expect(lines({ ...sample, group: 'page' })[0]).toContain(', 1 page, ');
    expect(lines(sample).find((line) => line.includes('reranked over'))).toContain(
      '; 1 query gained, 1 lost',
    );
  });

  it('has a row a stage, its columns under their heads', () => {
    const table = lines(sampleEvaluation()).filter((line) => /nDCG@10 {2}|^ {2}\S.*–/.test(line));
    expect(table.map((line) => line.trim().split(/ {2,}/)[0])).toEqual([
      'nDCG@10',
      'keyword',
      'vector',
      'hybrid',
      'reranked (20)',
    ]);
    expect(new Set(table.map((line) => line.length)).size).toBe(1);
    // Place 8 of 30 queries: 1/log2 9, and one in eight; 1 ms.
    expect(table[1]).toMatch(/ \.315 {2}\.315–\.315 +\.125 +1\.000 +1\.000 +1\.0 +1\.0$/);
    expect(table[4]).toMatch(/ 1000 +1000$/);
  });

  it('says of each comparison what it is worth, and whether that is sure', () => {
    const said = lines(sampleEvaluation()).filter((line) => line.includes(' over '));
    expect(said).toHaveLength(3);
    expect(said[2]).toMatch(
      /^ {2}reranked over hybrid: \+\.\d{3} nDCG@10 \(95 %: \+\.\d{3} to \+\.\d{3}\); 20 queries gained, 1 lost: it pays$/,
    );
    const [comparison] = sampleEvaluation().comparisons;
    const verdict = (low: number, high: number): string | undefined =>
      lines(
        sampleEvaluation({
          comparisons: [{ ...comparison!, difference: { mean: (low + high) / 2, low, high } }],
        }),
      ).find((line) => line.includes(' over '));
    expect(verdict(-0.3, -0.1)).toMatch(/: −\.200 .*: it costs$/);
    expect(verdict(-0.1, 0.1)).toMatch(/: these queries cannot tell$/);
  });

  it('shows at most five queries that moved each way, with the ranks of the right answer', () => {
    const said = lines(sampleEvaluation());
    expect(said).toContain('  Gained most by reranked (rank of the first right answer):');
    expect(said).toContain('      4 →   1  query 0');
    expect(said.filter((line) => line.includes('→   1'))).toHaveLength(5);
    expect(said).toContain('      1 →   3  query 29');
  });

  it('names stages that could not run, and counts labels that name nothing', () => {
    const said = lines(
      sampleEvaluation({ missing: [{ stage: 'vector', reason: 'No network.' }], unknownLabels: 2 }),
    );
    expect(said).toContain('  no vector: No network.');
    expect(said).toContain('Documents named by labels that the collection does not have: 2.');
    expect(lines(sampleEvaluation()).join()).not.toMatch(/named by labels|no vector/);
  });

  it('has nothing to compare where there is one stage', () => {
    const { keyword } = sampleEvaluation().stages;
    const said = lines(sampleEvaluation({ stages: { keyword: keyword! }, comparisons: [] })).join('\n');
    expect(said).not.toMatch(/over|Gained|Lost/);
    expect(said).toMatch(/keyword {2,}\.315/);
  });

  it('keeps a query with escape codes or line breaks to its line', () => {
    const sample = sampleEvaluation();
    sample.perQuery[0]!.text = 'clear\u001b[2J\r\nthis';
    const said = describeEvaluation(sample);
    expect(said).not.toContain('\u001b[2J');
    expect(said).toMatch(/→ +1 {2}clear \[2J this\n/);
  });
});
