import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** One more than the machine would take by itself, and not so many that each waits for the others. */
const integrationWorkers = Math.min(availableParallelism() + 1, 4);

/** Unit tests never touch the network or the clock; integration tests talk to real TLS servers on loopback. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/unit/**/*.test.tsx'],
          environment: 'node',
          // They share the program's modules, as the program does: loading these anew for each file took two thirds of the time.
          // Whoever changes what a module holds puts it back.
          isolate: false,
          setupFiles: ['test/support/property-seed.ts'],
          // Nothing here waits; what takes long on a busy machine is property tests, and no test is about speed.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          environment: 'node',
          // As above: what a test leaves running would be found by the next file as well.
          isolate: false,
          // Twenty processes that are killed while they write wait for a disk that others may be busy with.
          testTimeout: 120_000,
          hookTimeout: 60_000,
          // What is waited for comes from sockets, threads and processes; a second is not long on a busy machine.
          expect: { poll: { timeout: 15_000 } },
          // They wait for processes, timers and servers more than they compute.
          maxWorkers: integrationWorkers,
          // Run together with the unit tests, they come after them: each group has a number of workers of its own.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
