import { Autocomplete, TextInput } from '@mantine/core'
import type { Order } from '@sendocki/domain/orders/order'
import type { VariantChoice } from '@sendocki/domain/products/product'
import { IconMinus, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { centimesIn, inDirhams } from '../../lib/money-text.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Key } from '../../ui/key.tsx'
import { Amount, Words } from '../../ui/numbers.tsx'
import { variantsQuery } from './calls.api.ts'
import shared from './calls.module.css'
import classes from './products.module.css'
import { useEdit } from './use-edit.ts'

const most = 9_999

/** What is ordered, changed while talking; the server computes the totals anew. */
export const Products = ({ order, pricePercent }: { order: Order; pricePercent: number | null }) => {
  const { t } = useTranslation('calls')
  const edit = useEdit(order)
  const lines = order.lines.map(({ variantId, name, sku, quantity, unitPriceCentimes }) => ({
    name,
    quantity,
    unitPriceCentimes,
    ...(variantId === null ? {} : { variantId }),
    ...(sku === null ? {} : { sku }),
  }))
  const change = (at: number, quantity: number): void => {
    if (edit.isPending) return
    edit.mutate({
      lines: lines.flatMap((line, index) =>
        index !== at ? [line] : quantity === 0 ? [] : [{ ...line, quantity: Math.min(most, quantity) }],
      ),
    })
  }
  const price = (at: number, unitPriceCentimes: number): void =>
    edit.mutate({ lines: lines.map((line, index) => (index === at ? { ...line, unitPriceCentimes } : line)) })
  return (
    <section className={shared.card} aria-labelledby="products">
      <header>
        <h3 id="products">
          {t('products.title')} <Key keys="p" />
        </h3>
        <Amount centimes={order.totalCentimes} decimals="always" />
      </header>
      {order.lines.map((line, at) => (
        <div key={line.id} className={shared.line}>
          <span className={classes.product}>
            <span className="truncate">
              <Words>{line.name}</Words>
            </span>
            <PriceField
              // What the server refused is taken back to what stands.
              key={`${line.unitPriceCentimes} ${edit.failureCount}`}
              line={line}
              percent={pricePercent}
              onPrice={(centimes) => price(at, centimes)}
            />
          </span>
          <span className={shared.stepper}>
            <IconButton
              label={line.quantity === 1 ? t('products.remove') : t('products.less')}
              size="small"
              disabled={line.quantity === 1 && lines.length === 1}
              onClick={() => change(at, line.quantity - 1)}
            >
              {line.quantity === 1 ? (
                <IconTrash size={14} stroke={1.75} aria-hidden />
              ) : (
                <IconMinus size={14} stroke={1.75} aria-hidden />
              )}
            </IconButton>
            <strong>{line.quantity}</strong>
            <IconButton label={t('products.more')} size="small" onClick={() => change(at, line.quantity + 1)}>
              <IconPlus size={14} stroke={1.75} aria-hidden />
            </IconButton>
          </span>
          <Amount centimes={line.totalCentimes} decimals="always" />
        </div>
      ))}
      <AddProduct
        onAdd={(variantId, name, unitPriceCentimes) =>
          edit.mutate({ lines: [...lines, { variantId, name, quantity: 1, unitPriceCentimes }] })
        }
      />
    </section>
  )
}

interface PriceFieldProps {
  readonly line: Order['lines'][number]
  readonly percent: number | null
  readonly onPrice: (centimes: number) => void
}

/** The price of one piece in dirhams, changed in place; how far it may go is said beside it, and decided by the server. */
const PriceField = ({ line, percent, onPrice }: PriceFieldProps) => {
  const { t } = useTranslation('calls')
  const [typed, setTyped] = useState(inDirhams(line.unitPriceCentimes))
  const save = (): void => {
    const centimes = centimesIn(typed)
    if (centimes === null || centimes === line.unitPriceCentimes) setTyped(inDirhams(line.unitPriceCentimes))
    else onPrice(centimes)
  }
  return (
    <span className={classes.price}>
      <TextInput
        aria-label={t('products.price', { name: line.name })}
        size="xs"
        dir="ltr"
        inputMode="decimal"
        autoComplete="off"
        maxLength={12}
        readOnly={percent === 0}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur()
        }}
      />
      <span>{percent === null ? t('products.each') : t('products.limit', { percent })}</span>
    </span>
  )
}

/** Product and variant as one name. */
const labelOf = ({ productName, name }: VariantChoice): string => [productName, name].filter(Boolean).join(' · ')

const AddProduct = ({ onAdd }: { onAdd: (variantId: string, name: string, priceCentimes: number) => void }) => {
  const { t } = useTranslation('calls')
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const { data } = useQuery(variantsQuery(typed.trim()))
  useShortcuts([{ keys: 'p', label: t('products.add'), run: () => field.current?.focus() }])
  const options = typed.trim() === '' ? [] : (data?.items ?? [])
  return (
    <Autocomplete
      ref={field}
      aria-label={t('products.add')}
      placeholder={t('products.add')}
      dir="auto"
      data={[...new Set(options.map(labelOf))]}
      filter={({ options: all }) => all}
      value={typed}
      onChange={setTyped}
      onOptionSubmit={(name) => {
        const chosen = options.find((option) => labelOf(option) === name)
        if (chosen) onAdd(chosen.id, labelOf(chosen), chosen.priceCentimes)
        setTyped('')
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur()
      }}
      autoComplete="off"
      maxLength={80}
    />
  )
}
