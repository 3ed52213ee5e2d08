import { type FigureKey, type Today, tasks } from '@sendocki/domain/reports/today'
import { startOfDay } from '@sendocki/domain/time'
import { IconAlarm, IconChevronRight, IconCopy, IconPencil, IconSunrise, IconTruckReturn } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatDay } from '../../lib/format.ts'
import { useFreshFigures } from '../../lib/fresh-figures.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { useNow } from '../../ui/clock.ts'
import { Count } from '../../ui/numbers.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { FigureCell } from './figure-cell.tsx'
import { listOf } from './links.ts'
import { todayQuery } from './reports.api.ts'
import classes from './reports.module.css'

/** The day at a glance. Each figure opens exactly the orders that it counts. */
export const TodayPage = () => {
  const { t } = useTranslation('reports')
  const { data, error, isPending, refetch } = useQuery(todayQuery)
  useFreshFigures()
  return (
    <Page title={t('title')} layout="edge" actions={data && <DayName day={data.day} />}>
      <div className={classes.page}>
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
        {data && <Day today={data} />}
      </div>
    </Page>
  )
}

const DayName = ({ day }: { day: string }) => (
  <span className={classes.day}>{formatDay(startOfDay(day), useNow(), currentLanguage())}</span>
)

const isTask = (key: FigureKey): key is (typeof tasks)[number] => tasks.some((task) => task === key)

const Day = ({ today }: { today: Today }) => {
  const { t } = useTranslation('reports')
  const still = today.figures.every(({ count, before }) => count === 0 && before.every((one) => one.count === 0))
  return (
    <>
      {today.own && <p className={classes.own}>{t('own')}</p>}
      <ul className={classes.figures} aria-label={t('figures')}>
        {today.figures
          .filter(({ key }) => !isTask(key))
          .map((figure) => (
            <FigureCell key={figure.key} figure={figure} />
          ))}
      </ul>
      {still ? <Nothing /> : <Tasks today={today} />}
    </>
  )
}

/** A day without a single order says how the first one comes. */
const Nothing = () => {
  const { t } = useTranslation('reports')
  const can = useCan()
  return (
    <Empty
      icon={<IconSunrise size={22} stroke={1.75} />}
      title={t('nothing')}
      action={can('orders.create') && <ButtonLink to="/orders/new">{t('newOrder')}</ButtonLink>}
    >
      {t('nothingHint')}
    </Empty>
  )
}

const taskIcons: Record<(typeof tasks)[number], ReactNode> = {
  to_complete: <IconPencil size={20} stroke={1.75} aria-hidden />,
  delivery_failed: <IconTruckReturn size={20} stroke={1.75} aria-hidden />,
  duplicate: <IconCopy size={20} stroke={1.75} aria-hidden />,
}

/** What waits for a person, the lateness first. */
const Tasks = ({ today }: { today: Today }) => {
  const { t } = useTranslation('reports')
  const waiting = today.figures.filter(({ key, count }) => count > 0 && (isTask(key) || key === 'late'))
  return (
    <section className={classes.tasks} aria-labelledby="today-tasks">
      <h2 id="today-tasks">{t('toDo')}</h2>
      {waiting.length === 0 && <p className={classes.done}>{t('nothingToDo')}</p>}
      <ul>
        {waiting.map(({ key, count, capped, filters }) => (
          <li key={key} data-key={key}>
            <Link to={listOf(filters)} className={classes.task}>
              {isTask(key) ? taskIcons[key] : <IconAlarm size={20} stroke={1.75} aria-hidden />}
              <span>{t(`figure.${key}`)}</span>
              <strong>
                <Count count={count} capped={capped} />
              </strong>
              <IconChevronRight size={16} stroke={1.75} className="mirror" aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
