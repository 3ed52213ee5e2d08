import { formatMoney, sumCentimes } from '@sendocki/domain/money'
import type { DuplicateList } from '@sendocki/domain/orders/duplicate-schema'
import type { Sameness } from '@sendocki/domain/orders/duplicates'
import type { Order } from '@sendocki/domain/orders/order'
import { feesAskedOnce } from '@sendocki/domain/orders/together'
import {
  IconArrowRight,
  IconCopy,
  IconCopyCheck,
  IconHistory,
  IconPackages,
  IconSquareCheck,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from '../../../lib/i18n.ts'
import { useCan } from '../../../lib/me.ts'
import { problemCode, problemText } from '../../../lib/problem.ts'
import { useShortcuts } from '../../../lib/shortcuts.ts'
import { Button, ButtonLink } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { DigitMenu } from '../../../ui/digit-menu.tsx'
import { Key } from '../../../ui/key.tsx'
import { OrderNumber, Words } from '../../../ui/numbers.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../../ui/screen-states.tsx'
import { duplicatesQuery, orderQuery } from '../orders.api.ts'
import { paths } from '../paths.ts'
import classes from './duplicates.module.css'
import { FacingOrders } from './facing-orders.tsx'
import { useDecision } from './use-decision.ts'

interface DecisionDeskProps {
  readonly id: string
  readonly onGone: () => void
  readonly onLater: () => void
  /** Whether it stands over another screen: its keys are heard there then. */
  readonly over?: boolean
}

/** One order beside another that may be the same wish; of several others, one at a time. */
export const DecisionDesk = ({ id, onGone, onLater, over = false }: DecisionDeskProps) => {
  const { t } = useTranslation('duplicates')
  const [chosen, setChosen] = useState<string | null>(null)
  const own = useQuery(orderQuery(id))
  const pairs = useQuery(duplicatesQuery(id))
  const open = pairs.data?.items.filter((pair) => pair.open) ?? []
  const pair = open.find(({ orderId }) => orderId === chosen) ?? open[0]
  const other = useQuery({ ...orderQuery(pair?.orderId ?? ''), enabled: pair !== undefined })
  const error = own.error ?? pairs.error ?? other.error
  if (error)
    return (
      <div className={classes.desk}>
        <ErrorState
          title={t('loadFailed')}
          code={problemCode(error)}
          actions={
            <Button onClick={() => void Promise.all([own.refetch(), pairs.refetch(), other.refetch()])}>
              {t('tryAgain')}
            </Button>
          }
        >
          {problemText(error)}
        </ErrorState>
      </div>
    )
  if (own.data && pairs.data && !pair) return <Decided order={own.data} onLater={onLater} />
  if (!own.data || !pair || !other.data)
    return (
      <div className={classes.desk}>
        <SkeletonRows label={t('loading')} rows={6} />
      </div>
    )
  return (
    <div className={classes.desk}>
      <div className={classes.head}>
        <h2>
          <Words>{own.data.customer.name ?? '–'}</Words>
        </h2>
        <Chip tone={tones[pair.verdict]} icon={<IconCopy size={14} stroke={1.75} aria-hidden />}>
          {t(`verdict.${pair.verdict}`)}
        </Chip>
        <Apart minutes={pair.comparison.minutesApart} />
        {open.length > 1 && (
          <span className={classes.others} role="group" aria-label={t('others')}>
            {open.map(({ orderId, number }) => (
              <Button
                key={orderId}
                size="small"
                aria-pressed={orderId === pair.orderId}
                variant={orderId === pair.orderId ? 'accent' : 'outline'}
                onClick={() => setChosen(orderId)}
              >
                <OrderNumber number={number} />
              </Button>
            ))}
          </span>
        )}
      </div>
      <FacingOrders left={own.data} right={other.data} comparison={pair.comparison} />
      <Outcomes
        left={own.data}
        right={other.data}
        proposedId={pairs.data?.proposedOrderId ?? null}
        address={pair.comparison.address}
        over={over}
        onDecided={() => {
          if (open.length === 1) onGone()
        }}
        onLater={onLater}
      />
    </div>
  )
}

const tones = { certain: 'bad', likely: 'warn', second_item: 'info' } as const

/** How far apart the two came: minutes within two hours, hours within two days, then days. */
const Apart = ({ minutes }: { minutes: number }) => {
  const { t } = useTranslation('duplicates')
  const hours = Math.round(minutes / 60)
  return (
    <span className={classes.hint}>
      {minutes < 120
        ? t('apart.minutes', { n: minutes })
        : hours < 48
          ? t('apart.hours', { n: hours })
          : t('apart.days', { n: Math.round(hours / 24) })}
    </span>
  )
}

/** Somebody was quicker, or the orders went on: nothing is left to decide. */
const Decided = ({ order, onLater }: { order: Order; onLater: () => void }) => {
  const { t } = useTranslation('duplicates')
  return (
    <div className={classes.desk}>
      <Empty
        icon={<IconCopyCheck size={22} stroke={1.75} />}
        title={t('decided', { number: order.number })}
        action={
          <span className={classes.others}>
            <ButtonLink to={paths.order(order.id)}>{t('openOrder')}</ButtonLink>
            <Button variant="filled" onClick={onLater}>
              {t('next')}
            </Button>
          </span>
        }
      >
        {t('decidedHint')}
      </Empty>
    </div>
  )
}

interface OutcomesProps {
  readonly left: Order
  readonly right: Order
  readonly proposedId: DuplicateList['proposedOrderId']
  readonly address: Sameness
  readonly over: boolean
  readonly onDecided: () => void
  readonly onLater: () => void
}

/** What the buyer pays at the door for both, the delivery fee asked once. */
const sumFor = (lead: Order, other: Order): number => {
  const waived = feesAskedOnce([lead, other])
  return sumCentimes([lead, other].map(({ id, codAmountCentimes }) => (codAmountCentimes ?? 0) - (waived.get(id) ?? 0)))
}

/** The five ways out, on the digits; the fuller order is proposed. */
const Outcomes = ({ left, right, proposedId, address, over, onDecided, onLater }: OutcomesProps) => {
  const { t } = useTranslation('duplicates')
  const may = useCan()('orders.edit')
  const [asking, setAsking] = useState(false)
  const { decide, pending } = useDecision(left, right, onDecided)
  const lead = proposedId === right.id ? right : left
  const together = (to: string): void => decide({ outcome: 'ship_together', keepOrderId: to })
  const keep = (kept: Order, gone: Order): Outcome => ({
    id: `keep-${kept.id}`,
    icon: <IconSquareCheck size={18} stroke={1.75} aria-hidden />,
    title: t('keep', { number: kept.number }),
    text: t('keepHint', { number: gone.number }),
    proposed: proposedId === kept.id,
    run: () => decide({ outcome: 'keep_one', keepOrderId: kept.id }),
  })
  const outcomes: readonly Outcome[] = [
    keep(left, right),
    keep(right, left),
    {
      id: 'together',
      icon: <IconPackages size={18} stroke={1.75} aria-hidden />,
      title: t('together'),
      text:
        address === 'other'
          ? t('togetherCities')
          : t('togetherHint', { amount: formatMoney(sumFor(lead, lead === left ? right : left), currentLanguage()) }),
      proposed: false,
      off: address === 'other',
      // One address is no question; of two, somebody says which.
      run: () => (address === 'same' ? together(lead.id) : setAsking(true)),
    },
    {
      id: 'real',
      icon: <IconCopyCheck size={18} stroke={1.75} aria-hidden />,
      title: t('bothReal'),
      text: t('bothRealHint'),
      proposed: false,
      run: () => decide({ outcome: 'both_real' }),
    },
    {
      id: 'later',
      icon: <IconArrowRight size={18} stroke={1.75} aria-hidden className="mirror" />,
      title: t('later'),
      text: t('laterHint'),
      proposed: false,
      run: onLater,
    },
  ]
  useShortcuts(
    outcomes.flatMap(({ title, run, off }, index) => (off ? [] : [{ keys: String(index + 1), label: title, run }])),
    { on: may && !pending && !asking, level: over ? 'dialog' : 'screen' },
  )
  if (!may) return <p className={classes.hint}>{t('readOnly')}</p>
  return (
    <>
      <div className={classes.outcomes}>
        {outcomes.map((outcome, index) => {
          const button = <OutcomeButton key={outcome.id} outcome={outcome} digit={index + 1} pending={pending} />
          if (outcome.id !== 'together' || outcome.off || address === 'same') return button
          return (
            <DigitMenu
              key={outcome.id}
              label={t('togetherAsk')}
              items={[left, right].map((order) => ({ id: order.id, label: <AddressChoice order={order} /> }))}
              opened={asking}
              onOpenedChange={setAsking}
              onChoose={together}
            >
              {button}
            </DigitMenu>
          )
        })}
      </div>
      <p className={classes.takenBack}>
        <IconHistory size={16} stroke={1.75} aria-hidden />
        <span>{t('takenBack')}</span>
        <Key keys="mod+z" />
      </p>
    </>
  )
}

interface Outcome {
  readonly id: string
  readonly icon: ReactNode
  readonly title: string
  readonly text: string
  readonly proposed: boolean
  /** Cannot be chosen; its text says why. */
  readonly off?: boolean
  readonly run: () => void
}

interface OutcomeButtonProps {
  readonly outcome: Outcome
  readonly digit: number
  readonly pending: boolean
}

/** What its menu hands on, such as its place, goes to the button itself. */
const OutcomeButton = ({ outcome, digit, pending, ...rest }: OutcomeButtonProps) => {
  const { t } = useTranslation('duplicates')
  const { icon, title, text, proposed, off = false, run } = outcome
  return (
    <button
      {...rest}
      type="button"
      className={classes.outcome}
      data-proposed={proposed || undefined}
      disabled={pending || off}
      onClick={run}
    >
      <span>
        {icon}
        <Key keys={String(digit)} />
      </span>
      <strong>{title}</strong>
      <span>{proposed ? t('proposed', { text }) : text}</span>
    </button>
  )
}

const AddressChoice = ({ order: { number, shippingAddress } }: { order: Order }) => {
  const { t } = useTranslation('duplicates')
  return (
    <span className={classes.lines}>
      <strong>{t('togetherTo', { number })}</strong>
      {shippingAddress.line !== null && <Words>{shippingAddress.line}</Words>}
    </span>
  )
}
