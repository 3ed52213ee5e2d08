import { TextInput } from '@mantine/core'
import { type CallbackReading, readCallback, type Understood } from '@sendocki/domain/calls/callback-words'
import type { CallSettings } from '@sendocki/domain/calls/settings'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../lib/format.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import classes from './call-settings.module.css'
import { listOf, useWords } from './use-words.ts'

/** A call-back in words, read as the call screen will read it, by the settings as they stand in the form. */
export const TryPhrase = ({ settings }: { settings: CallSettings }) => {
  const { t } = useTranslation('callSettings')
  const [typed, setTyped] = useState('')
  const reading = readCallback(typed, new Date(), settings)
  return (
    <div className={classes.try}>
      <TextInput
        label={t('try.label')}
        description={t('try.hint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        dir="auto"
        autoComplete="off"
        maxLength={200}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <div role="status" className={classes.reading}>
        <Reading reading={reading} />
      </div>
    </div>
  )
}

const instant = (at: Date): string => formatInstant(at.toISOString(), currentLanguage())

const Reading = ({ reading }: { reading: CallbackReading }) => {
  const { t } = useTranslation('callSettings')
  const understoodText = useUnderstood()
  if (reading.kind === 'none') return reading.code === 'empty' ? null : <p>{t(`try.none.${reading.code}`)}</p>
  if (reading.kind === 'asks')
    return (
      <>
        <p>{t(`try.asks.${reading.code}`)}</p>
        <ul>
          {reading.choices.map((at) => (
            <li key={at.getTime()}>{instant(at)}</li>
          ))}
        </ul>
      </>
    )
  return (
    <>
      <p>
        <strong>{instant(reading.at)}</strong>
      </p>
      {reading.understood.length > 0 && <p>{t('try.understood', { parts: understoodText(reading.understood) })}</p>}
      {reading.moved && (
        <p className={classes.moved}>
          {t(`try.moved.${reading.moved.because}`, { from: instant(reading.moved.from) })}
        </p>
      )}
    </>
  )
}

const useUnderstood = () => {
  const { t } = useTranslation('callSettings')
  const words = useWords()
  const say = ({ code, params }: Understood): string => {
    switch (code) {
      case 'day':
        return words.day(String(params['day']))
      case 'clock':
        return `\u2066${String(params['clock'])}\u2069`
      case 'part':
        return t(`partOfDay.${params['part'] as 'morning'}`)
      case 'prayer':
        return t(`prayer.${params['side'] as 'after'}.${params['prayer'] as 'asr'}`)
      case 'in':
        return t('try.in', { wait: words.wait(Number(params['minutes'])) })
      case 'assumed_pm':
        return t('try.assumedPm')
    }
  }
  return (understood: readonly Understood[]): string => listOf(understood.map(say))
}
