import type { Handlers } from './jobs/engine.ts'

/** Every job's handler, from the module whose noun it is. A job of the catalogue without one does not compile. */
export const handlers = {} as Handlers
