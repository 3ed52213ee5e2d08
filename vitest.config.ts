import { defineConfig } from 'vitest/config'

// The product keeps nothing in its modules, so files may share a process: importing it all anew takes longer than the tests.
const withDatabase = {
  isolate: false,
  globalSetup: ['tests/support/global-setup.ts'],
  testTimeout: 60_000,
  hookTimeout: 120_000,
}

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'rules',
          sequence: { groupOrder: 0 },
          // Properties over thousands of inputs take their time on a busy machine.
          testTimeout: 60_000,
          include: [
            'packages/**/*.test.ts',
            'apps/api/src/*.test.ts',
            'apps/api/src/{adapters,http,db}/**/*.test.ts',
            'apps/sandbox/**/*.test.ts',
            'apps/web/**/*.test.{ts,tsx}',
          ],
        },
      },
      {
        test: {
          name: 'modules',
          sequence: { groupOrder: 1 },
          include: ['apps/api/src/{modules,jobs}/**/*.test.ts'],
          ...withDatabase,
        },
      },
      {
        test: {
          name: 'contract',
          sequence: { groupOrder: 1 },
          include: ['tests/contract/**/*.test.ts'],
          ...withDatabase,
        },
      },
      {
        test: {
          name: 'faults',
          sequence: { groupOrder: 2 },
          include: ['tests/faults/**/*.test.ts'],
          ...withDatabase,
          testTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'e2e',
          sequence: { groupOrder: 3 },
          include: ['tests/e2e/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
