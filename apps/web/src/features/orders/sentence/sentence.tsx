import { Menu, Popover } from '@mantine/core'
import type { Where, WhereTerm } from '@sendocki/domain/orders/where'
import { dayOf } from '@sendocki/domain/time'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from '../../../lib/i18n.ts'
import { useShortcuts } from '../../../lib/shortcuts.ts'
import { AddPill, FilterPill } from '../../../ui/chip.tsx'
import { Key } from '../../../ui/key.tsx'
import { Amount, Count } from '../../../ui/numbers.tsx'
import { useRights } from '../rights.ts'
import classes from './sentence.module.css'
import { isWhole, TermEditor } from './term-editor.tsx'
import {
  changedPart,
  firstOpOf,
  type OfferedField,
  offeredFields,
  partsOf,
  type SentencePart,
  whereOfParts,
  wholeTermOf,
  withoutPart,
  withTerm,
} from './terms.ts'
import { useFieldValues } from './use-field-values.tsx'

/** The values of a term in words: "Rabat, Salé", "au moins 149 DH", "plus de 3 j". */
const TermValue = ({ term }: { term: WhereTerm }): ReactNode => {
  const { t } = useTranslation('orders')
  const { nameOf } = useFieldValues(term.field as OfferedField)
  const [first] = term.values ?? []
  const list = (): string =>
    new Intl.ListFormat(currentLanguage(), { type: 'disjunction' }).format(
      (term.values ?? []).map((one) => nameOf(String(one))),
    )
  const shown = term.field === 'totalCentimes' ? <Amount centimes={Number(first)} /> : <Count count={Number(first)} />
  switch (term.op) {
    case 'isSet':
    case 'notSet':
      return t(`sentence.short.${term.op}`)
    case 'lastDays':
    case 'olderThanDays':
      return t(`sentence.short.${term.op}`, { n: Number(first) })
    case 'atLeast':
    case 'atMost':
      return (
        <>
          {t(`sentence.op.${term.op}`)} {shown}
        </>
      )
    case 'from':
      return (
        <>
          {t('sentence.op.from')} <bdi dir="ltr">{dayOf(String(first))}</bdi>
        </>
      )
    case 'before':
      return (
        <>
          {t('sentence.op.before')} <bdi dir="ltr">{dayOf(new Date(Date.parse(String(first)) - 1))}</bdi>
        </>
      )
    case 'contains':
      return <bdi>{String(first)}</bdi>
    case 'notIn':
      return t('sentence.short.notIn', { values: list() })
    case 'in':
      if (typeof first === 'boolean') return t(first ? 'sentence.yes' : 'sentence.no')
      return term.field === 'number' ? shown : list()
  }
}

interface TermPillProps {
  readonly term: WhereTerm
  readonly onTerm: (term: WhereTerm) => void
  readonly onClear: () => void
}

const TermPill = ({ term, onTerm, onClear }: TermPillProps) => {
  const { t } = useTranslation('orders')
  const [draft, setDraft] = useState<WhereTerm | null>(null)
  const close = (): void => {
    if (draft !== null && isWhole(draft)) onTerm(draft)
    setDraft(null)
  }
  return (
    <Popover
      opened={draft !== null}
      onChange={(opened) => (opened ? setDraft(term) : close())}
      position="bottom-start"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <FilterPill
          label={t(`sentence.field.${term.field as OfferedField}`)}
          value={<TermValue term={term} />}
          active
          aria-expanded={draft !== null}
          onClick={() => (draft === null ? setDraft(term) : close())}
          onClear={onClear}
        />
      </Popover.Target>
      <Popover.Dropdown>
        {draft !== null && <TermEditor term={draft} onTerm={setDraft} onDone={close} />}
      </Popover.Dropdown>
    </Popover>
  )
}

/** The filters that a role may ask for: neither what it hides nor names of what it may not read. */
const useOffered = (): readonly OfferedField[] => {
  const rights = useRights()
  return offeredFields.filter((field) => {
    if (field === 'phone') return rights.sees('phone')
    if (field === 'segment') return rights.can('segments.read') && rights.sees('financials')
    if (field === 'storeId') return rights.can('stores.read')
    if (field === 'carrierAccountId') return rights.can('carriers.read')
    return true
  })
}

/** Begins a new term: the field from the menu behind `F`, then its value. */
const AddTerm = ({ onTerm }: { onTerm: (term: WhereTerm) => void }) => {
  const { t } = useTranslation('orders')
  const offered = useOffered()
  const [choosing, setChoosing] = useState(false)
  const [draft, setDraft] = useState<WhereTerm | null>(null)
  useShortcuts([{ keys: 'f', label: t('filter.add'), run: () => setChoosing(true) }])
  const begin = (field: OfferedField): void => {
    const whole = wholeTermOf(field)
    if (whole) onTerm(whole)
    else setDraft({ field, op: firstOpOf(field), values: [] })
  }
  const end = (): void => {
    if (draft !== null && isWhole(draft)) onTerm(draft)
    setDraft(null)
  }
  const pill = (
    <AddPill>
      {t('filter.add')}
      <Key keys="f" />
    </AddPill>
  )
  if (draft === null)
    return (
      <Menu opened={choosing} onChange={setChoosing}>
        <Menu.Target>{pill}</Menu.Target>
        <Menu.Dropdown className={classes.fields ?? ''}>
          {offered.map((field) => (
            <Menu.Item key={field} onClick={() => begin(field)}>
              {t(`sentence.field.${field}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    )
  return (
    <Popover opened onChange={(opened) => !opened && end()} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>{pill}</Popover.Target>
      <Popover.Dropdown aria-label={t(`sentence.field.${draft.field as OfferedField}`)}>
        <TermEditor term={draft} onTerm={setDraft} onDone={end} />
      </Popover.Dropdown>
    </Popover>
  )
}

interface SentenceProps {
  readonly where: Where | null
  readonly onWhere: (where: Where | null) => void
}

/** The filter as a sentence: terms as pills, AND and OR as words between them, changed by a click. */
export const Sentence = ({ where, onWhere }: SentenceProps) => {
  const { t } = useTranslation('orders')
  const parts = partsOf(where)
  if (parts === null) return <FilterPill label={t('sentence.own')} active onClear={() => onWhere(null)} />
  const save = (next: readonly SentencePart[]): void => onWhere(whereOfParts(next))
  return (
    <>
      {parts.map(({ term, join }, index) => (
        <span key={`${index} ${term.field}`} className={classes.part}>
          {index > 0 && (
            <button
              type="button"
              className={classes.join}
              title={t('sentence.switchJoin')}
              onClick={() => save(changedPart(parts, index, { join: join === 'and' ? 'or' : 'and' }))}
            >
              {t(`sentence.${join}`)}
            </button>
          )}
          <TermPill
            term={term}
            onTerm={(next) => save(changedPart(parts, index, { term: next }))}
            onClear={() => save(withoutPart(parts, index))}
          />
        </span>
      ))}
      <AddTerm onTerm={(term) => save(withTerm(parts, term))} />
    </>
  )
}
