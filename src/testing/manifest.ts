import {
  type EmbedderEntry,
  type FileEntry,
  INDEX_FORMAT,
  type Manifest,
  type RerankerEntry,
} from '../engine/index-file/manifest.js';

const file = (path: string): FileEntry => ({ path, bytes: 1, sha256: '0'.repeat(64) });
const files = (
  model: string,
): Pick<EmbedderEntry, 'weights' | 'format' | 'tokenizer' | 'tokenizerConfig'> => ({
  format: 'onnx',
  weights: file(`models/${model}.onnx`),
  tokenizer: file(`models/${model}.json`),
  tokenizerConfig: file(`models/${model}-config.json`),
});

export const EMBEDDER: EmbedderEntry = {
  ...files('embedder'),
  ...{ name: 'test-embedder', dimensions: 4, pooling: 'mean', maxTokens: 64 },
  ...{ queryPrefix: '', passagePrefix: '', headingJoint: ': ', unrelated: 0 },
};

export const RERANKER: RerankerEntry = {
  ...files('reranker'),
  ...{ name: 'test-reranker', maxQueryTokens: 16, maxTokens: 64, weight: 0.5, headingJoint: ': ' },
  calibration: { scale: 1, offset: 0 },
};

/** A manifest as the indexer writes it, of an index with both models. */
export function testManifest(more: Partial<Manifest> = {}): Manifest {
  return {
    ...{ format: INDEX_FORMAT, generator: 'second-look test', language: 'en', site: '../' },
    counts: { pages: 1, sections: 1, passages: 1 },
    pages: [1],
    keywords: [['', 1, '0'.repeat(12)]],
    vectors: { mode: 'flat', rows: file('vectors.0a1b2c3d.bin') },
    passages: [[1, 1, '0'.repeat(12)]],
    filters: [],
    sorts: [],
    embedder: EMBEDDER,
    reranker: RERANKER,
    ...more,
  };
}
