import type { Language } from '@sendocki/domain/language'
import type { Translation } from '../lib/translation.ts'
import type { French, Noun } from './french.ts'

type Catalogues<L extends Language> = { readonly [N in Noun]: () => Promise<{ messages: Translation<French[N], L> }> }

/** Where each catalogue is fetched from. A noun that lacks a language, or a language that lacks a form, does not compile. */
export const catalogues = {
  fr: {
    account: () => import('./fr/account.ts'),
    audit: () => import('./fr/audit.ts'),
    auth: () => import('./fr/auth.ts'),
    carrierFiles: () => import('./fr/carrier-files.ts'),
    carriers: () => import('./fr/carriers.ts'),
    cash: () => import('./fr/cash.ts'),
    common: () => import('./fr/common.ts'),
    deadLetters: () => import('./fr/dead-letters.ts'),
    deliveries: () => import('./fr/deliveries.ts'),
    errors: () => import('./fr/errors.ts'),
    events: () => import('./fr/events.ts'),
    fields: () => import('./fr/fields.ts'),
    members: () => import('./fr/members.ts'),
    orders: () => import('./fr/orders.ts'),
    parcels: () => import('./fr/parcels.ts'),
    stores: () => import('./fr/stores.ts'),
  },
  en: {
    account: () => import('./en/account.ts'),
    audit: () => import('./en/audit.ts'),
    auth: () => import('./en/auth.ts'),
    carrierFiles: () => import('./en/carrier-files.ts'),
    carriers: () => import('./en/carriers.ts'),
    cash: () => import('./en/cash.ts'),
    common: () => import('./en/common.ts'),
    deadLetters: () => import('./en/dead-letters.ts'),
    deliveries: () => import('./en/deliveries.ts'),
    errors: () => import('./en/errors.ts'),
    events: () => import('./en/events.ts'),
    fields: () => import('./en/fields.ts'),
    members: () => import('./en/members.ts'),
    orders: () => import('./en/orders.ts'),
    parcels: () => import('./en/parcels.ts'),
    stores: () => import('./en/stores.ts'),
  },
  ar: {
    account: () => import('./ar/account.ts'),
    audit: () => import('./ar/audit.ts'),
    auth: () => import('./ar/auth.ts'),
    carrierFiles: () => import('./ar/carrier-files.ts'),
    carriers: () => import('./ar/carriers.ts'),
    cash: () => import('./ar/cash.ts'),
    common: () => import('./ar/common.ts'),
    deadLetters: () => import('./ar/dead-letters.ts'),
    deliveries: () => import('./ar/deliveries.ts'),
    errors: () => import('./ar/errors.ts'),
    events: () => import('./ar/events.ts'),
    fields: () => import('./ar/fields.ts'),
    members: () => import('./ar/members.ts'),
    orders: () => import('./ar/orders.ts'),
    parcels: () => import('./ar/parcels.ts'),
    stores: () => import('./ar/stores.ts'),
  },
} satisfies { readonly [L in Language]: Catalogues<L> }
