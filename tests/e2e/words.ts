import { messages as arApiKeys } from '../../apps/web/src/messages/ar/api-keys.ts'
import { messages as arAuth } from '../../apps/web/src/messages/ar/auth.ts'
import { messages as arAutomations } from '../../apps/web/src/messages/ar/automations.ts'
import { messages as arCallSettings } from '../../apps/web/src/messages/ar/call-settings.ts'
import { messages as arCalls } from '../../apps/web/src/messages/ar/calls.ts'
import { messages as arCarrierFiles } from '../../apps/web/src/messages/ar/carrier-files.ts'
import { messages as arCarriers } from '../../apps/web/src/messages/ar/carriers.ts'
import { messages as arCash } from '../../apps/web/src/messages/ar/cash.ts'
import { messages as arCommon } from '../../apps/web/src/messages/ar/common.ts'
import { messages as arCustomers } from '../../apps/web/src/messages/ar/customers.ts'
import { messages as arDeliveries } from '../../apps/web/src/messages/ar/deliveries.ts'
import { messages as arDuplicates } from '../../apps/web/src/messages/ar/duplicates.ts'
import { messages as arErrors } from '../../apps/web/src/messages/ar/errors.ts'
import { messages as arFields } from '../../apps/web/src/messages/ar/fields.ts'
import { messages as arImports } from '../../apps/web/src/messages/ar/imports.ts'
import { messages as arMembers } from '../../apps/web/src/messages/ar/members.ts'
import { messages as arOnboarding } from '../../apps/web/src/messages/ar/onboarding.ts'
import { messages as arOrders } from '../../apps/web/src/messages/ar/orders.ts'
import { messages as arPapers } from '../../apps/web/src/messages/ar/papers.ts'
import { messages as arParcels } from '../../apps/web/src/messages/ar/parcels.ts'
import { messages as arPipeline } from '../../apps/web/src/messages/ar/pipeline.ts'
import { messages as arProducts } from '../../apps/web/src/messages/ar/products.ts'
import { messages as arReports } from '../../apps/web/src/messages/ar/reports.ts'
import { messages as arSegments } from '../../apps/web/src/messages/ar/segments.ts'
import { messages as arStores } from '../../apps/web/src/messages/ar/stores.ts'
import { messages as arTray } from '../../apps/web/src/messages/ar/tray.ts'
import { messages as arWhatsApp } from '../../apps/web/src/messages/ar/whatsapp.ts'
import { messages as frApiKeys } from '../../apps/web/src/messages/fr/api-keys.ts'
import { messages as frAuth } from '../../apps/web/src/messages/fr/auth.ts'
import { messages as frAutomations } from '../../apps/web/src/messages/fr/automations.ts'
import { messages as frCallSettings } from '../../apps/web/src/messages/fr/call-settings.ts'
import { messages as frCalls } from '../../apps/web/src/messages/fr/calls.ts'
import { messages as frCarrierFiles } from '../../apps/web/src/messages/fr/carrier-files.ts'
import { messages as frCarriers } from '../../apps/web/src/messages/fr/carriers.ts'
import { messages as frCash } from '../../apps/web/src/messages/fr/cash.ts'
import { messages as frCommon } from '../../apps/web/src/messages/fr/common.ts'
import { messages as frCustomers } from '../../apps/web/src/messages/fr/customers.ts'
import { messages as frDeliveries } from '../../apps/web/src/messages/fr/deliveries.ts'
import { messages as frDuplicates } from '../../apps/web/src/messages/fr/duplicates.ts'
import { messages as frErrors } from '../../apps/web/src/messages/fr/errors.ts'
import { messages as frFields } from '../../apps/web/src/messages/fr/fields.ts'
import { messages as frImports } from '../../apps/web/src/messages/fr/imports.ts'
import { messages as frMembers } from '../../apps/web/src/messages/fr/members.ts'
import { messages as frOnboarding } from '../../apps/web/src/messages/fr/onboarding.ts'
import { messages as frOrders } from '../../apps/web/src/messages/fr/orders.ts'
import { messages as frPapers } from '../../apps/web/src/messages/fr/papers.ts'
import { messages as frParcels } from '../../apps/web/src/messages/fr/parcels.ts'
import { messages as frPipeline } from '../../apps/web/src/messages/fr/pipeline.ts'
import { messages as frProducts } from '../../apps/web/src/messages/fr/products.ts'
import { messages as frReports } from '../../apps/web/src/messages/fr/reports.ts'
import { messages as frSegments } from '../../apps/web/src/messages/fr/segments.ts'
import { messages as frStores } from '../../apps/web/src/messages/fr/stores.ts'
import { messages as frTray } from '../../apps/web/src/messages/fr/tray.ts'
import { messages as frWhatsApp } from '../../apps/web/src/messages/fr/whatsapp.ts'

const words = {
  fr: {
    segments: frSegments,
    customers: frCustomers,
    apiKeys: frApiKeys,
    auth: frAuth,
    automations: frAutomations,
    callSettings: frCallSettings,
    calls: frCalls,
    carrierFiles: frCarrierFiles,
    carriers: frCarriers,
    cash: frCash,
    common: frCommon,
    deliveries: frDeliveries,
    duplicates: frDuplicates,
    errors: frErrors,
    fields: frFields,
    imports: frImports,
    members: frMembers,
    onboarding: frOnboarding,
    orders: frOrders,
    papers: frPapers,
    parcels: frParcels,
    pipeline: frPipeline,
    products: frProducts,
    reports: frReports,
    stores: frStores,
    tray: frTray,
    whatsapp: frWhatsApp,
  },
  ar: {
    segments: arSegments,
    customers: arCustomers,
    apiKeys: arApiKeys,
    auth: arAuth,
    automations: arAutomations,
    callSettings: arCallSettings,
    calls: arCalls,
    carrierFiles: arCarrierFiles,
    carriers: arCarriers,
    cash: arCash,
    common: arCommon,
    deliveries: arDeliveries,
    duplicates: arDuplicates,
    errors: arErrors,
    fields: arFields,
    imports: arImports,
    members: arMembers,
    onboarding: arOnboarding,
    orders: arOrders,
    papers: arPapers,
    parcels: arParcels,
    pipeline: arPipeline,
    products: arProducts,
    reports: arReports,
    stores: arStores,
    tray: arTray,
    whatsapp: arWhatsApp,
  },
}

/** The app's own words: a journey reads the screen as its reader does. */
export const wordsOf = (language: keyof typeof words) => words[language]
