import { Autocomplete, TextInput } from '@mantine/core'
import { type CallQuestion, openQuestions } from '@sendocki/domain/calls/call'
import type { CallContext } from '@sendocki/domain/calls/call-schema'
import type { Order } from '@sendocki/domain/orders/order'
import { addDays, dayOf } from '@sendocki/domain/time'
import { IconCircleCheckFilled, IconCircleDashed } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from '../../lib/i18n.ts'
import { placesQuery, useCityName } from '../../lib/places.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/clock.ts'
import { DayField } from '../../ui/day-field.tsx'
import { Key } from '../../ui/key.tsx'
import { Amount } from '../../ui/numbers.tsx'
import shared from './calls.module.css'
import type { Draft } from './outbox.ts'
import classes from './questions.module.css'
import { useEdit } from './use-edit.ts'

interface QuestionsProps {
  readonly order: Order
  readonly mustAsk: CallContext['questions']
  readonly draft: Draft
  readonly onDraft: (change: Partial<Draft>) => void
}

/** What is still to be asked, by the order's own facts and by what was told. */
export const leftToAsk = (order: Order, draft: Draft, mustAsk: readonly CallQuestion[]): CallQuestion[] => {
  const { city, district, landmark } = order.shippingAddress
  const dateTold = draft.dateTold === '' ? null : draft.dateTold
  return openQuestions({ ...draft, cityId: city?.id ?? null, district, landmark, dateTold }, mustAsk)
}

/** The questions before a confirmation, each with its answer in place. */
export const Questions = ({ order, mustAsk, draft, onDraft }: QuestionsProps) => {
  const { t } = useTranslation('calls')
  const left = leftToAsk(order, draft, mustAsk)
  const isOpen = (field: CallQuestion): boolean => left.includes(field)
  const edit = useEdit(order)
  return (
    <section className={shared.card} aria-labelledby="questions">
      <header>
        <h3 id="questions">{t('questions.title')}</h3>
        <span>{t('questions.count', { done: mustAsk.length - left.length, all: mustAsk.length })}</span>
      </header>
      <Question label={t('questions.city')} open={isOpen('city')}>
        <CityField order={order} onCity={(city) => edit.mutate({ shippingAddress: { city } })} />
      </Question>
      <Question label={t('questions.landmark')} open={isOpen('districtOrLandmark')}>
        <LandmarkField
          key={order.id}
          order={order}
          onLandmark={(landmark) => edit.mutate({ shippingAddress: { landmark } })}
        />
      </Question>
      <Question label={t('questions.amount')} open={isOpen('amountTold')}>
        <span className={classes.said}>
          {order.codAmountCentimes === null ? '–' : <Amount centimes={order.codAmountCentimes} decimals="always" />}
        </span>
        <Button
          size="small"
          aria-pressed={draft.amountTold}
          keyHint="m"
          onClick={() => onDraft({ amountTold: !draft.amountTold })}
        >
          {t(draft.amountTold ? 'questions.amountTold' : 'questions.tellAmount')}
        </Button>
      </Question>
      <Question label={t('questions.date')} open={isOpen('dateTold')}>
        <DateField draft={draft} onDraft={onDraft} />
      </Question>
      {mustAsk.includes('confirmedTwice') && (
        <Question label={t('questions.twice')} open={isOpen('confirmedTwice')}>
          <Button
            size="small"
            aria-pressed={draft.confirmedTwice}
            onClick={() => onDraft({ confirmedTwice: !draft.confirmedTwice })}
          >
            {t(draft.confirmedTwice ? 'questions.saidTwice' : 'questions.askTwice')}
          </Button>
        </Question>
      )}
      <QuestionKeys draft={draft} onDraft={onDraft} />
    </section>
  )
}

const QuestionKeys = ({ draft, onDraft }: Pick<QuestionsProps, 'draft' | 'onDraft'>) => {
  const { t } = useTranslation('calls')
  const tomorrow = addDays(dayOf(useNow()), 1)
  useShortcuts([
    { keys: 'm', label: t('questions.tellAmount'), run: () => onDraft({ amountTold: !draft.amountTold }) },
    { keys: 't', label: t('questions.tomorrow'), run: () => onDraft({ dateTold: tomorrow }) },
  ])
  return null
}

const Question = ({ label, open, children }: { label: string; open: boolean; children: ReactNode }) => {
  const { t } = useTranslation('calls')
  return (
    <div className={classes.question} data-open={open || undefined}>
      {open ? (
        <IconCircleDashed size={18} stroke={1.75} aria-label={t('questions.open')} />
      ) : (
        <IconCircleCheckFilled size={18} aria-label={t('questions.done')} />
      )}
      <span className={classes.questionLabel}>{label}</span>
      <div className={classes.answer}>{children}</div>
    </div>
  )
}

/** The city, by what is typed in any spelling; `A` goes there. */
const CityField = ({ order, onCity }: { order: Order; onCity: (city: string) => void }) => {
  const { t } = useTranslation('calls')
  const language = currentLanguage()
  const cityName = useCityName()
  const field = useRef<HTMLInputElement>(null)
  const { data: places } = useQuery(placesQuery)
  const { city, cityText } = order.shippingAddress
  const shown = city ? cityName(city) : (cityText ?? '')
  const [typed, setTyped] = useState<string | null>(null)
  useShortcuts([{ keys: 'a', label: t('questions.city'), run: () => field.current?.select() }])
  const options = typed === null ? [] : (places?.suggestCities(typed) ?? [])
  return (
    <Autocomplete
      ref={field}
      aria-label={t('questions.city')}
      dir="auto"
      data={[...new Set(options.map((option) => option[language]))]}
      filter={({ options: all }) => all}
      value={typed ?? shown}
      onChange={setTyped}
      onOptionSubmit={(name) => {
        const chosen = options.find((option) => option[language] === name)
        setTyped(null)
        if (chosen && chosen.id !== city?.id) onCity(chosen.id)
        field.current?.blur()
      }}
      onBlur={() => setTyped(null)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur()
      }}
      selectFirstOptionOnChange
      autoComplete="off"
      maxLength={80}
      rightSection={<Key keys="a" />}
    />
  )
}

const LandmarkField = ({ order, onLandmark }: { order: Order; onLandmark: (text: string) => void }) => {
  const { t } = useTranslation('calls')
  const { district, landmark } = order.shippingAddress
  const [typed, setTyped] = useState(landmark ?? '')
  const save = (): void => {
    if (typed.trim() !== '' && typed.trim() !== landmark) onLandmark(typed.trim())
  }
  return (
    <TextInput
      aria-label={t('questions.landmark')}
      placeholder={district ?? t('questions.landmarkHint')}
      dir="auto"
      autoComplete="off"
      maxLength={200}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur()
      }}
    />
  )
}

const DateField = ({ draft, onDraft }: Pick<QuestionsProps, 'draft' | 'onDraft'>) => {
  const { t } = useTranslation('calls')
  const today = dayOf(useNow())
  return (
    <>
      <DayField
        aria-label={t('questions.date')}
        min={today}
        value={draft.dateTold}
        onChange={(dateTold) => onDraft({ dateTold })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur()
        }}
      />
      <Button size="small" keyHint="t" onClick={() => onDraft({ dateTold: addDays(today, 1) })}>
        {t('questions.tomorrow')}
      </Button>
    </>
  )
}
