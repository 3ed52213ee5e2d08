import { Checkbox, SegmentedControl, TextInput } from '@mantine/core'
import { nameQuery } from '@sendocki/domain/customers/names'
import { opsOf, type WhereOp, type WhereTerm } from '@sendocki/domain/orders/where'
import { dayOf, endOfDay, startOfDay } from '@sendocki/domain/time'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { DayField } from '../../../ui/day-field.tsx'
import { SkeletonRows } from '../../../ui/screen-states.tsx'
import classes from './sentence.module.css'
import type { OfferedField } from './terms.ts'
import { useFieldValues } from './use-field-values.tsx'

export interface ValueProps {
  readonly term: WhereTerm
  readonly onTerm: (term: WhereTerm) => void
}

/** Mantine's field of numbers weighs more than the rest of the sentence: it comes with the first number that is asked. */
const NumberValue = lazy(async () => ({ default: (await import('./number-value.tsx')).NumberValue }))

/** Several of a list, found by typing. */
const ChoiceValues = ({ term, onTerm }: ValueProps) => {
  const { t } = useTranslation('orders')
  const [typed, setTyped] = useState('')
  const { choicesFor } = useFieldValues(term.field as OfferedField)
  const chosen = (term.values ?? []).map(String)
  const toggle = (value: string): void => {
    const values = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]
    onTerm({ ...term, values })
  }
  const label = t(`sentence.field.${term.field as OfferedField}`)
  return (
    <>
      <TextInput
        size="sm"
        value={typed}
        aria-label={t('filter.find', { label })}
        placeholder={t('filter.find', { label })}
        data-autofocus
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <div className={classes.choices} role="group" aria-label={label}>
        {(choicesFor?.(typed) ?? []).map(({ value, label: name, sign }) => (
          <Checkbox
            key={value}
            size="sm"
            checked={chosen.includes(value)}
            onChange={() => toggle(value)}
            label={
              <span className={classes.choice}>
                {sign}
                {name}
              </span>
            }
          />
        ))}
      </div>
    </>
  )
}

/** A day is written; what is asked is its first or its last instant. */
const DayValue = ({ term, onTerm }: ValueProps) => {
  const { t } = useTranslation('orders')
  const value = term.values?.[0]
  const until = term.op === 'before'
  const shown = typeof value === 'string' ? dayOf(until ? new Date(Date.parse(value) - 1) : value) : ''
  return (
    <DayField
      inPopover
      size="sm"
      label={t(until ? 'filter.to' : 'filter.from')}
      value={shown}
      data-autofocus
      onChange={(day) => onTerm({ ...term, values: day === '' ? [] : [until ? endOfDay(day) : startOfDay(day)] })}
    />
  )
}

const TextValue = ({ term, onTerm }: ValueProps) => {
  const { t } = useTranslation('orders')
  return (
    <TextInput
      size="sm"
      label={t('sentence.value')}
      description={t('sentence.byCommas')}
      value={(term.values ?? []).join(', ')}
      data-autofocus
      onChange={({ currentTarget: { value } }) =>
        onTerm({ ...term, values: value === '' ? [] : value.split(',').map((one) => one.trimStart()) })
      }
    />
  )
}

/** Words of a name, in either script. */
const WordsValue = ({ term, onTerm }: ValueProps) => {
  const { t } = useTranslation('orders')
  return (
    <TextInput
      size="sm"
      dir="auto"
      maxLength={80}
      label={t('sentence.words')}
      value={String(term.values?.[0] ?? '')}
      data-autofocus
      onChange={({ currentTarget: { value } }) => onTerm({ ...term, values: value === '' ? [] : [value] })}
    />
  )
}

const FlagValue = ({ term, onTerm }: ValueProps) => {
  const { t } = useTranslation('orders')
  return (
    <SegmentedControl
      size="sm"
      data={[
        { value: 'true', label: t('sentence.yes') },
        { value: 'false', label: t('sentence.no') },
      ]}
      value={String(term.values?.[0] ?? true)}
      onChange={(value) => onTerm({ ...term, values: [value === 'true'] })}
    />
  )
}

const Value = (props: ValueProps) => {
  const { field, op } = props.term
  const { choicesFor } = useFieldValues(field as OfferedField)
  if (op === 'isSet' || op === 'notSet') return null
  if (field === 'toComplete' || field === 'late' || field === 'duplicate') return <FlagValue {...props} />
  if (op === 'contains') return <WordsValue {...props} />
  if (op === 'from' || op === 'before') return <DayValue {...props} />
  if (op === 'atLeast' || op === 'atMost' || op === 'lastDays' || op === 'olderThanDays')
    return <NumberValue {...props} />
  if (field === 'number') return <NumberValue {...props} />
  return choicesFor ? <ChoiceValues {...props} /> : <TextValue {...props} />
}

/** Whether the term can be asked: an operation that needs a value has one. */
export const isWhole = ({ op, values = [] }: WhereTerm): boolean =>
  op === 'contains'
    ? nameQuery(String(values[0] ?? '')) !== null
    : op === 'isSet' || op === 'notSet' || values.some((value) => value !== '')

interface TermEditorProps extends ValueProps {
  readonly onDone: () => void
}

/** How the field is compared, and with what. */
export const TermEditor = ({ term, onTerm, onDone }: TermEditorProps) => {
  const { t } = useTranslation(['orders', 'common'])
  const field = term.field as OfferedField
  const changeOp = (op: WhereOp): void => {
    const kept = ['in', 'notIn'].includes(op) && ['in', 'notIn'].includes(term.op)
    onTerm({ field, op, values: kept ? term.values : [] })
  }
  return (
    <form
      className={classes.editor}
      onSubmit={(event) => {
        event.preventDefault()
        onDone()
      }}
    >
      <label className={classes.op}>
        <span className="visually-hidden">{t('sentence.compare')}</span>
        <select value={term.op} onChange={({ currentTarget }) => changeOp(currentTarget.value as WhereOp)}>
          {opsOf(field).map((op) => (
            <option key={op} value={op}>
              {t(`sentence.op.${op}`)}
            </option>
          ))}
        </select>
      </label>
      <Suspense fallback={<SkeletonRows rows={1} label={t('common:ui.loading')} />}>
        <Value term={term} onTerm={onTerm} />
      </Suspense>
      <Button type="submit" variant="filled" disabled={!isWhole(term)}>
        {t('sentence.apply')}
      </Button>
    </form>
  )
}
