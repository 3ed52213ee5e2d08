import type { TestProject } from 'vitest/node'
import { startTestServer } from './postgres.ts'

/** Started once for the whole run, by the first of the projects that need a database. */
export const setup = async ({ vitest }: TestProject): Promise<(() => Promise<void>) | undefined> => {
  if (vitest.getProvidedContext().serverUrl) return undefined
  const server = await startTestServer()
  vitest.provide('serverUrl', server.url)
  vitest.provide('template', server.template)
  return () => server.stop()
}
