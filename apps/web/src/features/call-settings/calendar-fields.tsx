import { Checkbox, TextInput } from '@mantine/core'
import type { CallSettings } from '@sendocki/domain/calls/settings'
import { addDays, dayOf } from '@sendocki/domain/time'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Section } from '../../ui/page.tsx'
import classes from './call-settings.module.css'
import { Spans } from './hours-fields.tsx'
import type { FieldsProps } from './settings-form.tsx'

type Dates = { readonly from: string; readonly to: string; readonly provisional: boolean }

interface DatesFieldsProps<Row extends Dates> {
  readonly row: Row
  readonly of: string
  readonly onChange: (row: Row) => void
}

/** First and last day, and whether somebody has still to announce them. */
const DatesFields = <Row extends Dates>({ row, of, onChange }: DatesFieldsProps<Row>) => {
  const { t } = useTranslation('callSettings')
  return (
    <>
      {(['from', 'to'] as const).map((end) => (
        <DayField
          key={end}
          className={classes.date}
          aria-label={t(`calendar.${end}`, { of })}
          value={row[end]}
          onChange={(day) => day !== '' && onChange({ ...row, [end]: day })}
        />
      ))}
      <Checkbox
        label={t('calendar.provisional')}
        aria-label={t('calendar.provisionalOf', { of })}
        checked={row.provisional}
        onChange={({ currentTarget }) => onChange({ ...row, provisional: currentTarget.checked })}
      />
    </>
  )
}

/** What is over is kept for the figures, and is not in the way of what comes. */
const isAhead = ({ to }: { readonly to: string }): boolean => to >= dayOf(new Date())

/** The dates of Ramadan, which are known when the moon is seen, and the hours that replace the usual ones. */
export const RamadanFields = ({ settings, onChange }: FieldsProps) => {
  const { t } = useTranslation('callSettings')
  const { ramadan } = settings
  const set = (change: Partial<CallSettings['ramadan']>): void => onChange({ ramadan: { ...ramadan, ...change } })
  const add = (): void => {
    const last = ramadan.periods.reduce((latest, { to }) => (to > latest ? to : latest), dayOf(new Date()))
    const from = addDays(last, 1)
    set({ periods: [...ramadan.periods, { from, to: addDays(from, 29), provisional: true }] })
  }
  return (
    <Section title={t('ramadan.title')} hint={t('ramadan.hint')}>
      <ul className={classes.rows}>
        <li>
          <span className={classes.name}>{t('ramadan.hours')}</span>
          <Spans spans={ramadan.hours} of={t('ramadan.title')} least={1} onChange={(hours) => set({ hours })} />
        </li>
        {ramadan.periods.map((period, index) =>
          isAhead(period) ? (
            <li key={index}>
              <span className={classes.name}>{t('ramadan.year', { year: period.from.slice(0, 4) })}</span>
              <DatesFields
                row={period}
                of={t('ramadan.year', { year: period.from.slice(0, 4) })}
                onChange={(row) => set({ periods: ramadan.periods.map((one, at) => (at === index ? row : one)) })}
              />
              <IconButton
                size="small"
                label={t('calendar.remove', { of: t('ramadan.year', { year: period.from.slice(0, 4) }) })}
                onClick={() => set({ periods: ramadan.periods.filter((_, at) => at !== index) })}
              >
                <IconX size={14} stroke={1.75} />
              </IconButton>
            </li>
          ) : null,
        )}
      </ul>
      <div>
        <Button size="small" icon={<IconPlus size={14} stroke={1.75} />} onClick={add}>
          {t('ramadan.add')}
        </Button>
      </div>
    </Section>
  )
}

type Holiday = CallSettings['holidays'][number]

/** Days without calls: those of the law, those of the moon, and the merchant's own. */
export const HolidayFields = ({ settings, onChange }: FieldsProps) => {
  const { t } = useTranslation('callSettings')
  const { holidays } = settings
  const set = (index: number, row: Holiday): void =>
    onChange({ holidays: holidays.map((one, at) => (at === index ? row : one)) })
  const today = dayOf(new Date())
  const own: Holiday = { key: null, name: null, from: today, to: today, yearly: false, provisional: false }
  return (
    <Section title={t('holidays.title')} hint={t('holidays.hint')}>
      <ul className={classes.rows}>
        {holidays.map((holiday, index) => {
          const name = holiday.key === null ? (holiday.name ?? t('holidays.own')) : t(`holiday.${holiday.key}`)
          if (!holiday.yearly && !isAhead(holiday)) return null
          return (
            <li key={index}>
              {holiday.key === null ? (
                <TextInput
                  className={classes.name}
                  aria-label={t('holidays.name')}
                  placeholder={t('holidays.name')}
                  maxLength={80}
                  value={holiday.name ?? ''}
                  onChange={({ currentTarget }) => set(index, { ...holiday, name: currentTarget.value || null })}
                />
              ) : (
                <span className={classes.name}>{name}</span>
              )}
              <DatesFields row={holiday} of={name} onChange={(row) => set(index, row)} />
              <Checkbox
                label={t('holidays.yearly')}
                aria-label={t('holidays.yearlyOf', { of: name })}
                checked={holiday.yearly}
                onChange={({ currentTarget }) => set(index, { ...holiday, yearly: currentTarget.checked })}
              />
              <IconButton
                size="small"
                label={t('calendar.remove', { of: name })}
                onClick={() => onChange({ holidays: holidays.filter((_, at) => at !== index) })}
              >
                <IconX size={14} stroke={1.75} />
              </IconButton>
            </li>
          )
        })}
      </ul>
      <div>
        <Button
          size="small"
          icon={<IconPlus size={14} stroke={1.75} />}
          onClick={() => onChange({ holidays: [...holidays, own] })}
        >
          {t('holidays.add')}
        </Button>
      </div>
    </Section>
  )
}
