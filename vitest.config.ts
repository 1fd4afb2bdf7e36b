import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['{src,bench,training}/**/*.test.ts'], testTimeout: 60_000 },
});
