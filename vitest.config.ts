import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    // The default leaves one core to a watcher: on a machine with two, all files would run one after the other.
    maxWorkers: availableParallelism(),
  },
});
