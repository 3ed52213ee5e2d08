import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { CallContext, SaveOutcome } from '@sendocki/domain/calls/call-schema'
import { type Outcome, outcomes } from '@sendocki/domain/calls/outcomes'
import type { Order } from '@sendocki/domain/orders/order'
import {
  IconBulb,
  IconCircleCheck,
  IconCircleX,
  IconClockPlay,
  IconCopy,
  IconPhoneOff,
  IconPhonePause,
  IconPhoneX,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ComponentType, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from '../../lib/i18n.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { Button } from '../../ui/button.tsx'
import { DigitMenu } from '../../ui/digit-menu.tsx'
import { callbackQuery, pipelineQuery } from './calls.api.ts'
import classes from './outcomes.module.css'
import { saidTime } from './use-call.ts'
import { useReason } from './use-reason.ts'

export type Choice = Pick<SaveOutcome, 'outcome' | 'callbackAt' | 'reasonId' | 'callbackByAny'>

interface OutcomesProps {
  readonly order: Order
  /** Whether the digits choose; the merchant may switch them off. */
  readonly digits: boolean
  /** Questions still open: with any, a confirmation is closed and says how many. */
  readonly left: number
  readonly pending: boolean
  /** When the order would be called again, by outcome; undefined until it is known. */
  readonly nextTries: CallContext['nextTries'] | undefined
  readonly onSave: (choice: Choice) => void
  /** Opens the decision about duplicates; null when the order has none, and the outcome gives it up as one. */
  readonly onDuplicate: (() => void) | null
}

const icons: Record<Outcome, ComponentType<{ size?: number; stroke?: number }>> = {
  confirmed: IconCircleCheck,
  no_answer: IconPhoneOff,
  busy: IconPhonePause,
  callback: IconClockPlay,
  wrong_number: IconPhoneX,
  cancelled: IconCircleX,
  duplicate: IconCopy,
  thinking: IconBulb,
}

/** The eight outcomes, on the digits as well; Enter saves the chosen one and brings the next call. */
export const Outcomes = ({ order, digits, left, pending, nextTries, onSave, onDuplicate }: OutcomesProps) => {
  const { t } = useTranslation('calls')
  const [chosen, setChosen] = useState<Outcome | null>(null)
  const [asking, setAsking] = useState(false)
  const choose = (outcome: Outcome): void => {
    if (outcome === 'confirmed' && left > 0) return
    if (outcome === 'duplicate' && onDuplicate) return onDuplicate()
    setChosen(outcome)
    setAsking(outcome === 'cancelled')
  }
  const save = (): void => {
    if (chosen === 'cancelled') setAsking(true)
    else if (chosen !== null && chosen !== 'callback' && !pending) onSave({ outcome: chosen })
  }
  useShortcuts([
    ...outcomes.flatMap((outcome, index) =>
      digits ? [{ keys: String(index + 1), label: t(`outcome.${outcome}`), run: () => choose(outcome) }] : [],
    ),
    { keys: 'Enter', label: t('saveAndNext'), yields: true, run: save },
    { keys: 'Escape', run: () => setChosen(null) },
  ])
  return (
    <section className={classes.outcomes} aria-label={t('outcomes')}>
      {chosen === 'callback' && (
        <CallbackField
          onCancel={() => setChosen(null)}
          onSave={(at) => onSave({ outcome: 'callback', callbackAt: at })}
        />
      )}
      <Will order={order} digits={digits} chosen={chosen} next={nextTries?.find(({ outcome }) => outcome === chosen)} />
      <div className={classes.outcomeGrid}>
        {outcomes.map((outcome, index) => {
          const button = (
            <OutcomeButton
              key={outcome}
              outcome={outcome}
              digit={digits ? index + 1 : null}
              left={outcome === 'confirmed' ? left : 0}
              chosen={chosen === outcome}
              onChoose={() => choose(outcome)}
            />
          )
          if (outcome !== 'cancelled') return button
          return (
            <Reasons
              key={outcome}
              opened={asking}
              onOpened={setAsking}
              onReason={(reasonId) => onSave({ outcome, reasonId })}
            >
              {button}
            </Reasons>
          )
        })}
      </div>
      <footer>
        <Button
          variant="filled"
          size="form"
          keyHint="Enter"
          pending={pending}
          disabled={chosen === null || chosen === 'callback'}
          onClick={save}
        >
          {t('saveAndNext')}
        </Button>
      </footer>
    </section>
  )
}

interface WillProps {
  readonly order: Order
  readonly digits: boolean
  readonly chosen: Outcome | null
  readonly next: CallContext['nextTries'][number] | undefined
}

/** What the chosen outcome will do: for a try that comes back, when and why then. */
const Will = ({ order, digits, chosen, next }: WillProps) => {
  const { t } = useTranslation('calls')
  const reasonOf = useReason()
  const text = (): string => {
    if (chosen === null) return t(digits ? 'chooseOutcome' : 'chooseByHand')
    if (!next) return t(`outcomeWill.${chosen}`, { number: order.number })
    if (next.at === null) return t('noMoreTries')
    const when = t('nextTry', { at: saidTime(next.at) })
    const why = reasonOf(next.because, order.shippingAddress.city)
    return why === null ? when : `${when} ${why}`
  }
  return (
    <p aria-live="polite" className={classes.will} data-chosen={chosen !== null || undefined}>
      {text()}
    </p>
  )
}

interface OutcomeButtonProps {
  readonly outcome: Outcome
  readonly digit: number | null
  readonly left: number
  readonly chosen: boolean
  readonly onChoose: () => void
}

const OutcomeButton = ({ outcome, digit, left, chosen, onChoose, ...rest }: OutcomeButtonProps) => {
  const { t } = useTranslation('calls')
  const Icon = icons[outcome]
  return (
    <button
      {...rest}
      type="button"
      className={classes.outcome}
      data-outcome={outcome}
      aria-pressed={chosen}
      data-passes={chosen || undefined}
      aria-disabled={left > 0 || undefined}
      onClick={onChoose}
    >
      {digit !== null && (
        <kbd dir="ltr" aria-hidden="true">
          {digit}
        </kbd>
      )}
      <span className={classes.outcomeIcon} aria-hidden="true">
        <Icon size={18} stroke={1.75} />
      </span>
      <span>{t(`outcome.${outcome}`)}</span>
      {left > 0 && <small>{t('left', { count: left })}</small>}
    </button>
  )
}

interface ReasonsProps {
  readonly opened: boolean
  readonly onOpened: (opened: boolean) => void
  readonly onReason: (reasonId: string) => void
  readonly children: React.ReactElement
}

/** Why it is cancelled, on the digits: two keys in all. */
const Reasons = ({ opened, onOpened, onReason, children }: ReasonsProps) => {
  const { t } = useTranslation('calls')
  const language = currentLanguage()
  const { data } = useQuery(pipelineQuery)
  const items = (data?.reasons ?? [])
    .filter(({ state, active }) => state === 'cancelled' && active)
    .map(({ id, name }) => ({ id, label: name[language] || name.fr }))
  return (
    <DigitMenu label={t('whyCancelled')} items={items} opened={opened} onOpenedChange={onOpened} onChoose={onReason}>
      {children}
    </DigitMenu>
  )
}

/** When to call back, in the buyer's words; the time that was read is shown, and Enter agrees to it. */
const CallbackField = ({ onSave, onCancel }: { onSave: (at: string) => void; onCancel: () => void }) => {
  const { t } = useTranslation('calls')
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [asked] = useDebouncedValue(typed.trim(), 200)
  const { data, isFetching } = useQuery(callbackQuery(asked))
  useEffect(() => field.current?.focus(), [])
  const settled = asked !== '' && asked === typed.trim() && !isFetching ? data : undefined
  const agree = (): void => {
    if (settled?.at) onSave(settled.at)
  }
  return (
    <div className={classes.callback}>
      <TextInput
        ref={field}
        size="md"
        label={t('callback.label')}
        placeholder={t('callback.example')}
        dir="auto"
        autoComplete="off"
        maxLength={80}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault()
            agree()
          } else if (event.key === 'Escape') onCancel()
        }}
      />
      <div role="status" className={classes.reading}>
        {settled?.at && (
          <Button variant="filled" size="form" keyHint="Enter" onClick={agree}>
            {t('callback.at', { at: saidTime(settled.at) })}
          </Button>
        )}
        {settled?.movedBecause && <span>{t(`callback.moved.${settled.movedBecause}`)}</span>}
        {settled?.choices.map((choice) => (
          <Button key={choice} size="form" onClick={() => onSave(choice)}>
            {saidTime(choice)}
          </Button>
        ))}
        {settled && !settled.at && settled.choices.length === 0 && <span>{t('callback.unread')}</span>}
      </div>
    </div>
  )
}
