import type { CallQueue } from '@sendocki/domain/calls/call-schema'
import {
  IconAlarm,
  IconEye,
  IconMessageCheck,
  IconPhoneCall,
  IconRepeat,
  IconSparkles,
  IconUserCheck,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatTime } from '../../lib/format.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { CityName } from '../../lib/places.ts'
import { useRiskWords } from '../../lib/risk.ts'
import { Chip } from '../../ui/chip.tsx'
import { useNow } from '../../ui/clock.ts'
import { Amount, Words } from '../../ui/numbers.tsx'
import { Age, RiskBars } from '../../ui/states.tsx'
import shared from './calls.module.css'
import classes from './queue-list.module.css'
import { useWhy } from './use-why.ts'

type Task = CallQueue['items'][number]

interface QueueProps {
  readonly queue: CallQueue
  readonly current: string | null
  readonly onTake: (orderId: string) => void
}

/** What waits, in the order in which it is given out, each with the reason; a held one says by whom. */
export const QueueList = ({ queue, current, onTake }: QueueProps) => {
  const { t } = useTranslation('calls')
  const due = queue.counts.reduce((sum, { count }) => sum + count, 0)
  return (
    <nav className={shared.queue} aria-label={t('queue.title')}>
      <header className={shared.queueHead}>
        <h2>
          {t('queue.title')} <span>{due}</span>
        </h2>
        {queue.overdueCount > 0 && (
          <Chip tone="bad" icon={<IconAlarm size={14} stroke={1.75} aria-hidden />}>
            {t('queue.overdue', { count: queue.overdueCount })}
          </Chip>
        )}
      </header>
      {queue.items.map((task) => (
        <QueueRow key={task.orderId} task={task} isCurrent={task.orderId === current} onTake={onTake} />
      ))}
    </nav>
  )
}

const QueueRow = ({ task, isCurrent, onTake }: { task: Task; isCurrent: boolean; onTake: QueueProps['onTake'] }) => {
  const { t } = useTranslation('calls')
  const riskWords = useRiskWords()
  const isLater = new Date(task.dueAt) > useNow()
  return (
    <button
      type="button"
      className={classes.task}
      aria-current={isCurrent || undefined}
      onClick={() => onTake(task.orderId)}
    >
      <span>
        <strong className="truncate">
          <Words>{task.customerName}</Words>
        </strong>
        {isLater ? (
          <time dateTime={task.dueAt}>{formatTime(task.dueAt, currentLanguage())}</time>
        ) : (
          <Age since={task.dueAt} />
        )}
      </span>
      <span>
        <span className="truncate">
          <TaskWhy task={task} isCurrent={isCurrent} />
        </span>
        {task.codAmountCentimes !== null && <Amount centimes={task.codAmountCentimes} />}
      </span>
      {task.riskLevel !== null && task.riskLevel !== 'low' && (
        <span className={classes.taskRisk}>
          <RiskBars level={task.riskLevel} word={riskWords.level(task.riskLevel)} />
        </span>
      )}
      {task.duplicateCount > 0 && <span className={classes.taskNote}>{t('queue.duplicate')}</span>}
    </button>
  )
}

const kindIcons: Record<Task['kind'], typeof IconEye> = {
  said_yes: IconMessageCheck,
  callback: IconPhoneCall,
  check: IconEye,
  new: IconSparkles,
  retry: IconRepeat,
}

const TaskWhy = ({ task, isCurrent }: { task: Task; isCurrent: boolean }) => {
  const { t } = useTranslation('calls')
  const whyOf = useWhy()
  if (isCurrent) return t('queue.yours')
  if (task.holder)
    return (
      <>
        <IconUserCheck size={14} stroke={1.75} aria-hidden /> {t('queue.held', { name: task.holder.name })}
      </>
    )
  const Icon = kindIcons[task.kind]
  return (
    <>
      <Icon size={14} stroke={1.75} aria-hidden /> {whyOf(task)}
      {task.city !== null && (
        <>
          {' · '}
          <CityName {...task.city} />
        </>
      )}
    </>
  )
}
