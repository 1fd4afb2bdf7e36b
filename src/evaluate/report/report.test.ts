import { parse } from 'parse5';
import { adapter } from 'parse5-htmlparser2-tree-adapter';
import { selectAll, selectOne } from 'css-select';
import type { AnyNode, Element } from 'domhandler';
import { textContent } from 'domutils';
import { describe, expect, it } from 'vitest';
import { sampleEvaluation } from '../../testing/sample-evaluation.js';
import type { Evaluation } from '../evaluation.js';
import { STAGES } from '../rank-stages.js';
import { report } from './report.js';

interface Parsed {
  errors: string[];
  all: (selector: string) => Element[];
  one: (selector: string) => Element;
  /** Text of what a selector finds, white space collapsed. */
  texts: (selector: string) => string[];
}

function parsed(evaluation: Evaluation): Parsed {
  const errors: string[] = [];
  const page = parse(report(evaluation), {
    treeAdapter: adapter,
    onParseError: ({ code }) => errors.push(code),
  });
  const all = (selector: string): Element[] => selectAll<AnyNode, Element>(selector, page);
  return {
    errors,
    all,
    one: (selector) => selectOne<AnyNode, Element>(selector, page)!,
    texts: (selector) => all(selector).map((element) => textContent(element).replace(/\s+/g, ' ').trim()),
  };
}

/** `query 0`, which gains most, says something else. */
function withText(text: string, more: Partial<Evaluation> = {}): Evaluation {
  const sample = sampleEvaluation(more);
  const [first, ...others] = sample.perQuery;
  return { ...sample, perQuery: [{ ...first!, text, relevant: [text, 'another'] }, ...others] };
}

