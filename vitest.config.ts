import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The command-line tests start whole processes, which mostly wait.
    maxWorkers: 3,
    // For what hangs. A small machine with other work takes ten times as long as it does otherwise.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
