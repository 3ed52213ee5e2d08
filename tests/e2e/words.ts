import { messages as arCash } from '../../apps/web/src/messages/ar/cash.ts'
import { messages as arOrders } from '../../apps/web/src/messages/ar/orders.ts'
import { messages as arPipeline } from '../../apps/web/src/messages/ar/pipeline.ts'
import { messages as arStores } from '../../apps/web/src/messages/ar/stores.ts'
import { messages as frCash } from '../../apps/web/src/messages/fr/cash.ts'
import { messages as frOrders } from '../../apps/web/src/messages/fr/orders.ts'
import { messages as frPipeline } from '../../apps/web/src/messages/fr/pipeline.ts'
import { messages as frStores } from '../../apps/web/src/messages/fr/stores.ts'

const words = {
  fr: { orders: frOrders, stores: frStores, cash: frCash, pipeline: frPipeline },
  ar: { orders: arOrders, stores: arStores, cash: arCash, pipeline: arPipeline },
}

/** The app's own words: a journey reads the screen as its reader does. */
export const wordsOf = (language: keyof typeof words) => words[language]
