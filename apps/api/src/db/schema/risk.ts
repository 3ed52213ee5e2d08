import { type TrialStatus, trialStatuses } from '@sendocki/domain/risk/risk'
import type { RiskSettings } from '@sendocki/domain/risk/settings'
import type { TrialTally } from '@sendocki/domain/risk/trial'
import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { byteText, checkOneOf, id, instant, optionalCentimes } from '../columns.ts'
import { merchantId } from './platform.ts'

/** What a merchant reads in its own past, one document, and what an order usually comes to. None: nothing is read. */
export const riskSettings = pgTable('risk_settings', {
  merchantId: merchantId().primaryKey(),
  settings: jsonb().$type<RiskSettings>().notNull(),
  version: integer().notNull(),
  updatedAt: instant().notNull(),
  /** The middle of the last thousand orders, and how many there were. */
  usualCentimes: optionalCentimes(),
  usualOrders: integer().notNull().default(0),
  countedAt: instant(),
})

export const riskRateKinds = ['city', 'product', 'all'] as const
export type RiskRateKind = (typeof riskRateKinds)[number]

/** How parcels of a city or of a product ended, counted at night. */
export const riskRates = pgTable(
  'risk_rates',
  {
    merchantId: merchantId(),
    kind: text().$type<RiskRateKind>().notNull(),
    /** The id of the city or product; empty for all of them. */
    key: byteText().notNull(),
    delivered: integer().notNull(),
    returned: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.kind, t.key] }),
    checkOneOf('risk_rates_kind_known', t.kind, riskRateKinds),
  ],
)

/** The last trial of settings on the past, as far as it has come. */
export const riskTrials = pgTable(
  'risk_trials',
  {
    merchantId: merchantId().primaryKey(),
    id: id(),
    settings: jsonb().$type<RiskSettings>().notNull(),
    status: text().$type<TrialStatus>().notNull(),
    startedAt: instant().notNull(),
    finishedAt: instant(),
    fromAt: instant().notNull(),
    /** Weeks that are counted already. */
    weeksDone: integer().notNull().default(0),
    endedOrders: integer().notNull().default(0),
    tally: jsonb().$type<TrialTally>().notNull(),
  },
  (t) => [checkOneOf('risk_trials_status_known', t.status, trialStatuses)],
)
