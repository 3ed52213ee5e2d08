import type { DriverRoute, Stop } from '@sendocki/domain/deliveries/route'
import { startOfDay } from '@sendocki/domain/time'
import { IconCircleCheck, IconRoute } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay } from '../../lib/format.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { useOnline } from '../../lib/online.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { useNow } from '../../ui/clock.ts'
import { Amount } from '../../ui/numbers.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { When } from '../../ui/when.tsx'
import classes from './deliveries.module.css'
import { NextStop } from './next-stop.tsx'
import { StopLine } from './stop-line.tsx'
import { withWaiting } from './stops.ts'
import { useRoute } from './use-route.ts'
import { useWaiting, type WaitingStops } from './use-waiting.ts'

/** A driver's day on a phone: the money in hand, the next stop huge, what comes then, and what is done. */
export const DeliveriesPage = () => {
  const { t } = useTranslation('deliveries')
  const { data, dataUpdatedAt, error, isPending, refetch } = useRoute()
  const waiting = useWaiting()
  return (
    // A list of done stops has nothing to come to by Tab, and is scrolled all the same.
    <div className={classes.page} role="group" aria-label={t('title')} tabIndex={0}>
      <div className={classes.column}>
        {isPending && <SkeletonRows label={t('loading')} rows={4} />}
        {error && !data && (
          <ErrorState
            title={t('loadFailed')}
            code={problemCode(error)}
            actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
          >
            {problemText(error)}
          </ErrorState>
        )}
        {data && <Day route={data} readAt={dataUpdatedAt} waiting={waiting} />}
      </div>
    </div>
  )
}

interface DayProps {
  readonly route: DriverRoute
  /** When the API told it, in milliseconds since the epoch. */
  readonly readAt: number
  readonly waiting: WaitingStops
}

const Day = ({ route: read, readAt, waiting }: DayProps) => {
  const { t } = useTranslation('deliveries')
  const now = useNow()
  const route = withWaiting(read, waiting.waiting)
  const waits = new Set(waiting.waiting.map(({ parcelId }) => parcelId))
  const [chosen, setChosen] = useState<string | null>(null)
  const open = route.items.filter(({ state }) => state === 'open')
  const waited = route.items.filter(({ state, parcelId }) => state !== 'open' && waits.has(parcelId))
  const done = route.items.filter(({ state, parcelId }) => state !== 'open' && !waits.has(parcelId))
  const next = open.find(({ parcelId }) => parcelId === chosen) ?? open[0]
  const then = open.filter((stop) => stop !== next)
  return (
    <>
      <header className={classes.head}>
        <h1>{t('title')}</h1>
        <p>{formatDay(startOfDay(route.day), now, currentLanguage())}</p>
      </header>
      <OfflineBand count={waits.size} readAt={readAt} />
      <Counts route={route} />
      {route.items.length === 0 && (
        <Empty icon={<IconRoute size={22} stroke={1.75} />} title={t('none')}>
          {t('noneHint')}
        </Empty>
      )}
      {route.items.length > 0 && open.length === 0 && (
        <Empty icon={<IconCircleCheck size={22} stroke={1.75} />} title={t('allDone')}>
          {t('allDoneHint')}
        </Empty>
      )}
      {next && <NextStop key={next.parcelId} stop={next} waiting={waiting} onDone={() => setChosen(null)} />}
      {then.length > 0 && <Stops title={t('then')} stops={then} onTake={setChosen} />}
      {waited.length > 0 && <Stops title={t('waiting.title')} stops={waited} waits />}
      {done.length > 0 && <Stops title={t('doneToday')} stops={done} />}
    </>
  )
}

/** Whether what is said goes out now, how much has not, and of when the list is. */
const OfflineBand = ({ count, readAt }: { count: number; readAt: number }) => {
  const { t } = useTranslation('deliveries')
  const online = useOnline()
  if (online && count === 0) return null
  return (
    <p role="status" className={classes.offline}>
      <Chip tone="warn">{t(online ? 'waiting.sending' : 'waiting.offline', { count })}</Chip>
      {!online && <span>{t('waiting.hint')}</span>}
      {!online && (
        <span>
          {t('waiting.readAt')} <When instant={new Date(readAt).toISOString()} />
        </span>
      )}
    </p>
  )
}

const Counts = ({ route }: { route: DriverRoute }) => {
  const { t } = useTranslation('deliveries')
  const cells = [
    { id: 'delivered', value: route.deliveredCount, tone: 'ok' },
    { id: 'failed', value: route.failedCount, tone: 'bad' },
    { id: 'open', value: route.openCount, tone: undefined },
  ] as const
  return (
    <dl className={classes.counts}>
      {cells.map(({ id, value, tone }) => (
        <div key={id} data-tone={value > 0 ? tone : undefined}>
          <dt>{t(`count.${id}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <div data-wide>
        <dt>{t('count.inHand')}</dt>
        <dd>
          <Amount centimes={route.inHandCentimes} />
        </dd>
      </div>
    </dl>
  )
}

interface StopsProps {
  readonly title: string
  readonly stops: readonly Stop[]
  readonly onTake?: (parcelId: string) => void
  /** They have not arrived yet. */
  readonly waits?: boolean
}

const Stops = ({ title, stops, onTake, waits = false }: StopsProps) => (
  <section className={classes.stops}>
    <h2>{title}</h2>
    <ul>
      {stops.map((stop) => (
        <StopLine key={stop.parcelId} stop={stop} waits={waits} {...(onTake ? { onTake } : {})} />
      ))}
    </ul>
  </section>
)
