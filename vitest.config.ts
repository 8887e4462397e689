import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The command-line tests start whole processes; two cores are all there is.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
