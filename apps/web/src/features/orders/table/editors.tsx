import { Autocomplete, TextInput } from '@mantine/core'
import type { OrderSummary } from '@sendocki/domain/orders/order'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from '../../../lib/i18n.ts'
import { placesQuery } from '../../../lib/places.ts'
import { assignOrder, editOrder, membersQuery } from '../orders.api.ts'
import { EditCell } from './edit-cell.tsx'

interface CellProps {
  readonly order: OrderSummary
  readonly children: ReactNode
}

const CityInput = ({ value, onValue }: { value: string; onValue: (value: string) => void }) => {
  const { t } = useTranslation('orders')
  const language = currentLanguage()
  const { data: places } = useQuery(placesQuery)
  return (
    <Autocomplete
      size="sm"
      label={t('form.city')}
      dir="auto"
      value={value}
      data={[...new Set((places?.suggestCities(value) ?? []).map((city) => city[language]))]}
      filter={({ options }) => options}
      comboboxProps={{ withinPortal: false }}
      selectFirstOptionOnChange
      autoComplete="off"
      maxLength={120}
      data-autofocus
      onChange={onValue}
    />
  )
}

/** The city, in any of its spellings; the server resolves it anew. */
export const CityCell = ({ order, children }: CellProps) => {
  const { t } = useTranslation('orders')
  const { city, cityText } = order.shippingAddress
  return (
    <EditCell
      order={order}
      label={t('column.city')}
      value={city?.name ?? cityText ?? ''}
      save={({ id, version }, value) => editOrder(id, { version, shippingAddress: { city: value.trim() } })}
      editor={(value, onValue) => <CityInput value={value} onValue={onValue} />}
    >
      {children}
    </EditCell>
  )
}

const tagsIn = (text: string): string[] => [...new Set(text.split(',').map((one) => one.trim()))].filter(Boolean)

/** The tags, by commas. */
export const TagsCell = ({ order, children }: CellProps) => {
  const { t } = useTranslation('orders')
  return (
    <EditCell
      order={order}
      label={t('column.tags')}
      value={order.tags.join(', ')}
      save={({ id, version }, value) => editOrder(id, { version, tags: tagsIn(value) })}
      editor={(value, onValue) => (
        <TextInput
          size="sm"
          dir="auto"
          label={t('column.tags')}
          description={t('sentence.byCommas')}
          value={value}
          maxLength={400}
          data-autofocus
          onChange={({ currentTarget }) => onValue(currentTarget.value)}
        />
      )}
    >
      {children}
    </EditCell>
  )
}

const AssigneeInput = ({ value, onValue }: { value: string; onValue: (value: string) => void }) => {
  const { t } = useTranslation('orders')
  const { data } = useQuery(membersQuery)
  return (
    <label>
      {t('column.assignee')}
      <select value={value} data-autofocus onChange={({ currentTarget }) => onValue(currentTarget.value)}>
        <option value="">{t('filter.nobody')}</option>
        {(data?.items ?? []).map(({ id, fullName }) => (
          <option key={id} value={id}>
            {fullName}
          </option>
        ))}
      </select>
    </label>
  )
}

/** The person who has the order. */
export const AssigneeCell = ({ order, children }: CellProps) => {
  const { t } = useTranslation('orders')
  return (
    <EditCell
      order={order}
      label={t('column.assignee')}
      value={order.assignee?.id ?? ''}
      save={({ id, version }, value) => assignOrder(id, { version, memberId: value || null })}
      editor={(value, onValue) => <AssigneeInput value={value} onValue={onValue} />}
    >
      {children}
    </EditCell>
  )
}
