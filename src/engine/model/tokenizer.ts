import { Tokenizer } from '@huggingface/tokenizers';
import { SearchError } from '../errors.js';

/** Token ids of one model input, and which of the two texts each belongs to (0 or 1). */
export interface ModelInput {
  ids: number[];
  types: number[];
}

/** A model's tokenizer: cuts text into ids, and frames one or two texts with the model's special tokens. */
export interface TextTokenizer {
  /** Ids of a text, without special tokens. */
  ids: (text: string) => number[];
  /** How many tokens a text has, without special ones. */
  count: (text: string) => number;
  /** Frames one text; ids beyond `maxTokens` (special ones counted) are cut from its end. */
  frame(text: readonly number[], maxTokens: number): ModelInput;
  /** Frames two texts; what is too long is cut from the end of the second. */
  framePair(first: readonly number[], second: readonly number[], maxTokens: number): ModelInput;
  /** Special tokens around one text and around two. */
  readonly overhead: { single: number; pair: number };
}

/** Runs of ids between the texts, with their types: `[CLS] first [SEP] second [SEP]` for BERT. */
interface Frame {
  runs: ModelInput[];
  textTypes: number[];
}

/**
 * Opens a Hugging Face tokenizer (`tokenizer.json` and `tokenizer_config.json`). How the model frames its input is
 * learnt from the tokenizer's own post-processor, so BERT, RoBERTa and their kin all work.
 */
export function openTokenizer(json: unknown, config: unknown, name: string): TextTokenizer {
  let tokenizer: Tokenizer;
  try {
    tokenizer = new Tokenizer(json as object, config as object);
    tokenizer.encode('a');
  } catch (error) {
    throw new SearchError('model-failed', `The tokenizer of ${name} could not be opened: ${String(error)}.`, {
      cause: error,
    });
  }
  const encode = (text: string): number[] => tokenizer.encode(text, { add_special_tokens: false }).ids;
  const single = frameOf(tokenizer, encode, ['a']);
  const pair = frameOf(tokenizer, encode, ['a', 'b']);
  // "[SEP]" written in a page is the separator to the tokenizer; a page must not end its own passage.
  const framing = new Set(pair.runs.flatMap((run) => run.ids));
  const ids = (text: string): number[] => encode(text).filter((id) => !framing.has(id));

  return {
    ids,
    count: (text) => ids(text).length,
    frame: (text, maxTokens) => fill(single, [text.slice(0, Math.max(0, maxTokens - special(single)))]),
    framePair: (first, second, maxTokens) =>
      fill(pair, [first, second.slice(0, Math.max(0, maxTokens - special(pair) - first.length))]),
    overhead: { single: special(single), pair: special(pair) },
  };
}

function special(frame: Frame): number {
  return frame.runs.reduce((sum, run) => sum + run.ids.length, 0);
}

/** Encodes one-token probes and keeps what the tokenizer put around them. */
function frameOf(tokenizer: Tokenizer, ids: (text: string) => number[], probes: ['a'] | ['a', 'b']): Frame {
  const encoded = tokenizer.encode(probes[0], {
    ...(probes[1] !== undefined && { text_pair: probes[1] }),
    return_token_type_ids: true,
  });
  const runs: ModelInput[] = [];
  const textTypes: number[] = [];
  let at = 0;
  for (const probe of probes) {
    const probeIds = ids(probe);
    const found = encoded.ids.findIndex(
      (_, from) => from >= at && probeIds.every((id, i) => encoded.ids[from + i] === id),
    );
    if (found < 0)
      throw new SearchError(
        'model-failed',
        'The tokenizer does not keep its input apart from special tokens.',
      );
    runs.push(slice(encoded, at, found));
    textTypes.push(encoded.token_type_ids[found] ?? 0);
    at = found + probeIds.length;
  }
  runs.push(slice(encoded, at, encoded.ids.length));
  return { runs, textTypes };
}

function slice(encoded: { ids: number[]; token_type_ids: number[] }, from: number, to: number): ModelInput {
  return { ids: encoded.ids.slice(from, to), types: encoded.token_type_ids.slice(from, to) };
}

function fill(frame: Frame, texts: readonly (readonly number[])[]): ModelInput {
  const input: ModelInput = { ids: [], types: [] };
  frame.runs.forEach((run, at) => {
    input.ids.push(...run.ids);
    input.types.push(...run.types);
    const text = texts[at] ?? [];
    input.ids.push(...text);
    input.types.push(...text.map(() => frame.textTypes[at] ?? 0));
  });
  return input;
}
