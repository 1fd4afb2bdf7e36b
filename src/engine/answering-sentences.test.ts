import { describe, expect, it } from 'vitest';
import { answeringSentences } from './answering-sentences.js';
import type { Passage } from './index-file/passage-file.js';
import type { Embedder } from './model/embedder.js';

/** An embedder that knows fruit from tools, and what it has been given. */
function embedder(seen: string[] = []): Embedder {
  const vector = (text: string): Float32Array => {
    const counts = [
      text.match(/pear|apple|fruit/gi)?.length ?? 0,
      text.match(/saw|hammer|tool/gi)?.length ?? 0,
    ];
    return Float32Array.from(
      counts,
      (count) => (count + 0.01) / Math.hypot(...counts.map((one) => one + 0.01)),
    );
  };
  return {
    embedQuery: async (query: string) => vector(query),
    embedPassages: async (texts: readonly string[]) => {
      seen.push(...texts);
      return texts.map(vector);
    },
  } as Partial<Embedder> as Embedder;
}

const passage = (id: number, text: string): Passage => ({
  ...{ id, text, page: { url: '', title: '' }, section: { anchor: '', trail: [] } },
});
const TEXT =
  'A saw cuts wood in two halves. For example:\nAn apple is a fruit that grows on trees. A hammer drives nails into wood. Ok.';

describe('answeringSentences', () => {
  it('finds where the sentence begins that is nearest in meaning', async () => {
    const starts = await answeringSentences(embedder(), 'fruit', [passage(7, TEXT)], 'en');
    // What is short goes with the next one.
    expect(TEXT.slice(starts.get(7))).toMatch(/^For example:\nAn apple/);
    const tools = await answeringSentences(embedder(), 'tool', [passage(7, TEXT)], 'en');
    expect(TEXT.slice(tools.get(7))).toMatch(/^A saw/);
  });

  it('embeds the sentences of a passage once, whatever is asked', async () => {
    const seen: string[] = [];
    const model = embedder(seen);
    await answeringSentences(model, 'fruit', [passage(1, TEXT)], 'en');
    await answeringSentences(model, 'tool', [passage(2, TEXT)], 'en');
    expect(seen).toEqual([
      'A saw cuts wood in two halves.',
      'For example:\nAn apple is a fruit that grows on trees.',
      'A hammer drives nails into wood. Ok.',
    ]);
  });

  it('takes a text without a sentence as it is, and of an empty one nothing', async () => {
    const starts = await answeringSentences(embedder(), 'fruit', [passage(1, 'pear'), passage(2, '')], 'en');
    expect([...starts]).toEqual([[1, 0]]);
  });

  it('stops between two passages when it is aborted', async () => {
    const seen: string[] = [];
    const controller = new AbortController();
    controller.abort(new Error('a newer query'));
    await expect(
      answeringSentences(embedder(seen), 'fruit', [passage(1, TEXT)], 'en', controller.signal),
    ).rejects.toThrow('a newer query');
    expect(seen).toEqual([]);
  });
});
