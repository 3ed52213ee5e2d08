import type { Order } from '@sendocki/domain/orders/order'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Amount, Code, Words } from '../../../ui/numbers.tsx'
import { Photo } from '../../../ui/photo.tsx'
import { PanelSection } from '../../../ui/side-panel.tsx'
import { FeeLines } from './fee-lines.tsx'
import classes from './panel.module.css'

/** What was ordered, and what it makes together. */
export const LinesSection = ({ order, aside }: { order: Order; aside?: ReactNode }) => {
  const { t } = useTranslation('orders')
  return (
    <PanelSection title={t('lines.title', { count: order.lines.length })} aside={aside}>
      <ul className={classes.lines}>
        {order.lines.map((line) => (
          <li key={line.id}>
            <Photo url={line.photoUrl} size="small" />
            <span className={classes.product}>
              <Words>{line.name}</Words>
              <span className={classes.hint}>
                {t('lines.pieces', { count: line.quantity })}
                {line.sku !== null && (
                  <>
                    {' · '}
                    <Code>{line.sku}</Code>
                  </>
                )}
              </span>
            </span>
            <Amount centimes={line.totalCentimes} />
          </li>
        ))}
      </ul>
      {order.lines.length === 0 && <p className={classes.hint}>{t('incomplete.lines_missing')}</p>}
      <FeeLines order={order} />
      {order.note !== null && (
        <p className={classes.orderNote}>
          <Words lines>{order.note}</Words>
        </p>
      )}
    </PanelSection>
  )
}

const Row = ({ label, centimes, strong = false }: { label: string; centimes: number; strong?: boolean }) => (
  <div className={classes.money} data-strong={strong || undefined}>
    <dt>{label}</dt>
    <dd>
      <Amount centimes={centimes} decimals="always" />
    </dd>
  </div>
)

/** How the amount to collect comes about, for those who see money; the others read only what is to be collected. */
export const MoneySection = ({ order, inParts }: { order: Order; inParts: boolean }) => {
  const { t } = useTranslation('orders')
  const parts = [
    ['shipping', order.shippingFeeCentimes],
    ['discount', -order.discountCentimes],
    ['adjustment', order.adjustmentCentimes],
  ] as const
  return (
    <PanelSection title={t('money.title')}>
      <dl>
        {inParts && (
          <>
            <Row label={t('money.subtotal')} centimes={order.subtotalCentimes} />
            {parts.map(
              ([part, centimes]) => centimes !== 0 && <Row key={part} label={t(`money.${part}`)} centimes={centimes} />,
            )}
            <Row label={t('money.total')} centimes={order.totalCentimes} strong />
            {order.depositCentimes !== 0 && <Row label={t('money.deposit')} centimes={-order.depositCentimes} />}
          </>
        )}
        {order.codAmountCentimes !== null && (
          <Row label={t('money.toCollect')} centimes={order.codAmountCentimes} strong />
        )}
      </dl>
      {order.codAmountCentimes === null && (
        <p className={classes.hint}>{t('money.foreign', { currency: order.sourceCurrency })}</p>
      )}
    </PanelSection>
  )
}
