import type { OrderSummary } from '@sendocki/domain/orders/order'
import type { Pipeline } from '@sendocki/domain/orders/pipeline-schema'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useCityName } from '../../../lib/places.ts'
import { useRiskWords } from '../../../lib/risk.ts'
import { useNow } from '../../../ui/clock.ts'
import type { GridColumn } from '../../../ui/grid-layout.ts'
import { Amount, Code, OrderNumber, Phone } from '../../../ui/numbers.tsx'
import { Age, CashGlyph, RiskBars, StageName } from '../../../ui/states.tsx'
import { When } from '../../../ui/when.tsx'
import { limitReached } from '../age.ts'
import { nameOf } from '../words.tsx'
import { AssigneeCell, CityCell, TagsCell } from './editors.tsx'
import { NotesCell } from './notes-cell.tsx'
import classes from './table.module.css'

const AgeCell = ({ order }: { order: OrderSummary }) => (
  <Age since={order.stateSince} limitReached={limitReached(order, useNow())} />
)

/** Which cells the person may change where they stand. */
export interface Editable {
  readonly fields: boolean
  readonly assignee: boolean
}

/** The table's columns: who, where, how much, which stage, how old, whose cash. */
export const useOrderColumns = (
  pipeline: Pipeline | undefined,
  editable: Editable,
): readonly GridColumn<OrderSummary>[] => {
  const { t } = useTranslation('orders')
  const cityName = useCityName()
  const riskWords = useRiskWords()
  return useMemo(() => {
    const stageOf = (order: OrderSummary) => pipeline?.stages.find(({ id }) => id === order.stageId)
    return [
      {
        id: 'number',
        header: t('column.number'),
        width: 84,
        frozen: true,
        sort: { ascending: 'createdAt', descending: '-createdAt' },
        cell: (order) => (
          <span className={classes.number}>
            <OrderNumber number={order.number} />
          </span>
        ),
      },
      {
        id: 'customer',
        header: t('column.customer'),
        width: 190,
        frozen: true,
        grow: true,
        cell: (order) => (
          <bdi dir="auto" className={`truncate ${classes.name}`}>
            {order.customer.name}
          </bdi>
        ),
      },
      {
        id: 'phone',
        header: t('column.phone'),
        width: 130,
        cell: (order) => order.customer.phone !== null && <Phone phone={order.customer.phone} />,
      },
      {
        id: 'city',
        header: t('column.city'),
        width: 140,
        grow: true,
        cell: (order) => {
          const { city, cityText } = order.shippingAddress
          const shown = city ? cityName(city) : (cityText ?? '–')
          return editable.fields ? (
            <CityCell order={order}>{shown}</CityCell>
          ) : (
            <span className="truncate">{shown}</span>
          )
        },
      },
      {
        id: 'amount',
        header: t('column.amount'),
        width: 120,
        figure: true,
        sort: { descending: '-totalCentimes' },
        cell: (order) => <Amount centimes={order.totalCentimes} />,
      },
      {
        id: 'stage',
        header: t('column.stage'),
        width: 190,
        cell: (order) => {
          const stage = stageOf(order)
          return stage && <StageName name={nameOf(stage)} state={stage.state} colour={stage.colour} />
        },
      },
      {
        id: 'age',
        header: t('column.age'),
        width: 96,
        sort: { ascending: 'stateSince' },
        cell: (order) => <AgeCell order={order} />,
      },
      {
        id: 'cash',
        header: t('column.cash'),
        width: 170,
        cell: ({ cash }) => (
          <CashGlyph status={cash.status} word={t(`cash.${cash.status}`)} quiet={cash.status === 'not_due'} />
        ),
      },
      {
        id: 'risk',
        header: t('column.risk'),
        width: 130,
        cell: ({ risk }) =>
          risk ? (
            <RiskBars
              level={risk.level}
              word={riskWords.short(risk.level)}
              reasons={risk.reasons.map(riskWords.reason)}
            />
          ) : (
            '–'
          ),
      },
      {
        id: 'parcel',
        header: t('column.parcel'),
        width: 200,
        cell: ({ parcel }) =>
          parcel && (
            <span className={classes.parcel}>
              {t(`parcel.${parcel.status}`)}
              {parcel.trackingNumber !== null && <Code>{parcel.trackingNumber}</Code>}
            </span>
          ),
      },
      {
        id: 'assignee',
        header: t('column.assignee'),
        width: 160,
        cell: (order) => {
          const shown = order.assignee?.name ?? '–'
          return editable.assignee ? <AssigneeCell order={order}>{shown}</AssigneeCell> : shown
        },
      },
      {
        id: 'tags',
        header: t('column.tags'),
        width: 180,
        cell: (order) => {
          const shown = order.tags.length === 0 ? '–' : order.tags.join(', ')
          return editable.fields ? (
            <TagsCell order={order}>
              <bdi dir="auto">{shown}</bdi>
            </TagsCell>
          ) : (
            <bdi dir="auto" className="truncate">
              {shown}
            </bdi>
          )
        },
      },
      {
        id: 'notes',
        header: t('column.notes'),
        width: 240,
        cell: (order) => <NotesCell order={order} />,
      },
      { id: 'placedAt', header: t('column.placedAt'), width: 130, cell: ({ placedAt }) => <When instant={placedAt} /> },
    ]
  }, [t, pipeline, cityName, riskWords, editable])
}
