import { manualMap } from './adapters/carriers/manual/map.ts'
import type { CarrierMaps, CarrierPorts } from './adapters/carriers/port.ts'
import { createSendit } from './adapters/carriers/sendit/index.ts'
import { senditMap } from './adapters/carriers/sendit/map.ts'
import type { TablesPort } from './adapters/files/port.ts'
import { createTables } from './adapters/files/tables.ts'
import { writeWorkbook } from './adapters/kept-files/workbook.ts'
import { createMailPort } from './adapters/mail/smtp.ts'
import { createWhatsApp } from './adapters/messaging/whatsapp/index.ts'
import { whatsappMap } from './adapters/messaging/whatsapp/map.ts'
import { paperPress } from './adapters/papers/press.ts'
import { genericMap } from './adapters/stores/generic/map.ts'
import { lightfunnelsPort } from './adapters/stores/lightfunnels/http.ts'
import { lightfunnelsMap } from './adapters/stores/lightfunnels/map.ts'
import type { StoreMaps, StorePorts } from './adapters/stores/port.ts'
import { shopifyPort } from './adapters/stores/shopify/http.ts'
import { shopifyMap } from './adapters/stores/shopify/map.ts'
import { woocommercePort } from './adapters/stores/woocommerce/http.ts'
import { type WooCommerceSettings, woocommerceMap } from './adapters/stores/woocommerce/map.ts'
import { youcanPort } from './adapters/stores/youcan/http.ts'
import { youcanMap } from './adapters/stores/youcan/map.ts'
import type { Config } from './config.ts'
import type { JobCtx, World } from './context.ts'

/** The pure halves of all adapters, by code: a new carrier or platform is a folder and one line here. */
export const createMaps = (config: Config): World['maps'] => ({
  stores: {
    shopify: shopifyMap(config.providers.shopify),
    youcan: youcanMap(config.providers.youcan),
    woocommerce: woocommerceMap(woocommerceOf(config)),
    lightfunnels: lightfunnelsMap(config.providers.lightfunnels),
    generic: genericMap,
  } satisfies StoreMaps,
  carriers: { sendit: senditMap, manual: manualMap } satisfies CarrierMaps,
  messaging: whatsappMap,
})

/** Tables in and out of files: no network, so every context has it. */
export const openTables = (): TablesPort => createTables()

/** The halves that talk; only a job's context holds them. */
export const createPorts = (config: Config): JobCtx['ports'] => ({
  stores: {
    shopify: shopifyPort(config.providers.shopify),
    youcan: youcanPort(config.providers.youcan),
    woocommerce: woocommercePort(woocommerceOf(config)),
    lightfunnels: lightfunnelsPort(config.providers.lightfunnels),
  } satisfies StorePorts,
  carriers: {
    sendit: createSendit(config.providers.sendit.baseUrl, config.sandbox?.url ?? null),
  } satisfies CarrierPorts,
  mail: createMailPort(config),
  messaging: createWhatsApp(config.providers.whatsapp.baseUrl, config.sandbox?.url ?? null),
  workbooks: { write: writeWorkbook },
  papers: paperPress,
})

const woocommerceOf = (config: Config): WooCommerceSettings => ({
  baseUrl: config.providers.woocommerce.baseUrl,
  sandboxUrl: config.sandbox?.url ?? null,
  appName: 'Sendocki',
})
