import { Menu } from '@mantine/core'
import type { Order, OrderSummary } from '@sendocki/domain/orders/order'
import { queueStates } from '@sendocki/domain/orders/states'
import {
  IconArrowBackUp,
  IconArrowsExchange,
  IconDots,
  IconPencil,
  IconPhone,
  IconPrinter,
  IconUserPlus,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useMe } from '../../../lib/me.ts'
import { askToPrint } from '../../../lib/printing.ts'
import { useShortcuts } from '../../../lib/shortcuts.ts'
import { Button, ButtonLink, type ButtonVariant } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { MoveMenu, type MoveQuestion } from '../move-menu.tsx'
import { membersQuery, pipelineQuery } from '../orders.api.ts'
import { paths } from '../paths.ts'
import type { Rights } from '../rights.ts'
import { ShipButton } from '../ship.tsx'
import type { OrderActions } from './use-order-actions.ts'

interface ActionProps {
  readonly order: OrderSummary | Order
  readonly rights: Rights
  readonly actions: OrderActions
}

interface Dressed {
  /** Filled for the next right thing, where no other button of the view is. */
  readonly variant?: ButtonVariant
}

/** Asked while the pipeline is still read, or could not be, the menu opens as soon as it is there. */
export const MoveButton = ({ order, rights, actions, variant = 'outline' }: ActionProps & Dressed) => {
  const { t } = useTranslation('orders')
  const { data: pipeline, isFetching, refetch } = useQuery(pipelineQuery)
  const [question, setQuestion] = useState<MoveQuestion | null>(null)
  const on = rights.mover.canMove
  const ask = (): void => {
    setQuestion({ ask: 'stage' })
    if (!pipeline && !isFetching) void refetch()
  }
  useShortcuts([{ keys: 'm', label: t('keys.move'), run: ask }], { on })
  if (!on) return null
  return (
    <MoveMenu
      order={order}
      pipeline={pipeline}
      mover={rights.mover}
      question={question}
      onQuestion={setQuestion}
      onAnswer={(answer) => {
        setQuestion(null)
        actions.move(answer)
      }}
    >
      <Button
        variant={variant}
        keyHint="m"
        icon={<IconArrowsExchange size={16} stroke={1.75} aria-hidden />}
        pending={actions.pending || (question !== null && !pipeline && isFetching)}
        onClick={() => (question && pipeline ? setQuestion(null) : ask())}
      >
        {t('move.action')}
      </Button>
    </MoveMenu>
  )
}

/** To whom the order can be given: the team where it may be seen, always oneself and nobody. */
const useAssignees = (rights: Rights): readonly { readonly id: string; readonly name: string }[] => {
  const { t } = useTranslation('orders')
  const { user } = useMe()
  const { data } = useQuery({ ...membersQuery, enabled: rights.can('members.read') })
  const team = (data?.items ?? []).map(({ id, fullName }) => ({ id, name: fullName }))
  const { memberId } = rights
  const known = team.some(({ id }) => id === memberId)
  return memberId === null || known ? team : [{ id: memberId, name: user.fullName || t('filter.me') }, ...team]
}

interface MoreMenuProps extends ActionProps {
  readonly onEdit: () => void
}

/** The actions that are wanted less often. `A` opens it at the assignment. */
export const MoreMenu = ({ order, rights, actions, onEdit }: MoreMenuProps) => {
  const { t } = useTranslation('orders')
  const [opened, setOpened] = useState(false)
  const mayAssign = rights.can('orders.assign')
  const assignees = useAssignees(rights)
  useShortcuts([{ keys: 'a', label: t('keys.assign'), run: () => setOpened(true) }], { on: mayAssign })
  const mayUndo = 'undoEventId' in order && order.undoEventId !== null && rights.mover.canMove
  const mayPrint = rights.can('parcels.edit')
  if (!mayAssign && !mayUndo && !mayPrint && !rights.can('orders.edit')) return null
  return (
    <Menu opened={opened} onChange={setOpened} position="top-end">
      <Menu.Target>
        <IconButton label={t('panel.more')}>
          <IconDots size={16} stroke={1.75} aria-hidden />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {rights.can('orders.edit') && (
          <Menu.Item leftSection={<IconPencil size={16} stroke={1.75} aria-hidden />} onClick={onEdit}>
            {t('edit.action')}
          </Menu.Item>
        )}
        {mayPrint && (
          <Menu.Item
            leftSection={<IconPrinter size={16} stroke={1.75} aria-hidden />}
            onClick={() => askToPrint({ orderIds: [order.id] })}
          >
            {t('print.action')}
          </Menu.Item>
        )}
        {mayUndo && (
          <Menu.Item
            leftSection={<IconArrowBackUp size={16} stroke={1.75} aria-hidden className="mirror" />}
            onClick={actions.undo}
          >
            {t('undo.action')}
          </Menu.Item>
        )}
        {mayAssign && (
          <>
            <Menu.Label>{t('assign.to')}</Menu.Label>
            {assignees.map((member) => (
              <Menu.Item
                key={member.id}
                disabled={member.id === order.assignee?.id}
                leftSection={<IconUserPlus size={16} stroke={1.75} aria-hidden />}
                onClick={() => actions.assign(member)}
              >
                {member.name}
              </Menu.Item>
            ))}
            {order.assignee && <Menu.Item onClick={() => actions.assign(null)}>{t('assign.nobody')}</Menu.Item>}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Opens the call screen with the hand on this order's customer, where a call is what the order waits for. */
export const CallAction = ({ order, rights, variant = 'outline' }: Pick<ActionProps, 'order' | 'rights'> & Dressed) => {
  const { t } = useTranslation('orders')
  const navigate = useNavigate()
  const on =
    rights.can('calls.work') && order.customer.phone !== null && queueStates.some((state) => state === order.state)
  const to = paths.call(order.id)
  useShortcuts([{ keys: 'c', label: t('keys.call'), run: () => void navigate(to) }], { on })
  if (!on) return null
  return (
    <ButtonLink to={to} variant={variant} keyHint="c" icon={<IconPhone size={16} stroke={1.75} aria-hidden />}>
      {t('call.action')}
    </ButtonLink>
  )
}

/** A live parcel stands for the order: there is no second one to create. */
const mayShip = (order: OrderSummary): boolean =>
  order.parcel === null || ['returned', 'cancelled', 'lost', 'refused'].includes(order.parcel.status)

/** Whether the role has anything to do to orders: without it a panel has no foot. */
export const mayAct = (rights: Rights): boolean =>
  rights.mover.canMove || (['orders.edit', 'orders.assign', 'parcels.create', 'parcels.edit'] as const).some(rights.can)

const offersShipping = (order: OrderSummary, rights: Rights): boolean =>
  rights.can('parcels.create') && rights.can('carriers.read') && mayShip(order)

/** Whether a parcel is the next right thing: the order is confirmed and waits for one. */
export const waitsForParcel = (order: OrderSummary, rights: Rights): boolean =>
  order.state === 'confirmed' && offersShipping(order, rights)

export const ShipAction = ({ order, rights, variant = 'outline' }: Pick<ActionProps, 'order' | 'rights'> & Dressed) =>
  offersShipping(order, rights) ? <ShipButton orderIds={[order.id]} variant={variant} /> : null
