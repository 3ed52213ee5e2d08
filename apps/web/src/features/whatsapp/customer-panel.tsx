import type { Conversation } from '@sendocki/domain/whatsapp/conversation'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { problemText } from '../../lib/problem.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Amount, OrderNumber, Phone, Words } from '../../ui/numbers.tsx'
import { SkeletonRows } from '../../ui/screen-states.tsx'
import { StageName } from '../../ui/states.tsx'
import { When } from '../../ui/when.tsx'
import classes from './inbox.module.css'
import { customerOrdersQuery, pipelineQuery } from './whatsapp.api.ts'
import { nameOf, stageWord } from './words.ts'

/** The third column: who the buyer is, and their orders. */
export const CustomerPanel = ({ conversation }: { conversation: Conversation }) => {
  const { t } = useTranslation('whatsapp')
  const { contact, customerId } = conversation
  const name = nameOf(conversation)
  return (
    <aside className={classes.panel} aria-label={t('inbox.panel')}>
      <div className={classes.person}>
        <Avatar name={name ?? '?'} size={32} named />
        <div>
          <h3>{name ? <Words>{name}</Words> : t('inbox.unknown')}</h3>
          {contact.phone && <Phone phone={contact.phone} />}
        </div>
      </div>
      {contact.optedOutAt && <Chip tone="warn">{t('inbox.optedOut')}</Chip>}
      {contact.unreachableAt && <Chip tone="bad">{t('inbox.noPhone')}</Chip>}
      <h3>{t('inbox.orders')}</h3>
      {customerId === null ? <p className={classes.quiet}>{t('inbox.ordersNone')}</p> : <Orders id={customerId} />}
    </aside>
  )
}

const Orders = ({ id }: { id: string }) => {
  const { t } = useTranslation('whatsapp')
  const { data, error } = useQuery(customerOrdersQuery(id))
  const { data: pipeline } = useQuery(pipelineQuery)
  if (error && !data) return <p className={classes.quiet}>{problemText(error)}</p>
  if (!data) return <SkeletonRows label={t('loading')} rows={3} />
  if (data.items.length === 0) return <p className={classes.quiet}>{t('inbox.ordersNone')}</p>
  return (
    <ul className={classes.orders}>
      {data.items.map((order) => {
        const stage = pipeline?.stages.find(({ id: stageId }) => stageId === order.stageId)
        return (
          <li key={order.id}>
            <Link to={`/orders/${order.id}`}>
              <span className={classes.rowLine}>
                <OrderNumber number={order.number} />
                {order.totalCentimes !== null && <Amount centimes={order.totalCentimes} />}
              </span>
              <span className={classes.rowLine} data-quiet>
                <When instant={order.createdAt} />
                {stage && <StageName name={stageWord(stage)} state={stage.state} colour={stage.colour} />}
              </span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
