import { messages as arCarrierFiles } from '../../apps/web/src/messages/ar/carrier-files.ts'
import { messages as arCarriers } from '../../apps/web/src/messages/ar/carriers.ts'
import { messages as arCash } from '../../apps/web/src/messages/ar/cash.ts'
import { messages as arDeliveries } from '../../apps/web/src/messages/ar/deliveries.ts'
import { messages as arOrders } from '../../apps/web/src/messages/ar/orders.ts'
import { messages as arParcels } from '../../apps/web/src/messages/ar/parcels.ts'
import { messages as arStores } from '../../apps/web/src/messages/ar/stores.ts'
import { messages as frCarrierFiles } from '../../apps/web/src/messages/fr/carrier-files.ts'
import { messages as frCarriers } from '../../apps/web/src/messages/fr/carriers.ts'
import { messages as frCash } from '../../apps/web/src/messages/fr/cash.ts'
import { messages as frDeliveries } from '../../apps/web/src/messages/fr/deliveries.ts'
import { messages as frOrders } from '../../apps/web/src/messages/fr/orders.ts'
import { messages as frParcels } from '../../apps/web/src/messages/fr/parcels.ts'
import { messages as frStores } from '../../apps/web/src/messages/fr/stores.ts'

const words = {
  fr: {
    orders: frOrders,
    stores: frStores,
    cash: frCash,
    carriers: frCarriers,
    carrierFiles: frCarrierFiles,
    deliveries: frDeliveries,
    parcels: frParcels,
  },
  ar: {
    orders: arOrders,
    stores: arStores,
    cash: arCash,
    carriers: arCarriers,
    carrierFiles: arCarrierFiles,
    deliveries: arDeliveries,
    parcels: arParcels,
  },
}

/** The app's own words: a journey reads the screen as its reader does. */
export const wordsOf = (language: keyof typeof words) => words[language]
