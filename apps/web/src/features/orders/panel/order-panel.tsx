import type { Order, OrderSummary } from '@sendocki/domain/orders/order'
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { problemCode, problemText } from '../../../lib/problem.ts'
import { useShortcuts } from '../../../lib/shortcuts.ts'
import { Button } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { OrderNumber } from '../../../ui/numbers.tsx'
import { ErrorState, SkeletonRows } from '../../../ui/screen-states.tsx'
import { SidePanel } from '../../../ui/side-panel.tsx'
import { StageChip } from '../../../ui/states.tsx'
import { EditDialog } from '../form/edit-dialog.tsx'
import { orderKeys, orderQuery, pipelineQuery } from '../orders.api.ts'
import type { OrderPage } from '../pages.ts'
import { paths } from '../paths.ts'
import { useRights } from '../rights.ts'
import { nameOf } from '../words.tsx'
import { CallAction, MoreMenu, MoveButton, mayAct, ShipAction } from './action-bar.tsx'
import { AttentionSection } from './attention-section.tsx'
import { AxesStrip } from './axes.tsx'
import { ConflictBanner } from './conflict-banner.tsx'
import { CustomerSection } from './customer-section.tsx'
import { HistorySection, NoteField } from './history-section.tsx'
import { HolderBand } from './holder-band.tsx'
import { LinesSection, MoneySection } from './lines-section.tsx'
import { OptionsSection } from './options-section.tsx'
import classes from './panel.module.css'
import { DuplicatesSection, SameCustomerSection } from './related-section.tsx'
import { type OrderActions, useOrderActions } from './use-order-actions.ts'

/** What lists already know of the order, so that nothing waits for what is known. */
export const knownOf = (queries: QueryClient, id: string): OrderSummary | undefined => {
  for (const [, data] of queries.getQueriesData<{ pages: OrderPage[] }>({ queryKey: orderKeys.lists })) {
    const order = data?.pages.flatMap(({ items }) => items).find((one) => one.id === id)
    if (order) return order
  }
  return undefined
}

/** Number and stage of an order, as a heading. */
export const OrderTitle = ({ order }: { order: OrderSummary }) => {
  const { t } = useTranslation('orders')
  const { data: pipeline } = useQuery(pipelineQuery)
  const stage = pipeline?.stages.find(({ id }) => id === order.stageId)
  return (
    <>
      <OrderNumber number={order.number} />
      {order.isSample && <Chip>{t('sample')}</Chip>}
      {stage && <StageChip name={nameOf(stage)} state={stage.state} colour={stage.colour} />}
      <CopyButton text={String(order.number)} label={t('panel.copyNumber')} />
    </>
  )
}

export const OrderConflict = ({ actions }: { actions: OrderActions }) =>
  actions.contested && (
    <ConflictBanner
      conflict={actions.contested.conflict}
      wanted={actions.contested.wanted}
      onTheirs={actions.keepTheirs}
      onMine={actions.takeMine}
    />
  )

const EditLink = ({ onEdit }: { onEdit: () => void }) => {
  const { t } = useTranslation('orders')
  return (
    <button type="button" className={classes.link} onClick={onEdit}>
      {t('edit.action')}
    </button>
  )
}

interface DetailsProps {
  /** As lists know it, until all of it is there. */
  readonly order: OrderSummary | Order
  readonly onEdit: (() => void) | null
}

/** Customer, lines, money and related orders: the end column of the page, and the body of the panel. */
export const OrderDetails = ({ order, onEdit }: DetailsProps) => {
  const { t } = useTranslation('orders')
  const rights = useRights()
  const edit = onEdit ? <EditLink onEdit={onEdit} /> : undefined
  return (
    <>
      <CustomerSection order={order} aside={edit} />
      {'lines' in order ? (
        <>
          <LinesSection order={order} aside={edit} />
          <OptionsSection order={order} editable={rights.can('orders.edit')} />
          <MoneySection order={order} inParts={rights.sees('financials')} />
          <DuplicatesSection order={order} />
          <SameCustomerSection order={order} />
        </>
      ) : (
        <SkeletonRows rows={5} label={t('panel.loading')} />
      )}
    </>
  )
}

interface OrderPanelProps {
  readonly id: string
  readonly onClose: () => void
  /** Opens with the form, to complete what a move asked for. */
  readonly startEditing?: boolean
  readonly onPrevious?: (() => void) | undefined
  readonly onNext?: (() => void) | undefined
}

/** An order beside its list: everything about it and every action, without leaving. */
export const OrderPanel = ({ id, onClose, startEditing = false, onPrevious, onNext }: OrderPanelProps) => {
  const { t } = useTranslation('orders')
  const navigate = useNavigate()
  const queries = useQueryClient()
  const rights = useRights()
  const { data: order, error, refetch } = useQuery(orderQuery(id))
  const known = order ?? knownOf(queries, id)
  const actions = useOrderActions(known)
  const [editing, setEditing] = useState(startEditing)
  const onEdit = rights.can('orders.edit') ? () => setEditing(true) : null
  useShortcuts([{ keys: 'Escape', run: onClose }])
  return (
    <SidePanel
      label={known ? t('panel.label', { number: known.number }) : t('panel.loading')}
      title={known && <OrderTitle order={known} />}
      onClose={onClose}
      onPrevious={onPrevious}
      onNext={onNext}
      onExpand={() => void navigate(paths.order(id))}
      foot={
        known &&
        mayAct(rights) && (
          <>
            <MoveButton order={known} rights={rights} actions={actions} />
            <CallAction order={known} rights={rights} />
            <ShipAction order={known} rights={rights} />
            <MoreMenu order={known} rights={rights} actions={actions} onEdit={() => setEditing(true)} />
          </>
        )
      }
    >
      {error && !order && (
        <ErrorState
          title={t('panel.unread')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('board.readAgain')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      <HolderBand orderId={id} />
      <OrderConflict actions={actions} />
      {known && <AttentionSection order={known} onEdit={onEdit} />}
      {known && (
        <div className={classes.panelAxes}>
          <AxesStrip order={known} />
        </div>
      )}
      {known && (order || !error) && <OrderDetails order={known} onEdit={onEdit} />}
      {!known && !error && <SkeletonRows rows={5} label={t('panel.loading')} />}
      {order && (
        <div className={classes.panelHistory}>
          <HistorySection orderId={id} level={3} />
          {rights.can('orders.edit') && <NoteField orderId={id} />}
        </div>
      )}
      {order && <EditDialog order={order} opened={editing} onClose={() => setEditing(false)} />}
    </SidePanel>
  )
}
