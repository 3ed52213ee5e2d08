import type { CarrierMaps, CarrierPorts } from './adapters/carriers/port.ts'
import { createSendit } from './adapters/carriers/sendit/index.ts'
import { senditMap } from './adapters/carriers/sendit/map.ts'
import { writeWorkbook } from './adapters/kept-files/workbook.ts'
import { createMailPort } from './adapters/mail/smtp.ts'
import { genericMap } from './adapters/stores/generic/map.ts'
import type { StoreMaps, StorePorts } from './adapters/stores/port.ts'
import { shopifyPort } from './adapters/stores/shopify/http.ts'
import { shopifyMap } from './adapters/stores/shopify/map.ts'
import type { Config } from './config.ts'
import type { JobCtx, World } from './context.ts'

/** The pure halves of all adapters, by code: a new carrier or platform is a folder and one line here. */
export const createMaps = (config: Config): World['maps'] => ({
  stores: { shopify: shopifyMap(config.providers.shopify), generic: genericMap } satisfies StoreMaps,
  carriers: { sendit: senditMap } satisfies CarrierMaps,
})

/** The halves that talk; only a job's context holds them. */
export const createPorts = (config: Config): JobCtx['ports'] => ({
  stores: { shopify: shopifyPort(config.providers.shopify) } satisfies StorePorts,
  carriers: {
    sendit: createSendit(config.providers.sendit.baseUrl, config.sandbox?.url ?? null),
  } satisfies CarrierPorts,
  mail: createMailPort(config),
  workbooks: { write: writeWorkbook },
})
