import { join } from 'node:path';
import { cac } from 'cac';
import { describe, expect, it } from 'vitest';
import type { SecondLookConfig } from './config/define-config.js';
import { registerEvalCommand } from './eval-command.js';
import { evalOptions } from './eval-flags.js';

/** What a command line and a config file come to. */
function optionsOf(line: string, config: SecondLookConfig = {}): ReturnType<typeof evalOptions> {
  const cli = cac('second-look');
  registerEvalCommand(cli);
  const { args, options } = cli.parse(['node', 'second-look', 'eval', ...line.split(' ').filter(Boolean)], {
    run: false,
  });
  return evalOptions(args[0], options, config);
}

describe('the options of eval', () => {
  const config: SecondLookConfig = {
    ...{ site: 'dist', labels: 'labels', language: 'de', embedder: 'someone/model', passageTokens: 64 },
    rerankWeight: 0.3,
    eval: { split: 'dev', stages: ['keyword', 'hybrid'], candidates: 50, group: 'page' },
  };

  it('are the index and the labels of the config file where no flag says otherwise', () => {
    const { index, flags } = optionsOf('', config);
    expect(index).toBe(join('dist', 'second-look'));
    expect(flags).toMatchObject({
      ...{ queries: join('labels', 'queries.jsonl'), qrels: join('labels', 'qrels', 'dev.tsv') },
      ...{ stages: 'keyword,hybrid', candidates: 50, group: 'page', rerankWeight: 0.3 },
    });
    // These made the index, and are refused beside one; in a site's one language there is nothing to choose.
    for (const key of ['embedder', 'passageTokens', 'language']) expect(flags).not.toHaveProperty(key);
    expect(optionsOf('', { ...config, out: 'search' }).index).toBe('search');
    expect(optionsOf('', { site: 'pages.jsonl' }).index).toBeUndefined();
  });

  it('are those of the flags first', () => {
    const { index, flags } = optionsOf('other --split test --stages vector --rerank-weight 0.5', config);
    expect(index).toBe('other');
    expect(flags).toMatchObject({
      ...{ stages: 'vector', rerankWeight: 0.5, qrels: join('labels', 'qrels', 'test.tsv') },
    });
    expect(optionsOf('--qrels other.tsv', config).flags).toMatchObject({
      ...{ queries: join('labels', 'queries.jsonl'), qrels: 'other.tsv' },
    });
    expect(optionsOf('other').flags.split).toBe('test');
  });

  it('index a collection as the site is indexed, but for its labels and its language', () => {
    const { index, flags } = optionsOf('--beir scifact --passage-tokens 96', config);
    expect(index).toBeUndefined();
    expect(flags).toMatchObject({ beir: 'scifact', embedder: 'someone/model', passageTokens: 96 });
    for (const key of ['queries', 'qrels', 'language']) expect(flags).not.toHaveProperty(key);
    const usual: SecondLookConfig = { ...config, eval: { beir: 'scifact' } };
    expect(optionsOf('', usual)).toMatchObject({ index: undefined, flags: { beir: 'scifact' } });
    expect(optionsOf('other', usual)).toMatchObject({ index: 'other' });
    expect(optionsOf('other', usual).flags.beir).toBeUndefined();
  });
});
