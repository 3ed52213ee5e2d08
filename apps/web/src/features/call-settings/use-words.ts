import type { CallSettings, Span } from '@sendocki/domain/calls/settings'
import { useTranslation } from 'react-i18next'
import { formatDay } from '../../lib/format.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { weekdays } from './hours-fields.tsx'

export const listOf = (words: readonly string[]): string =>
  new Intl.ListFormat(currentLanguage(), { type: 'conjunction' }).format(words)

export const useWords = () => {
  const { t } = useTranslation('callSettings')
  return {
    /** `09:00–17:00 et 20:30–23:00`. A span is read from left to right in every language. */
    spans: (spans: readonly Span[]): string => listOf(spans.map(({ from, to }) => `\u2066${from}–${to}\u2069`)),
    days: (days: readonly number[]): string =>
      days.length === 7 ? t('everyDay') : listOf(days.map((day) => t(`weekday.${weekdays[day - 1] ?? 'd1'}`))),
    day: (day: string): string => formatDay(`${day}T12:00:00Z`, new Date(), currentLanguage()),
    wait: (minutes: number): string => {
      if (minutes % 1440 === 0) return t('wait.days', { count: minutes / 1440 })
      return minutes % 60 === 0 ? t('wait.hours', { count: minutes / 60 }) : t('wait.minutes', { count: minutes })
    },
    holiday: ({ key, name }: CallSettings['holidays'][number]): string =>
      key === null ? (name ?? t('holidays.own')) : t(`holiday.${key}`),
  }
}
