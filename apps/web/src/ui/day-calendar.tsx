import { DatePicker } from '@mantine/dates'
import '@mantine/dates/styles.layer.css'
import 'dayjs/locale/ar-ma'
import 'dayjs/locale/fr'
import type { Language } from '@sendocki/domain/language'
import { dayOf } from '@sendocki/domain/time'
import { useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from '../lib/i18n.ts'
import { useNow } from './clock.ts'
import classes from './day-calendar.module.css'

const locales: Record<Language, string> = { fr: 'fr', en: 'en', ar: 'ar-ma' }

interface DayCalendarProps {
  readonly value: string
  readonly min: string | undefined
  readonly max: string | undefined
  readonly onChoose: (day: string) => void
}

/** A month of days, from Monday on, in the language of the app. The focus stands on the chosen day, else on today. */
export const DayCalendar = ({ value, min, max, onChoose }: DayCalendarProps) => {
  const { t } = useTranslation('common')
  const today = dayOf(useNow())
  const first = min !== undefined && min > today ? min : today
  const begun = value || (max !== undefined && max < first ? max : first)
  const shown = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => shown.current?.querySelector<HTMLElement>('[data-begun]')?.focus(), [])
  return (
    <DatePicker
      ref={shown}
      classNames={classes}
      size="sm"
      locale={locales[currentLanguage()]}
      firstDayOfWeek={1}
      weekendDays={[0, 6]}
      highlightToday
      value={value || null}
      defaultDate={begun}
      {...(min === undefined ? {} : { minDate: min })}
      {...(max === undefined ? {} : { maxDate: max })}
      ariaLabels={{
        nextMonth: t('ui.day.nextMonth'),
        previousMonth: t('ui.day.previousMonth'),
        nextYear: t('ui.day.nextYear'),
        previousYear: t('ui.day.previousYear'),
        nextDecade: t('ui.day.nextYears'),
        previousDecade: t('ui.day.previousYears'),
      }}
      getDayProps={(day) => (day === begun ? { 'data-begun': true } : {})}
      onChange={(day) => day !== null && onChoose(day)}
      __stopPropagation
    />
  )
}
