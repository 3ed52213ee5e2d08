import { NumberInput, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import {
  mostSegmentTerms,
  type SegmentField,
  type SegmentOp,
  type SegmentTerm,
  segmentFieldKinds,
  segmentFields,
  segmentOpsOf,
  unsoundTerm,
} from '@sendocki/domain/segments/rules'
import type { Segment } from '@sendocki/domain/segments/segment'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from '../../lib/i18n.ts'
import { placesQuery } from '../../lib/places.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useSegmentName } from '../../lib/segments.ts'
import { Button } from '../../ui/button.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Count } from '../../ui/numbers.tsx'
import { showToast } from '../../ui/toast.tsx'
import { createSegment, editSegment, previewQuery, segmentKeys } from './segments.api.ts'
import classes from './segments.module.css'

const firstTerm: SegmentTerm = { field: 'orders', op: 'atLeast', value: 2 }
const firstValues = { count: 1, percent: 50, money: 100_000, instant: 30, city: '', text: '' } as const
const typingPause = 300

/** A term of another field, with what that field is usually asked. */
const termOf = (field: SegmentField): SegmentTerm => ({
  field,
  op: segmentOpsOf(field)[0] ?? 'atLeast',
  value: firstValues[segmentFieldKinds[field]],
})

/** Name and rule of a segment, and how many it would choose while one writes it. */
export const SegmentForm = ({ segment, onDone }: { segment: Segment | null; onDone: () => void }) => {
  const { t } = useTranslation(['segments', 'common'])
  const queries = useQueryClient()
  const nameOf = useSegmentName()
  const [name, setName] = useState(segment?.name ?? '')
  const [rule, setRule] = useState<readonly SegmentTerm[]>(segment?.rule ?? [firstTerm])
  const named = segment?.key !== null && segment !== null ? nameOf(segment) : name.trim()
  const sound = rule.length > 0 && unsoundTerm(rule) === -1
  const save = useMutation({
    mutationFn: () => {
      const asked = { rule: [...rule] }
      if (segment === null) return createSegment({ name: named, ...asked })
      const renamed = segment.key === null ? { name: named } : {}
      return editSegment(segment.id, { version: segment.version, ...renamed, ...asked })
    },
    onSuccess: async () => {
      showToast({ message: t('saved', { name: named }) })
      onDone()
      await queries.invalidateQueries({ queryKey: segmentKeys.all })
    },
  })
  const change = (at: number, term: SegmentTerm): void => setRule(rule.map((one, index) => (index === at ? term : one)))
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (sound && named !== '' && !save.isPending) save.mutate()
      }}
    >
      {segment?.key == null && (
        <TextInput
          label={t('name')}
          dir="auto"
          maxLength={60}
          data-autofocus
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
      )}
      <fieldset className={classes.terms}>
        <legend>{t('rule')}</legend>
        {rule.map((term, at) => (
          <TermLine
            // A term has no identity but its place.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={at}
            term={term}
            onTerm={(next) => change(at, next)}
            onRemove={rule.length > 1 ? () => setRule(rule.filter((_one, index) => index !== at)) : null}
          />
        ))}
        {rule.length < mostSegmentTerms && (
          <Button
            size="small"
            icon={<IconPlus size={14} stroke={1.75} aria-hidden />}
            onClick={() => setRule([...rule, termOf('lastOrderAt')])}
          >
            {t('addTerm')}
          </Button>
        )}
      </fieldset>
      <Preview rule={rule} sound={sound} />
      {save.error && <FormProblem code={problemCode(save.error)}>{problemText(save.error)}</FormProblem>}
      <div className={classes.actions}>
        <Button variant="quiet" onClick={onDone}>
          {t('common:ui.cancel')}
        </Button>
        <Button type="submit" variant="filled" disabled={!sound || named === ''} pending={save.isPending}>
          {t('common:ui.save')}
        </Button>
      </div>
    </form>
  )
}

const Preview = ({ rule, sound }: { rule: readonly SegmentTerm[]; sound: boolean }) => {
  const { t } = useTranslation('segments')
  const [asked] = useDebouncedValue(rule, typingPause)
  const { data, error } = useQuery({ ...previewQuery([...asked]), enabled: sound && unsoundTerm(asked) === -1 })
  return (
    <p className={classes.preview} aria-live="polite">
      {!sound && t('incomplete')}
      {sound && error && problemText(error)}
      {sound && data && (
        <>
          <Count count={data.count} capped={data.capped} /> {t('customers', { count: data.count })}
        </>
      )}
    </p>
  )
}

interface TermLineProps {
  readonly term: SegmentTerm
  readonly onTerm: (term: SegmentTerm) => void
  readonly onRemove: (() => void) | null
}

const TermLine = ({ term, onTerm, onRemove }: TermLineProps) => {
  const { t } = useTranslation('segments')
  const ops = segmentOpsOf(term.field)
  return (
    <div className={classes.term}>
      <Select
        aria-label={t('fieldLabel')}
        data={segmentFields.map((value) => ({ value, label: t(`field.${value}`) }))}
        value={term.field}
        allowDeselect={false}
        onChange={(value) => value && onTerm(termOf(value as SegmentField))}
      />
      <Select
        aria-label={t('opLabel')}
        data={ops.map((value) => ({ value, label: t(`op.${value}`) }))}
        value={term.op}
        allowDeselect={false}
        onChange={(value) => value && onTerm({ ...term, op: value as SegmentOp })}
      />
      <TermValue term={term} onTerm={onTerm} />
      {onRemove && (
        <IconButton label={t('removeTerm')} onClick={onRemove}>
          <IconX size={16} stroke={1.75} />
        </IconButton>
      )}
    </div>
  )
}

const units = { percent: 'unit.percent', money: 'unit.money', instant: 'unit.days' } as const

const TermValue = ({ term, onTerm }: Omit<TermLineProps, 'onRemove'>) => {
  const { t } = useTranslation('segments')
  const kind = segmentFieldKinds[term.field]
  const { data: places } = useQuery({ ...placesQuery, enabled: kind === 'city' })
  if (kind === 'city')
    return (
      <Select
        aria-label={t('value')}
        searchable
        data={[...(places?.cityById.values() ?? [])].map((city) => ({
          value: city.id,
          label: city[currentLanguage()],
        }))}
        limit={40}
        value={String(term.value)}
        onChange={(value) => onTerm({ ...term, value: value ?? '' })}
      />
    )
  if (kind === 'text')
    return (
      <TextInput
        aria-label={t('value')}
        dir="auto"
        maxLength={40}
        value={String(term.value)}
        onChange={({ currentTarget }) => onTerm({ ...term, value: currentTarget.value })}
      />
    )
  const money = kind === 'money'
  return (
    <NumberInput
      aria-label={t('value')}
      value={money ? Number(term.value) / 100 : Number(term.value)}
      min={kind === 'instant' ? 1 : 0}
      max={kind === 'percent' ? 100 : kind === 'instant' ? 3_650 : 999_999_999}
      decimalScale={money ? 2 : 0}
      hideControls
      suffix={kind === 'count' ? '' : ` ${t(units[kind])}`}
      onChange={(next) =>
        typeof next === 'number' && onTerm({ ...term, value: money ? Math.round(next * 100) : Math.round(next) })
      }
    />
  )
}
