import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { Turns } from './tests/support/turns.ts'

// The product keeps nothing in its modules, so files may share a process: importing it all anew takes longer than the tests.
const shared = { isolate: false, testTimeout: 60_000, hookTimeout: 120_000 }
const withDatabase = { ...shared, globalSetup: ['tests/support/global-setup.ts'] }
const withStacks = { ...shared, globalSetup: ['tests/support/stack-setup.ts'] }

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: Turns },
    // Every process of the tests starts on what an earlier one has compiled.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/node') },
    projects: [
      {
        test: {
          name: 'rules',
          sequence: { groupOrder: 0 },
          // Properties over thousands of inputs take their time on a busy machine.
          ...shared,
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
          ...shared,
          globalSetup: [...withDatabase.globalSetup, ...withStacks.globalSetup],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'e2e',
          sequence: { groupOrder: 2 },
          include: ['tests/e2e/**/*.test.ts'],
          ...withStacks,
          // Two browsers and their servers share two cores: a bound is there for what hangs, not for what is slow.
          testTimeout: 400_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
