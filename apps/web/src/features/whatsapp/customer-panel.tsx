import type { CustomerTwins } from '@sendocki/domain/customers/twins'
import type { Conversation } from '@sendocki/domain/whatsapp/conversation'
import { IconExternalLink, IconMapPin, IconUser, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCan } from '../../lib/me.ts'
import { problemText } from '../../lib/problem.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Amount, Count, OrderNumber, Phone, Words } from '../../ui/numbers.tsx'
import { SkeletonRows } from '../../ui/screen-states.tsx'
import { StageGlyph } from '../../ui/states.tsx'
import { When } from '../../ui/when.tsx'
import classes from './inbox.module.css'
import panel from './panel.module.css'
import { customerOrdersQuery, customerQuery, pipelineQuery, twinsQuery } from './whatsapp.api.ts'
import { nameOf, stageWord } from './words.ts'

/** The third column: who the buyer is, what became of their orders, and the next one. */
export const CustomerPanel = ({ conversation }: { conversation: Conversation }) => {
  const { t } = useTranslation('whatsapp')
  return (
    <aside className={classes.panel} aria-label={t('inbox.panel')}>
      <AboutCustomer conversation={conversation} />
    </aside>
  )
}

/** The same where three columns do not fit: over the page. */
export const CustomerButton = ({ conversation }: { conversation: Conversation }) => {
  const { t } = useTranslation('whatsapp')
  const [opened, setOpened] = useState(false)
  return (
    <>
      <IconButton label={t('inbox.panel')} onClick={() => setOpened(true)}>
        <IconUser size={16} stroke={1.75} aria-hidden />
      </IconButton>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={t('inbox.panel')}>
        <div className={panel.about}>
          <AboutCustomer conversation={conversation} />
        </div>
      </Dialog>
    </>
  )
}

const AboutCustomer = ({ conversation }: { conversation: Conversation }) => {
  const { t } = useTranslation('whatsapp')
  const can = useCan()
  const { contact, customerId } = conversation
  const name = nameOf(conversation)
  return (
    <>
      <div className={classes.person}>
        <Avatar name={name ?? '?'} size={32} named />
        <div className={panel.named}>
          <h3>{name ? <Words>{name}</Words> : t('inbox.unknown')}</h3>
          {contact.phone && <Phone phone={contact.phone} />}
        </div>
        {customerId !== null && can('customers.read') && (
          <Link className={panel.card} to={`/customers?open=${customerId}`} aria-label={t('inbox.card')}>
            <IconExternalLink size={16} stroke={1.75} aria-hidden />
          </Link>
        )}
      </div>
      {contact.optedOutAt && <Chip tone="warn">{t('inbox.optedOut')}</Chip>}
      {contact.unreachableAt && <Chip tone="bad">{t('inbox.noPhone')}</Chip>}
      {customerId !== null && can('customers.read') && <Card id={customerId} />}
      {customerId !== null && can('customers.merge') && <Twins id={customerId} />}
      <h3>{t('inbox.orders')}</h3>
      {customerId === null ? <p className={classes.quiet}>{t('inbox.ordersNone')}</p> : <Orders id={customerId} />}
    </>
  )
}

/** Marks, address and the three figures that tell what to expect. */
const Card = ({ id }: { id: string }) => {
  const { t } = useTranslation('whatsapp')
  const { data, error } = useQuery(customerQuery(id))
  if (error && !data) return <p className={classes.quiet}>{problemText(error)}</p>
  if (!data) return <SkeletonRows label={t('loading')} rows={2} />
  const { statistics, address, tags, blocked } = data
  const where = [address.city?.name ?? address.cityText, address.district, address.line].filter(Boolean).join(', ')
  return (
    <>
      {(blocked || tags.length > 0) && (
        <div className={panel.tags}>
          {blocked && <Chip tone="bad">{t('inbox.blocked')}</Chip>}
          {tags.map((tag) => (
            <Chip key={tag}>{tag}</Chip>
          ))}
        </div>
      )}
      {where !== '' && (
        <p className={panel.where}>
          <IconMapPin size={16} stroke={1.75} aria-hidden />
          <Words>{where}</Words>
        </p>
      )}
      <dl className={panel.figures}>
        <div>
          <dd>
            <Count count={statistics.orders} />
          </dd>
          <dt>{t('inbox.figures.orders')}</dt>
        </div>
        <div>
          <dd>
            <Count count={statistics.delivered} />
          </dd>
          <dt>{t('inbox.figures.delivered')}</dt>
        </div>
        {statistics.deliveredCentimes === null ? (
          <div>
            <dd>
              <Count count={statistics.returned} />
            </dd>
            <dt>{t('inbox.figures.returned')}</dt>
          </div>
        ) : (
          <div>
            <dd>
              <Amount centimes={statistics.deliveredCentimes} />
            </dd>
            <dt>{t('inbox.figures.spent')}</dt>
          </div>
        )}
      </dl>
    </>
  )
}

/** Asks whether two cards are one person, and leads to what a merge would move. */
const Twins = ({ id }: { id: string }) => {
  const { data } = useQuery(twinsQuery(id))
  return data?.items.map((twin) => <Twin key={twin.customer.id} id={id} twin={twin} />)
}

const Twin = ({ id, twin }: { id: string; twin: CustomerTwins['items'][number] }) => {
  const { t } = useTranslation('whatsapp')
  const { customer, reason } = twin
  return (
    <div className={panel.twin}>
      <IconUsers size={18} stroke={1.75} aria-hidden />
      <div className={panel.named}>
        <strong>{t('inbox.twin.title')}</strong>
        <Words>{customer.name}</Words>
        {customer.phone && <Phone phone={customer.phone} />}
        <span>{t(`inbox.twin.${reason}`)}</span>
      </div>
      <ButtonLink size="small" to={`/customers?open=${id}&merge=${customer.id}`}>
        {t('inbox.twin.compare')}
      </ButtonLink>
    </div>
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
                <span className={panel.numbered}>
                  {stage && <StageGlyph name={stageWord(stage)} state={stage.state} colour={stage.colour} silent />}
                  <OrderNumber number={order.number} />
                </span>
                {order.totalCentimes !== null && <Amount centimes={order.totalCentimes} />}
              </span>
              <span className={classes.rowLine} data-quiet>
                <When instant={order.createdAt} />
                {stage && (
                  <span className="truncate">
                    <Words>{stageWord(stage)}</Words>
                  </span>
                )}
              </span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
