import type { Order } from '@sendocki/domain/orders/order'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Code } from '../../ui/numbers.tsx'
import { Page } from '../../ui/page.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { When } from '../../ui/when.tsx'
import { EditDialog } from './form/edit-dialog.tsx'
import { orderQuery, storesQuery } from './orders.api.ts'
import { CallAction, MoreMenu, MoveButton, ShipAction, waitsForParcel } from './panel/action-bar.tsx'
import { AttentionSection } from './panel/attention-section.tsx'
import { AxesStrip } from './panel/axes.tsx'
import { HistorySection, NoteField } from './panel/history-section.tsx'
import { HolderBand } from './panel/holder-band.tsx'
import { knownOf, OrderConflict, OrderDetails, OrderTitle } from './panel/order-panel.tsx'
import classes from './panel/panel.module.css'
import { useOrderActions } from './panel/use-order-actions.ts'
import { paths } from './paths.ts'
import { type Rights, useRights } from './rights.ts'
import { useFreshMarks } from './use-marks.ts'

/** Where the order came from and when: the shop's own reference, the shop, the moment. */
const Provenance = ({ order, rights }: { order: Order; rights: Rights }) => {
  const { t } = useTranslation('orders')
  const { data } = useQuery({ ...storesQuery, enabled: order.storeId !== null && rights.can('stores.read') })
  const store = data?.items.find(({ id }) => id === order.storeId)?.name
  return (
    <span className={classes.provenance}>
      {order.sourceReference !== null && (
        <>
          {t('panel.reference')} <Code>{order.sourceReference}</Code> ·{' '}
        </>
      )}
      {store ?? (order.storeId === null ? t('panel.byHand') : t('panel.byShop'))} · {t('panel.received')}{' '}
      <When instant={order.createdAt} />
    </span>
  )
}

/** An order on a page of its own: the four axes, the whole timeline, and everything about it at the end. */
export const OrderPage = () => {
  const { t } = useTranslation('orders')
  const { id = '' } = useParams()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const rights = useRights()
  const { data: order, error, refetch } = useQuery(orderQuery(id))
  const known = order ?? knownOf(queries, id)
  const actions = useOrderActions(known)
  useFreshMarks()
  const [editing, setEditing] = useState(false)
  const onEdit = rights.can('orders.edit') ? () => setEditing(true) : null
  const shipFirst = known !== undefined && waitsForParcel(known, rights)
  const back = (): void => void (history.length > 1 ? navigate(-1) : navigate(paths.board))
  useShortcuts([{ keys: 'Escape', label: t('panel.back'), run: back }])
  return (
    <Page
      layout="edge"
      title={
        <span className={classes.pageTitle}>
          <IconButton label={t('panel.back')} keyHint="Escape" onClick={back}>
            <IconArrowLeft size={16} stroke={1.75} aria-hidden className="mirror" />
          </IconButton>
          {known ? <OrderTitle order={known} /> : t('panel.loading')}
        </span>
      }
      views={order && <Provenance order={order} rights={rights} />}
      actions={
        known && (
          <>
            <MoreMenu order={known} rights={rights} actions={actions} onEdit={() => setEditing(true)} />
            <CallAction order={known} rights={rights} />
            <ShipAction order={known} rights={rights} variant={shipFirst ? 'filled' : 'outline'} />
            <MoveButton order={known} rights={rights} actions={actions} variant={shipFirst ? 'outline' : 'filled'} />
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
      {!known && !error && <SkeletonRows rows={8} label={t('panel.loading')} />}
      {known && (
        <div className={classes.page}>
          <div className={classes.pageMain}>
            <HolderBand orderId={id} />
            <OrderConflict actions={actions} />
            <AttentionSection order={known} onEdit={onEdit} />
            <AxesStrip order={known} />
            {order && <HistorySection orderId={id} level={2} />}
            {order && rights.can('orders.edit') && <NoteField orderId={id} />}
          </div>
          <aside className={classes.pageAside} aria-label={t('panel.facts')}>
            {(order || !error) && <OrderDetails order={known} onEdit={onEdit} />}
          </aside>
        </div>
      )}
      {order && <EditDialog order={order} opened={editing} onClose={() => setEditing(false)} />}
    </Page>
  )
}
