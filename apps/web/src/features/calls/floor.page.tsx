import type { CallFloor } from '@sendocki/domain/calls/call-schema'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { formatPercent } from '../../lib/format.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { OrderNumber, Words } from '../../ui/numbers.tsx'
import { Page } from '../../ui/page.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { Age } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { callKeys, floorQuery, takeOverCall } from './calls.api.ts'
import classes from './floor.module.css'

type Person = CallFloor['members'][number]
const rate = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

/** The floor: who is on what, what waits and since when, how the day goes by the hour. Live by the stream. */
export const FloorPage = () => {
  const { t } = useTranslation('calls')
  const { data, error, isPending, refetch } = useQuery(floorQuery)
  return (
    <Page title={t('floor.title')} layout="edge" actions={<ButtonLink to="/calls">{t('title')}</ButtonLink>}>
      {isPending && <SkeletonRows label={t('loading')} />}
      {error && !data && (
        <ErrorState
          title={t('loadFailed')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {data && (
        <div className={classes.floor}>
          <Waiting floor={data} />
          <People people={data.members} />
          <Hours hours={data.hours} />
        </div>
      )}
    </Page>
  )
}

const Waiting = ({ floor }: { floor: CallFloor }) => {
  const { t } = useTranslation('calls')
  const waiting = floor.counts.reduce((sum, { count }) => sum + count, 0)
  return (
    <dl className={classes.floorFigures}>
      <div>
        <dt>{t('floor.waiting')}</dt>
        <dd>{waiting}</dd>
      </div>
      <div data-tone={floor.overdueCount > 0 ? 'bad' : undefined}>
        <dt>{t('floor.overdue')}</dt>
        <dd>{floor.overdueCount}</dd>
      </div>
      <div>
        <dt>{t('floor.oldest')}</dt>
        <dd>{floor.oldestDueAt === null ? '–' : <Age since={floor.oldestDueAt} />}</dd>
      </div>
      <div data-tone={floor.duplicatesShippedCount > 0 ? 'warn' : undefined}>
        <dt>{t('floor.duplicates')}</dt>
        <dd>{floor.duplicatesShippedCount}</dd>
      </div>
    </dl>
  )
}

const People = ({ people }: { people: readonly Person[] }) => {
  const { t } = useTranslation('calls')
  return (
    <section aria-labelledby="people">
      <h2 id="people">{t('floor.people')}</h2>
      <div className={classes.scroll} tabIndex={0} role="group" aria-labelledby="people">
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('floor.member')}</th>
              <th scope="col">{t('floor.doing')}</th>
              <th scope="col">{t('floor.attempts')}</th>
              <th scope="col">{t('floor.contactRate')}</th>
              <th scope="col">{t('floor.confirmed')}</th>
              <th scope="col">{t('floor.assigned')}</th>
              <th scope="col">{t('floor.last')}</th>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <PersonRow key={person.id} person={person} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const PersonRow = ({ person }: { person: Person }) => {
  const { t } = useTranslation('calls')
  const language = currentLanguage()
  const { today } = person
  return (
    <tr>
      <th scope="row">
        <Words>{person.name}</Words>
      </th>
      <td>
        <Doing person={person} />
      </td>
      <td>{today.attemptCount}</td>
      <td>{formatPercent(rate(today.reachedCount, today.attemptCount), language)}</td>
      <td>{today.confirmedCount}</td>
      <td>
        {person.assignedCount === 0 ? (
          0
        ) : (
          <Link to={`/orders/table?assigneeId=${person.id}`} title={t('floor.reassign')}>
            {person.assignedCount}
          </Link>
        )}
      </td>
      <td>{person.lastAttemptAt === null ? '–' : <Age since={person.lastAttemptAt} />}</td>
    </tr>
  )
}

const Doing = ({ person }: { person: Person }) => {
  const { t } = useTranslation('calls')
  const { lease, pause } = person
  if (pause)
    return (
      <span className={classes.doing}>
        <Chip tone="warn">{t(`pause.${pause.reason}`)}</Chip>
        <Age since={pause.since} />
      </span>
    )
  if (!lease) return <Chip>{t('floor.free')}</Chip>
  return (
    <span className={classes.doing}>
      <Chip tone="accent">{t(lease.dialledAt === null ? 'floor.held' : 'onCall')}</Chip>
      {person.orderNumber !== null && <OrderNumber number={person.orderNumber} />}
      {person.customerName !== null && <Words>{person.customerName}</Words>}
      <Age since={lease.dialledAt ?? lease.claimedAt} />
      <TakeOver leaseId={lease.id} />
    </span>
  )
}

/** Takes the customer out of the other's hand, and goes on with the call oneself. */
const TakeOver = ({ leaseId }: { leaseId: string }) => {
  const { t } = useTranslation('calls')
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { mutate, isPending } = useMutation({
    mutationFn: () => takeOverCall(leaseId),
    onSuccess: () => void navigate('/calls'),
    onError: (problem) => showToast({ tone: 'refused', message: problemText(problem) }),
    onSettled: () => queries.invalidateQueries({ queryKey: [callKeys.floor[0]] }),
  })
  return (
    <Button size="small" pending={isPending} onClick={() => mutate()}>
      {t('floor.takeOver')}
    </Button>
  )
}

const Hours = ({ hours }: { hours: CallFloor['hours'] }) => {
  const { t } = useTranslation('calls')
  const language = currentLanguage()
  return (
    <section aria-labelledby="hours">
      <h2 id="hours">{t('floor.hours')}</h2>
      {hours.length === 0 && <p>{t('floor.noHours')}</p>}
      {hours.length > 0 && (
        <div className={classes.scroll} tabIndex={0} role="group" aria-labelledby="hours">
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t('floor.hour')}</th>
                <th scope="col">{t('floor.attempts')}</th>
                <th scope="col">{t('floor.contactRate')}</th>
                <th scope="col">{t('floor.confirmationRate')}</th>
              </tr>
            </thead>
            <tbody>
              {hours.map(({ hour, attemptCount, reachedCount, confirmedCount }) => (
                <tr key={hour}>
                  <th scope="row">
                    <bdi dir="ltr">{`${String(hour).padStart(2, '0')}:00`}</bdi>
                  </th>
                  <td>{attemptCount}</td>
                  <td>{formatPercent(rate(reachedCount, attemptCount), language)}</td>
                  <td>{formatPercent(rate(confirmedCount, reachedCount), language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
