import { workingMinutesBetween } from '@sendocki/domain/time'

/** The share of a stage's age limit that is used up, in working hours as the server counts them; null without a limit. */
export const limitReached = (since: string, limitMinutes: number | null, now: Date): number | null =>
  limitMinutes === null ? null : workingMinutesBetween(since, now) / Math.max(1, limitMinutes)
