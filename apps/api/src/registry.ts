import type { CarrierMaps } from './adapters/carriers/port.ts'
import { createMailPort } from './adapters/mail/smtp.ts'
import type { StoreMaps } from './adapters/stores/port.ts'
import type { Config } from './config.ts'
import type { JobCtx, World } from './context.ts'

/** The pure halves of all adapters, by code: a new carrier or platform is a folder and one line here. */
export const createMaps = (_config: Config): World['maps'] => ({
  stores: {} satisfies StoreMaps,
  carriers: {} satisfies CarrierMaps,
})

/** The halves that talk; only a job's context holds them. */
export const createPorts = (config: Config): JobCtx['ports'] => ({
  stores: {},
  carriers: {},
  mail: createMailPort(config),
})
