import type { CallSettings } from '@sendocki/domain/calls/settings'
import { dayOf } from '@sendocki/domain/time'
import {
  IconArrowsSplit,
  IconCalendarEvent,
  IconClock,
  IconForms,
  IconMoon,
  IconPhoneCall,
  IconPhoneOff,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './call-settings.module.css'
import { type Sentence, sentencesOf } from './sentences.ts'
import { listOf, useWords } from './use-words.ts'

const icons: Record<Sentence['says'], typeof IconClock> = {
  days: IconClock,
  closed: IconPhoneOff,
  friday: IconClock,
  ramadan: IconMoon,
  no_ramadan: IconMoon,
  holidays: IconCalendarEvent,
  ladder: IconPhoneCall,
  caps: IconPhoneOff,
  asks: IconForms,
  distribution: IconArrowsSplit,
}

/** The settings in sentences, as they are typed: what will happen, before it is saved. */
export const PlainWords = ({ settings }: { settings: CallSettings }) => {
  const { t } = useTranslation('callSettings')
  return (
    <section className={classes.plain} aria-labelledby="calls-plain">
      <h2 id="calls-plain">{t('plain.title')}</h2>
      <ul>
        {sentencesOf(settings, dayOf(new Date())).map((sentence, index) => {
          const Icon = icons[sentence.says]
          return (
            <li key={index} data-warn={sentence.says === 'no_ramadan' || undefined}>
              <Icon size={16} stroke={1.75} aria-hidden />
              <span>
                <Say sentence={sentence} />
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const Say = ({ sentence }: { sentence: Sentence }) => {
  const { t } = useTranslation('callSettings')
  const words = useWords()
  switch (sentence.says) {
    case 'days':
      return <>{t('plain.days', { days: words.days(sentence.days), hours: words.spans(sentence.spans) })}</>
    case 'closed':
      return <>{t('plain.closed', { days: words.days(sentence.days) })}</>
    case 'friday':
      return <>{t('plain.friday', { hours: words.spans([sentence.span]) })}</>
    case 'ramadan': {
      const { from, to, provisional } = sentence.next
      const values = { hours: words.spans(sentence.spans), from: words.day(from), to: words.day(to) }
      return <>{t(provisional ? 'plain.ramadanProvisional' : 'plain.ramadan', values)}</>
    }
    case 'no_ramadan':
      return <>{t('plain.no_ramadan')}</>
    case 'holidays': {
      const { holiday } = sentence
      return <>{t('plain.holidays', { name: words.holiday(holiday), day: words.day(holiday.from) })}</>
    }
    case 'ladder':
      return <>{t(`plain.ladder.${sentence.outcome}`, { waits: listOf(sentence.waits.map(words.wait)) })}</>
    case 'caps':
      return <>{t('plain.caps', { perDay: sentence.perDay, inAll: sentence.inAll })}</>
    case 'asks':
      return <>{t('plain.asks', { fields: listOf(sentence.fields.map((field) => t(`mustAsk.${field}`))) })}</>
    case 'distribution':
      return <>{t(`plain.distribution.${sentence.to}`)}</>
  }
}
