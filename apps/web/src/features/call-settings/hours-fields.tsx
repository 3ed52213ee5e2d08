import { Switch } from '@mantine/core'
import type { CallSettings, Span } from '@sendocki/domain/calls/settings'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ClockField } from '../../ui/clock-field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Section } from '../../ui/page.tsx'
import classes from './call-settings.module.css'
import type { FieldsProps } from './settings-form.tsx'

export const weekdays = ['d1', 'd2', 'd3', 'd4', 'd5', 'd6', 'd7'] as const
const mostSpans = 4

/** Midnight at the end of a span is written 00:00, as people do, and kept as 24:00. */
const shownEnd = (clock: string): string => (clock === '24:00' ? '00:00' : clock)
const keptEnd = (clock: string): string => (clock === '00:00' ? '24:00' : clock)

interface SpanFieldsProps {
  readonly span: Span
  /** What the two fields are about, for who hears them. */
  readonly of: string
  readonly onChange: (span: Span) => void
}

const SpanFields = ({ span, of, onChange }: SpanFieldsProps) => {
  const { t } = useTranslation('callSettings')
  return (
    <>
      <ClockField
        className={classes.clock ?? ''}
        aria-label={t('hours.from', { of })}
        value={span.from}
        onChange={(clock) => clock && onChange({ ...span, from: clock })}
      />
      <span aria-hidden>–</span>
      <ClockField
        className={classes.clock ?? ''}
        aria-label={t('hours.to', { of })}
        value={shownEnd(span.to)}
        onChange={(clock) => clock && onChange({ ...span, to: keptEnd(clock) })}
      />
    </>
  )
}

interface SpansProps {
  readonly spans: readonly Span[]
  readonly of: string
  /** The fewest that must stay. */
  readonly least: number
  readonly onChange: (spans: Span[]) => void
}

export const Spans = ({ spans, of, least, onChange }: SpansProps) => {
  const { t } = useTranslation('callSettings')
  const last = spans.at(-1)
  return (
    <div className={classes.spans}>
      {spans.map((span, index) => (
        <span key={index} className={classes.span}>
          <SpanFields
            span={span}
            of={of}
            onChange={(changed) => onChange(spans.map((one, at) => (at === index ? changed : one)))}
          />
          {spans.length > least && (
            <IconButton
              size="small"
              label={t('hours.remove', { of })}
              onClick={() => onChange(spans.filter((_, at) => at !== index))}
            >
              <IconX size={14} stroke={1.75} />
            </IconButton>
          )}
        </span>
      ))}
      {last && spans.length < mostSpans && last.to < '23:00' && (
        <IconButton
          size="small"
          label={t('hours.add', { of })}
          onClick={() => onChange([...spans, { from: last.to, to: '23:00' }])}
        >
          <IconPlus size={14} stroke={1.75} />
        </IconButton>
      )}
    </div>
  )
}

const dayOfWork: Span = { from: '09:00', to: '21:00' }

/** The hours of each weekday, and the pause of Friday. */
export const HoursFields = ({ settings, onChange }: FieldsProps) => {
  const { t } = useTranslation('callSettings')
  const { week, fridayPause } = settings
  const setDay = (index: number, spans: Span[]): void =>
    onChange({ week: week.map((day, at) => (at === index ? spans : day)) as CallSettings['week'] })
  return (
    <Section title={t('hours.title')} hint={t('hours.hint')}>
      <ul className={classes.rows}>
        {week.map((spans, index) => {
          const name = t(`weekday.${weekdays[index] ?? 'd1'}`)
          return (
            <li key={index}>
              <Switch
                className={classes.name}
                label={name}
                checked={spans.length > 0}
                onChange={({ currentTarget }) => setDay(index, currentTarget.checked ? [dayOfWork] : [])}
              />
              {spans.length > 0 ? (
                <Spans spans={spans} of={name} least={1} onChange={(changed) => setDay(index, changed)} />
              ) : (
                <span className={classes.hint}>{t('hours.closed')}</span>
              )}
            </li>
          )
        })}
        <li>
          <Switch
            className={classes.name}
            label={t('hours.friday')}
            checked={fridayPause !== null}
            onChange={({ currentTarget }) =>
              onChange({ fridayPause: currentTarget.checked ? { from: '12:30', to: '15:00' } : null })
            }
          />
          {fridayPause && (
            <span className={classes.span}>
              <SpanFields
                span={fridayPause}
                of={t('hours.friday')}
                onChange={(span) => onChange({ fridayPause: span })}
              />
            </span>
          )}
        </li>
      </ul>
    </Section>
  )
}
