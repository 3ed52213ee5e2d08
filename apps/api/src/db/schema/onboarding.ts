import type { Step } from '@sendocki/domain/onboarding/onboarding'
import { type SampleStatus, sampleStatuses } from '@sendocki/domain/samples/sample'
import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { checkOneOf, instant } from '../columns.ts'
import { merchantId } from './platform.ts'

/** What a merchant wished of the first steps. Whether one is done is not kept: it is read from what is there. */
export const onboardings = pgTable('onboardings', {
  merchantId: merchantId().primaryKey(),
  skipped: jsonb().$type<readonly Step[]>().notNull().default([]),
  putAwayAt: instant(),
})

/** The examples of a merchant, while there are any or they come and go. */
export const samples = pgTable(
  'samples',
  {
    merchantId: merchantId().primaryKey(),
    status: text().$type<SampleStatus>().notNull(),
    /** From when on their days are counted back: the same examples, however often making them is begun again. */
    requestedAt: instant().notNull(),
    wanted: integer().notNull(),
    /** How many of the story were brought in, or left out because their phone is somebody's. */
    made: integer().notNull().default(0),
  },
  (t) => [checkOneOf('samples_status_known', t.status, sampleStatuses)],
)
