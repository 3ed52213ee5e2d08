import { Popover } from '@mantine/core'
import { IconBell, IconBellFilled } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { eventText } from '../../lib/event-words.ts'
import { useChanges } from '../../lib/live.ts'
import { useCan, useMe } from '../../lib/me.ts'
import {
  markSeen,
  type Notice,
  type NoticeOrder,
  noticeOrdersQuery,
  noticesQuery,
  seenSequence,
} from '../../lib/notices.ts'
import { problemText } from '../../lib/problem.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { OrderNumber, Words } from '../../ui/numbers.tsx'
import { Empty, SkeletonRows } from '../../ui/screen-states.tsx'
import { When } from '../../ui/when.tsx'
import classes from './notices.module.css'

/** The bell: events that need a person, the unseen ones counted. */
export const Notices = () => (useCan()('events.read') ? <Bell /> : null)

const Bell = () => {
  const { t } = useTranslation('common')
  const me = useMe()
  const { data, error } = useQuery(noticesQuery(me))
  const [open, setOpen] = useState(false)
  const [seen, setSeen] = useState(() => seenSequence(me))
  const { data: orders } = useQuery({ ...noticeOrdersQuery(data ?? []), enabled: open && data !== undefined })
  useFreshNotices()
  const unseen = (data ?? []).filter(({ sequence }) => sequence > seen).length
  const toggle = (next: boolean): void => {
    setOpen(next)
    const newest = data?.[0]
    // Seen when the list is closed again, so that what is new stands out while it is read.
    if (next || !newest) return
    markSeen(me, newest.sequence)
    setSeen(newest.sequence)
  }
  return (
    <Popover opened={open} onChange={toggle} position="bottom-start" width={340} trapFocus returnFocus>
      <span className={classes.bell} data-unseen={unseen > 0 || undefined}>
        <Popover.Target>
          <IconButton label={t('notices.unread', { count: unseen })} onClick={() => toggle(!open)}>
            {unseen > 0 ? <IconBellFilled size={17} /> : <IconBell size={17} stroke={1.75} />}
          </IconButton>
        </Popover.Target>
      </span>
      <Popover.Dropdown className={classes.list} aria-label={t('notices.title')}>
        <h2>{t('notices.title')}</h2>
        {error && !data && <p role="alert">{problemText(error)}</p>}
        {!error && !data && <SkeletonRows rows={3} label={t('ui.loading')} />}
        {data?.length === 0 && (
          <Empty icon={<IconBell size={22} stroke={1.75} />} title={t('notices.none')}>
            {t('notices.noneHint')}
          </Empty>
        )}
        <ul>
          {data?.map((notice) => (
            <NoticeLine
              key={notice.id}
              notice={notice}
              unseen={notice.sequence > seen}
              order={notice.orderId === null ? undefined : orders?.get(notice.orderId)}
              onFollow={() => toggle(false)}
            />
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  )
}

interface NoticeLineProps {
  readonly notice: Notice
  readonly unseen: boolean
  readonly order: NoticeOrder | undefined
  readonly onFollow: () => void
}

const NoticeLine = ({ notice, unseen, order, onFollow }: NoticeLineProps) => {
  useTranslation('events')
  return (
    <li data-unseen={unseen || undefined}>
      <Link to={notice.path} onClick={onFollow}>
        <span className={classes.what}>
          {eventText(notice.type)}
          {order && (
            <small className="truncate">
              <OrderNumber number={order.number} /> <Words>{order.customerName}</Words>
            </small>
          )}
        </span>
        <When instant={notice.at} />
      </Link>
    </li>
  )
}

/** Reads again after a change of what a notice may be about, at most every two seconds. */
const useFreshNotices = (): void => {
  const queries = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const soon = (): void => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      void queries.invalidateQueries({ queryKey: ['notice'] })
    }, 2000)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  useChanges('order', soon)
  useChanges('parcel', soon)
  useChanges('store', soon)
  useChanges('carrier_account', soon)
  useChanges('member', soon)
}
