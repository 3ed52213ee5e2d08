import type { DuplicateList } from '@sendocki/domain/orders/duplicate-schema'
import type { Order } from '@sendocki/domain/orders/order'
import { IconEqual, IconEqualNot, IconQuestionMark } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCan } from '../../../lib/me.ts'
import { CityName } from '../../../lib/places.ts'
import { Chip, type Tone } from '../../../ui/chip.tsx'
import { Amount, Count, OrderNumber, Phone, Words } from '../../../ui/numbers.tsx'
import { StageChip } from '../../../ui/states.tsx'
import { When } from '../../../ui/when.tsx'
import { pipelineQuery, storesQuery } from '../orders.api.ts'
import { paths } from '../paths.ts'
import { nameOf } from '../words.tsx'
import classes from './duplicates.module.css'

type Comparison = DuplicateList['items'][number]['comparison']
const facts = ['phone', 'name', 'address', 'lines', 'amount', 'source'] as const
type Fact = (typeof facts)[number]

interface FacingOrdersProps {
  readonly left: Order
  readonly right: Order
  readonly comparison: Comparison
}

/** Two orders side by side, and between them what is the same of each line and what is not. */
export const FacingOrders = ({ left, right, comparison }: FacingOrdersProps) => {
  const { t } = useTranslation('duplicates')
  return (
    <table className={classes.facing}>
      <caption className="visually-hidden">{t('title')}</caption>
      <thead>
        <tr>
          <th scope="col">
            <Head order={left} />
          </th>
          <td className={classes.between} />
          <th scope="col">
            <Head order={right} />
          </th>
        </tr>
      </thead>
      <tbody>
        {facts.map((fact) => (
          <tr key={fact}>
            <td>
              <Value fact={fact} order={left} />
            </td>
            <th scope="row" className={classes.between}>
              <span className="visually-hidden">{t(`fact.${fact}`)}</span>
              <Verdict fact={fact} comparison={comparison} />
            </th>
            <td>
              <Value fact={fact} order={right} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const useSource = (): ((order: Order) => string) => {
  const { t } = useTranslation('duplicates')
  const { data } = useQuery({ ...storesQuery, enabled: useCan()('stores.read') })
  return ({ storeId, source }) => {
    const store = data?.items.find(({ id }) => id === storeId)?.name
    if (store !== undefined && source !== null && source !== store) return `${store} · ${source}`
    return store ?? (source === null || source === 'manual' ? t('byHand') : source)
  }
}

const Head = ({ order }: { order: Order }) => {
  const { data } = useQuery(pipelineQuery)
  const stage = data?.stages.find(({ id }) => id === order.stageId)
  return (
    <span className={classes.order}>
      <span>
        <Link to={paths.order(order.id)}>
          <OrderNumber number={order.number} />
        </Link>
        {stage && <StageChip name={nameOf(stage)} state={stage.state} colour={stage.colour} />}
      </span>
      <span className={classes.when}>
        <When instant={order.createdAt} />
      </span>
    </span>
  )
}

const Value = ({ fact, order }: { fact: Fact; order: Order }): ReactNode => {
  const sourceOf = useSource()
  const { customer, shippingAddress: address } = order
  switch (fact) {
    case 'phone':
      return customer.phone === null ? (customer.phoneText ?? '–') : <Phone phone={customer.phone} />
    case 'name':
      return <Words>{customer.name ?? '–'}</Words>
    case 'address':
      return (
        <span className={classes.lines}>
          {address.line !== null && <Words>{address.line}</Words>}
          <Words>
            <CityName id={address.city?.id ?? null} name={address.city?.name ?? address.cityText} />
          </Words>
        </span>
      )
    case 'lines':
      return (
        <span className={classes.lines}>
          {order.lines.map(({ id, name, quantity }) => (
            <span key={id}>
              <Words>{name}</Words> × <Count count={quantity} />
            </span>
          ))}
        </span>
      )
    case 'amount':
      return (
        <strong>
          <Amount centimes={order.totalCentimes} decimals="always" />
        </strong>
      )
    case 'source':
      return <Words>{sourceOf(order)}</Words>
  }
}

const toneOf: Record<Comparison['phone'], Tone> = { same: 'ok', alike: 'warn', other: 'warn', unknown: 'neutral' }
const signs = { same: IconEqual, alike: IconEqualNot, other: IconEqualNot, unknown: IconQuestionMark } as const

const Sign = ({ of }: { of: keyof typeof signs }) => {
  const Icon = signs[of]
  return <Icon size={14} stroke={1.75} aria-hidden />
}

/** Sign and word; where figures differ, by how much. */
const Verdict = ({ fact, comparison }: { fact: Fact; comparison: Comparison }) => {
  const { t } = useTranslation('duplicates')
  if (fact === 'amount') {
    const { moreCentimes } = comparison
    if (moreCentimes === 0)
      return (
        <Chip tone="ok" icon={<Sign of="same" />}>
          {t('amount.same')}
        </Chip>
      )
    return (
      <Chip tone="warn" icon={<Sign of="other" />}>
        <span className="visually-hidden">{t('amount.other')}</span>
        <Amount centimes={Math.abs(moreCentimes)} />
      </Chip>
    )
  }
  const word = comparison[fact]
  const more = Math.abs(comparison.morePieces)
  return (
    <Chip tone={fact === 'source' && word === 'other' ? 'neutral' : toneOf[word]} icon={<Sign of={word} />}>
      {fact === 'lines' && word === 'alike' && more > 0 ? t('morePieces', { count: more }) : t(`${fact}.${word}`)}
    </Chip>
  )
}
