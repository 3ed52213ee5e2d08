import { retriedOutcomes } from '@sendocki/domain/calls/outcomes'
import type { CallSettings, MustAskField, Span } from '@sendocki/domain/calls/settings'

/** What the settings will do, one fact a sentence; the screen puts each into words. */
export type Sentence =
  | { readonly says: 'days'; readonly days: readonly number[]; readonly spans: readonly Span[] }
  | { readonly says: 'closed'; readonly days: readonly number[] }
  | { readonly says: 'friday'; readonly span: Span }
  | {
      readonly says: 'ramadan'
      readonly spans: readonly Span[]
      readonly next: CallSettings['ramadan']['periods'][number]
    }
  | { readonly says: 'no_ramadan' }
  | { readonly says: 'holidays'; readonly holiday: CallSettings['holidays'][number] }
  | { readonly says: 'ladder'; readonly outcome: (typeof retriedOutcomes)[number]; readonly waits: readonly number[] }
  | { readonly says: 'caps'; readonly perDay: number; readonly inAll: number }
  | { readonly says: 'asks'; readonly fields: readonly MustAskField[] }
  | { readonly says: 'distribution'; readonly to: CallSettings['distribution'] }

/** Days with the same hours are one sentence, in the order of the week. */
const weekSentences = (week: CallSettings['week']): Sentence[] => {
  const groups = new Map<string, number[]>()
  for (const [index, spans] of week.entries()) {
    const key = JSON.stringify(spans)
    groups.set(key, [...(groups.get(key) ?? []), index + 1])
  }
  return [...groups.values()].map((days) => {
    const spans = week[(days[0] ?? 1) - 1] ?? []
    return spans.length === 0 ? { says: 'closed', days } : { says: 'days', days, spans }
  })
}

/** The settings in sentences. `today`, `YYYY-MM-DD`, decides which Ramadan and which holiday come next. */
export const sentencesOf = (settings: CallSettings, today: string): Sentence[] => {
  const { week, fridayPause, ramadan, holidays, ladder, mustAsk, distribution } = settings
  const byDay = <Row extends { readonly from: string; readonly to: string }>(rows: readonly Row[]): Row | undefined =>
    rows.filter(({ to }) => to >= today).toSorted((one, other) => one.from.localeCompare(other.from))[0]
  const next = byDay(ramadan.periods)
  // A yearly day stands for its next return.
  const year = Number(today.slice(0, 4))
  const holiday = byDay(
    holidays.flatMap((one) => {
      if (!one.yearly) return [one]
      return [year, year + 1].map((at) => ({
        ...one,
        from: `${at}${one.from.slice(4)}`,
        to: `${at}${one.to.slice(4)}`,
      }))
    }),
  )
  return [
    ...weekSentences(week),
    ...(fridayPause ? [{ says: 'friday', span: fridayPause } as const] : []),
    next ? { says: 'ramadan', spans: ramadan.hours, next } : { says: 'no_ramadan' },
    ...(holiday ? [{ says: 'holidays', holiday } as const] : []),
    ...retriedOutcomes.map(
      (outcome) => ({ says: 'ladder', outcome, waits: ladder[outcome].map((step) => step.afterMinutes) }) as const,
    ),
    { says: 'caps', perDay: ladder.capPerDay, inAll: ladder.capInAll },
    ...(mustAsk.length > 0 ? [{ says: 'asks', fields: mustAsk } as const] : []),
    { says: 'distribution', to: distribution },
  ]
}
