import type { Handlers } from './jobs/engine.ts'
import { automationJobs } from './modules/automations/index.ts'
import { bulkJobs } from './modules/bulk/index.ts'
import { pbxJobs } from './modules/calls/index.ts'
import { carrierFileJobs } from './modules/carrier-files/index.ts'
import { carrierJobs } from './modules/carriers/index.ts'
import { exportJobs } from './modules/exports/index.ts'
import { identityJobs } from './modules/identity/index.ts'
import { importJobs } from './modules/imports/index.ts'
import { membersJobs } from './modules/members/index.ts'
import { effectJobs } from './modules/orders/index.ts'
import { paperJobs } from './modules/papers/index.ts'
import { carrierPaperJobs, createParcelEffect, parcelJobs, trackingJobs } from './modules/parcels/index.ts'
import { productsJobs } from './modules/products/index.ts'
import { riskJobs } from './modules/risk/index.ts'
import { samplesJobs } from './modules/samples/index.ts'
import { segmentJobs } from './modules/segments/index.ts'
import { stagesJobs } from './modules/stages/index.ts'
import { storesJobs } from './modules/stores/index.ts'
import { trayJobs } from './modules/tray/index.ts'
import { whatsappJobs } from './modules/whatsapp/index.ts'

/** Every job's handler, from the module whose noun it is. A job of the catalogue without one does not compile. */
export const handlers: Handlers = {
  ...identityJobs,
  ...membersJobs,
  ...stagesJobs,
  ...storesJobs,
  ...effectJobs({ create_parcel: createParcelEffect }),
  ...carrierJobs,
  ...parcelJobs,
  ...carrierPaperJobs,
  ...paperJobs,
  ...trackingJobs,
  ...carrierFileJobs,
  ...bulkJobs,
  ...exportJobs,
  ...importJobs,
  ...productsJobs,
  ...trayJobs,
  ...riskJobs,
  ...samplesJobs,
  ...segmentJobs,
  ...whatsappJobs,
  ...pbxJobs,
  ...automationJobs,
}
