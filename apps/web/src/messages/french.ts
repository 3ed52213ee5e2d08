import type { messages as account } from './fr/account.ts'
import type { messages as apiKeys } from './fr/api-keys.ts'
import type { messages as audit } from './fr/audit.ts'
import type { messages as auth } from './fr/auth.ts'
import type { messages as automations } from './fr/automations.ts'
import type { messages as callSettings } from './fr/call-settings.ts'
import type { messages as calls } from './fr/calls.ts'
import type { messages as carrierFiles } from './fr/carrier-files.ts'
import type { messages as carriers } from './fr/carriers.ts'
import type { messages as cash } from './fr/cash.ts'
import type { messages as common } from './fr/common.ts'
import type { messages as customers } from './fr/customers.ts'
import type { messages as deadLetters } from './fr/dead-letters.ts'
import type { messages as deliveries } from './fr/deliveries.ts'
import type { messages as duplicates } from './fr/duplicates.ts'
import type { messages as errors } from './fr/errors.ts'
import type { messages as events } from './fr/events.ts'
import type { messages as fields } from './fr/fields.ts'
import type { messages as imports } from './fr/imports.ts'
import type { messages as members } from './fr/members.ts'
import type { messages as onboarding } from './fr/onboarding.ts'
import type { messages as orders } from './fr/orders.ts'
import type { messages as papers } from './fr/papers.ts'
import type { messages as parcels } from './fr/parcels.ts'
import type { messages as pipeline } from './fr/pipeline.ts'
import type { messages as products } from './fr/products.ts'
import type { messages as reports } from './fr/reports.ts'
import type { messages as risk } from './fr/risk.ts'
import type { messages as segments } from './fr/segments.ts'
import type { messages as stores } from './fr/stores.ts'
import type { messages as tray } from './fr/tray.ts'
import type { messages as whatsapp } from './fr/whatsapp.ts'

/** The French catalogues, source of the two others: a noun of a feature has one line here and one in catalogues.ts. */
export interface French {
  account: typeof account
  apiKeys: typeof apiKeys
  audit: typeof audit
  auth: typeof auth
  automations: typeof automations
  callSettings: typeof callSettings
  calls: typeof calls
  carrierFiles: typeof carrierFiles
  carriers: typeof carriers
  cash: typeof cash
  common: typeof common
  customers: typeof customers
  deadLetters: typeof deadLetters
  deliveries: typeof deliveries
  duplicates: typeof duplicates
  errors: typeof errors
  events: typeof events
  fields: typeof fields
  imports: typeof imports
  members: typeof members
  onboarding: typeof onboarding
  orders: typeof orders
  papers: typeof papers
  parcels: typeof parcels
  pipeline: typeof pipeline
  products: typeof products
  reports: typeof reports
  risk: typeof risk
  segments: typeof segments
  stores: typeof stores
  tray: typeof tray
  whatsapp: typeof whatsapp
}
export type Noun = keyof French
