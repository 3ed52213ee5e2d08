import { Autocomplete } from '@mantine/core'
import type { VariantChoice } from '@sendocki/domain/products/product'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/me.ts'
import { variantsQuery } from '../orders.api.ts'
import { type DraftLine, inDirhams } from './draft.ts'

/** Product and variant as one name. */
const labelOf = ({ productName, name }: VariantChoice): string => [productName, name].filter(Boolean).join(' · ')

interface ProductFieldProps {
  readonly line: DraftLine
  readonly error: ReactNode
  readonly path: string
  readonly onChange: (change: Partial<DraftLine>) => void
}

/** What is ordered: typed freely, or one of the merchant's products, which brings its reference and price along. */
export const ProductField = ({ line, error, path, onChange }: ProductFieldProps) => {
  const { t } = useTranslation('orders')
  const can = useCan()
  const typed = line.name.trim()
  const { data } = useQuery({ ...variantsQuery(typed), enabled: typed.length > 1 && can('products.read') })
  const options = typed.length > 1 && line.variantId === '' ? (data?.items ?? []) : []
  const choose = (label: string) => {
    const chosen = options.find((option) => labelOf(option) === label)
    if (!chosen) return
    onChange({
      name: label,
      variantId: chosen.id,
      sku: chosen.sku ?? '',
      // A price that was typed stays.
      ...(line.unitPrice.trim() === '' ? { unitPrice: inDirhams(chosen.priceCentimes) } : {}),
    })
  }
  return (
    <Autocomplete
      size="md"
      aria-label={t('form.product')}
      dir="auto"
      maxLength={200}
      autoComplete="off"
      data={[...new Set(options.map(labelOf))]}
      filter={({ options: all }) => all}
      value={line.name}
      error={error}
      data-path={path}
      onChange={(name) => {
        // Another name is another thing, until it is chosen again.
        if (name !== line.name) onChange({ name, variantId: '', sku: '' })
      }}
      onOptionSubmit={choose}
    />
  )
}
