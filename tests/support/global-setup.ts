import type { TestProject } from 'vitest/node'
import { startTestServer } from './postgres.ts'

/** Started once for the whole run, for the projects that need a database. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const server = await startTestServer()
  project.provide('serverUrl', server.url)
  project.provide('template', server.template)
  return () => server.stop()
}
