import { describe, expect, it } from 'vitest';
import type { IndexSummary, LanguageSummary } from '../indexer/index-site.js';
import { describeSummary } from './describe-summary.js';

const summary = (more: Partial<IndexSummary> = {}): IndexSummary => ({
  ...{ folder: '/site/second-look', pages: 3, sections: 4, passages: 5, seconds: 1 },
  bytes: { keywords: 1, vectors: 1, passages: 1, models: 1, runtime: 1, all: 5 },
  ...{ skipped: [], warnings: [], filters: [], sorts: [], embedder: undefined, reranker: undefined },
  ...{
    languages: [],
    unread: [],
    onnx: [],
    vectors: undefined,
    steps: { read: 0.1, cut: 0.2, embed: 0.3, write: 0.4 },
    native: true,
    unchanged: 0,
    cacheFailure: undefined,
  },
  ...more,
});

describe('describeSummary', () => {
  it('names the keys that pages can be filtered and sorted by', () => {
    expect(describeSummary(summary({ filters: ['section', 'version'] }))).toContain(
      'filters section, version; sort keys none',
    );
    expect(describeSummary(summary())).not.toContain('filters');
  });

  it('says which model takes ONNX Runtime, and why', () => {
    const onnx = [{ model: 'a/model', reason: 'its config.json has another model_type than BERT' }];
    const bytes = { ...summary().bytes, runtime: 14e6 };
    expect(describeSummary(summary({ onnx, bytes }))).toMatch(
      /ONNX Runtime 14.0 MB;[^]*a\/model runs on ONNX Runtime.*another model_type/,
    );
    expect(describeSummary(summary({ bytes: { ...bytes, runtime: 0 } }))).not.toContain('ONNX');
  });

  it('says what the native build would save, where that is much', () => {
    const taken = (embed: number, native = false): string =>
      describeSummary(summary({ native, steps: { ...summary().steps, embed } }));
    // By whether Node has relaxed SIMD.
    expect(taken(100)).toMatch(/@huggingface\/transformers .*(1\.7 .*some 41 s|3\.5 .*some 71 s) less/);
    expect(taken(1000)).toMatch(/some (7|12) minutes less/);
    expect(taken(5) + taken(1000, true)).not.toContain('transformers');
  });

  it("prints each language's bytes and how its vectors are searched, where there are several", () => {
    const flat = { mode: 'flat', why: 'small' } as const;
    const language = (more: Partial<LanguageSummary>): LanguageSummary => ({
      ...{ language: 'en', pages: 1, sections: 1, passages: 1, embedder: 'model', reranker: undefined },
      ...{ bytes: { keywords: 1000, vectors: 2000, passages: 3000 }, vectors: flat },
      ...more,
    });
    const others = [
      language({ language: 'de', vectors: { mode: 'binary', why: 'large' } }),
      language({ language: 'fr', embedder: undefined, vectors: undefined }),
    ];
    const text = describeSummary(summary({ vectors: flat, languages: [language({}), ...others] }));
    const line = '1 page, 1 passage, keywords 1 kB, vectors 2 kB, passages 3 kB';
    expect(text).toContain(
      [
        `  en: ${line}; with model`,
        '    vectors flat: small',
        `  de: ${line}; with model`,
        '    vectors binary: large',
        `  fr: ${line}; by words alone\n`,
      ].join('\n'),
    );
    expect(text.match(/vectors flat: /g)).toHaveLength(1);
    expect(describeSummary(summary({ vectors: flat, languages: [language({})] }))).toContain(
      '  vectors flat: small',
    );
  });

  it('prints the first warnings of each kind, with what to do, and leaves the terminal as it is', () => {
    const warning = (at: number, advice: string): IndexSummary['warnings'][number] => ({
      ...{ file: `page${at}.html`, what: `fault \u001b[2J ${at}`, advice },
    });
    const text = describeSummary(
      summary({
        warnings: [...[1, 2, 3, 4, 5].map((at) => warning(at, 'Mend it.')), warning(6, 'Leave it.')],
      }),
    );
    expect(text).toMatch(/5 warnings: Mend it\.\S*\n {2}page1\.html: fault {2}\[2J 1\n/);
    expect(text).toContain('page3.html');
    expect(text).not.toContain('page4.html');
    expect(text).toContain('… and 2 more (--json lists all)');
    expect(text).toMatch(/1 warning: Leave it\./);
  });
});
