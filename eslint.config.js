import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import ts from 'typescript-eslint';

/** Which folders a folder of src/ must not reach into: dependencies point one way. */
const boundaries = [
  // The engine answers the same in a worker, in Node and on the page, so it knows none of them.
  ['src/engine/**', ['element', 'client', 'worker', 'indexer', 'label', 'cli', 'demo', 'protocol', 'node:']],
  ['src/worker/**', ['element', 'client', 'indexer', 'label', 'cli', 'demo', 'node:']],
  // The page's side knows the protocol alone; the worker's code would come along otherwise.
  ['src/client/**', ['element', 'engine', 'indexer', 'label', 'cli', 'demo', 'node:']],
  ['src/element/**', ['engine', 'worker', 'indexer', 'label', 'cli', 'demo', 'node:']],
  ['src/indexer/**', ['element', 'client', 'worker', 'evaluate', 'label', 'cli', 'demo', 'protocol']],
  ['src/doctor/**', ['element', 'client', 'worker', 'evaluate', 'label', 'cli', 'demo', 'protocol']],
  ['src/evaluate/**', ['element', 'client', 'worker', 'label', 'cli', 'demo', 'protocol']],
  ['src/label/server/**', ['element', 'client', 'worker', 'cli', 'demo', 'page']],
  // The page knows its server's protocol alone.
  [
    'src/label/page/**',
    ['element', 'client', 'worker', 'engine', 'indexer', 'evaluate', 'cli', 'demo', 'server', 'node:'],
  ],
  // A service worker and a page run it, which know the index and nothing that shows or searches it.
  ['src/offline/**', ['element', 'indexer', 'label', 'cli', 'demo', 'node:']],
  ['src/node/**', ['element', 'client', 'worker', 'label', 'offline', 'vite', 'demo', 'protocol']],
  ['src/vite/**', ['element', 'client', 'worker', 'label', 'offline', 'demo']],
  ['src/cli/**', ['element', 'client', 'worker', 'label/page', 'demo', 'protocol']],
];

export default ts.config(
  {
    ignores: [
      'dist',
      'node_modules',
      'test-results',
      'playwright-report',
      // Other people's documentation, some of it with links that lead nowhere.
      'training/work',
      // Sites of their own, with tools of their own.
      'examples',
      // AssemblyScript, which is no TypeScript though it looks like it.
      'src/engine/*/kernels',
      'src/engine/*/kernel-bytes',
    ],
  },
  { files: ['**/*.ts'], extends: [ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked] },
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Signatures that others call by name say `void` where nothing is awaited.
      '@typescript-eslint/require-await': 'off',
      // Element and client options are read from plain JavaScript too, where types promise nothing.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      // An index that the loop above proves to be inside says so with "!".
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  ...boundaries.map(([folder, forbidden]) => ({
    files: [folder + '/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: forbidden.map((name) => ({
            regex: name === 'node:' ? '^node:' : `^(\\.\\./)+${name}(/|\\.js$)`,
            message: `${folder} does not depend on ${name}; see CONTRIBUTING.md.`,
          })),
        },
      ],
    },
  })),
  {
    files: ['src/element/**/*.ts', 'src/label/page/**/*.ts'],
    extends: [lit.configs['flat/recommended'], wc.configs['flat/best-practice']],
    plugins: { 'lit-a11y': litA11y },
    rules: {
      ...litA11y.configs.recommended.rules,
      // Rows are links: clicks and keys come with them.
      'lit-a11y/click-events-have-key-events': 'off',
      'wc/guard-super-call': 'off',
    },
  },
);