describe('report', () => {
  it('says what was evaluated, and what it found, in HTML that has no error', () => {
    const { errors, texts } = parsed(sampleEvaluation());
    expect(errors).toEqual([]);
    expect(texts('head title')).toEqual(['sample: how well search answers']);
    expect(texts('.lead')).toEqual([
      '30 queries over 1,234 documents, 5,678 passages, embedder test-embedder, reranker test-reranker',
    ]);
    expect(texts('.verdicts li')).toEqual([
      expect.stringMatching(
        /^It pays\. hybrid over keyword: \+\.\d{3} nDCG@10 .*; 30 queries gained, 0 lost\.$/,
      ),
      expect.stringMatching(/^It pays\. hybrid over vector/),
      expect.stringMatching(/^It pays\. reranked over hybrid: .*; 20 queries gained, 1 lost\.$/),
    ]);
    expect(texts('footer')[0]).toContain('a machine');
  });

  it('has each stage in its chart and table, with its figures', () => {
    const evaluation = sampleEvaluation();
    const { texts, one, all } = parsed(evaluation);
    expect(texts('[aria-label="Figures by stage"] tbody th')).toEqual([
      'keyword',
      'vector',
      'hybrid',
      'reranked (20 read)',
    ]);
    expect(texts('svg .label')).toEqual([...STAGES]);
    // 29 in place 4, one in place 1; the places in between are nobody's.
    const hybrid = (29 / Math.log2(5) + 1) / 30;
    expect(texts('[aria-label="Figures by stage"] tr:nth-child(3) td')[0]).toBe(hybrid.toFixed(3).slice(1));
    expect(one('svg').attribs['aria-label']).toContain(`hybrid ${hybrid.toFixed(3).slice(1)}`);
    const lengths = all('.bar').map(({ attribs }) => Number(attribs.width));
    expect(lengths).toEqual([...lengths].sort((left, right) => left - right));
  });

  it('draws a bar for each query that moved, and lists those that moved most', () => {
    const { all, texts } = parsed(sampleEvaluation());
    expect(all('.gain')).toHaveLength(20);
    expect(all('.loss')).toHaveLength(1);
    expect(texts('h3')).toEqual(['Gained most', 'Lost most']);
    const [gained, lost] = all('.moves');
    expect(selectAll('tbody tr', gained!)).toHaveLength(10);
    expect(textContent(selectAll('tbody tr', lost!))).toMatch(/query 29\s+answer-29\s+1 → 3/);
  });

  it('shows what reading more is worth, where something was read', () => {
    expect(parsed(sampleEvaluation()).all('figure')).toHaveLength(2);
    const { all, texts } = parsed(sampleEvaluation({ depths: [] }));
    expect(all('figure, details')).toEqual([]);
    expect(texts('h2')).not.toContain('How many candidates to read');
  });

  it('has the points of those charts as figures too', () => {
    const sample = sampleEvaluation();
    sample.depths[1]!.ms = { p50: 140, p95: 312.4 };
    const { texts, all } = parsed(sample);
    expect(texts('details summary')).toEqual(['Figures']);
    expect(texts('details thead th')).toEqual(['Candidates read', 'nDCG@10', 'median', 'p95']);
    expect(texts('details tbody th')).toEqual(['0', '20']);
    const quality = sample.depths.map((depth) => depth['ndcg@10'].toFixed(3).slice(1));
    expect(texts('details td:nth-child(2)')).toEqual(quality);
    expect(texts('details tr:nth-child(2) td').slice(1)).toEqual(['140 ms', '312 ms']);
    expect(all('details [tabindex="0"]')).toHaveLength(1);
  });

  it('counts one query as one', () => {
    const sample = sampleEvaluation({ queries: 1, documents: 1, passages: 1 });
    sample.comparisons[0]!.gained = 1;
    const { texts } = parsed(sample);
    expect(texts('.lead')[0]).toMatch(/^1 query over 1 document, 1 passage, /);
    expect(texts('.verdicts li')[0]).toMatch(/; 1 query gained, 0 lost\.$/);
    expect(parsed({ ...sample, group: 'page' }).texts('.lead')[0]).toMatch(/^1 query over 1 page, /);
  });

  it('is drawn with numbers alone', () => {
    const { all } = parsed(sampleEvaluation());
    const geometry = all('svg *').flatMap(({ attribs }) =>
      ['x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'width', 'height', 'd'].flatMap(
        (name) => attribs[name] ?? [],
      ),
    );
    expect(geometry.length).toBeGreaterThan(100);
    for (const value of geometry) expect(value).toMatch(/^[MHLv\d. -]+$/);
    for (const { attribs } of all('svg rect'))
      expect(Math.min(Number(attribs.width), Number(attribs.height))).toBeGreaterThan(0);
  });

  it('leaves out what there is not: one stage, its numbers 0, no comparison', () => {
    const { keyword } = sampleEvaluation().stages;
    const nothing = { ...keyword!, 'ndcg@10': 0, interval: { mean: 0, low: 0, high: 0 } };
    const { errors, texts, all } = parsed(
      sampleEvaluation({ stages: { keyword: nothing }, comparisons: [], depths: [] }),
    );
    expect(errors).toEqual([]);
    expect(texts('svg .label')).toEqual(['keyword']);
    expect(texts('svg .value')).toEqual(['.000']);
    expect(all('.moves')).toEqual([]);
  });

  it('names stages that could not run, and counts labels that name nothing', () => {
    const missing = [{ stage: 'reranked', reason: 'The index was built without a reranker.' }] as const;
    const { texts } = parsed(sampleEvaluation({ missing: [...missing], unknownLabels: 1200, group: 'page' }));
    expect(texts('.note')).toEqual([
      'No reranked: The index was built without a reranker.',
      'Documents named by labels that the collection does not have: 1,200.',
    ]);
    expect(texts('.lead')[0]).toContain('1,234 pages');
  });

  it('stands by itself: no script, nothing to load, and a policy against both', () => {
    const { all, one } = parsed(sampleEvaluation());
    expect(all('script, link, img, iframe, image, use, [src], [href], [xlink\\:href]')).toEqual([]);
    expect(textContent(one('style'))).not.toMatch(/@import|url\(/);
    expect(one('meta[http-equiv=Content-Security-Policy]').attribs.content).toBe(
      "default-src 'none'; style-src 'unsafe-inline'",
    );
  });

  it.each([
    '</title><script>alert(1)</script>',
    '</style></svg><img src=x onerror=alert(1)>',
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    '&lt;b&gt; &amp; ${alert(1)} <!--',
  ])('shows %j as the text that it is, wherever it stands', (text) => {
    const evaluation = withText(text, { collection: text, machine: text, embedder: text, reranker: text });
    evaluation.missing = [{ stage: 'vector', reason: text }];
    const { errors, all, texts } = parsed(evaluation);
    const usual = parsed(sampleEvaluation({ missing: [{ stage: 'vector', reason: 'it is' }] }));
    expect(errors).toEqual([]);
    expect(all('*').map(({ name }) => name)).toEqual(usual.all('*').map(({ name }) => name));
    expect(all('[onmouseover], [onerror]')).toEqual([]);
    expect(texts('head title')[0]).toBe(`${text}: how well search answers`);
    expect(texts('h1')).toEqual([`How well search answers: ${text}`]);
    expect(texts('.moves td')[0]).toBe(text);
    expect(texts('.moves td')[1]).toBe(`${text} and 1 more`);
    expect(textContent(all('.gain')[0]!)).toContain(text);
    expect(texts('.note')).toEqual([`No vector: ${text}`]);
  });
});
