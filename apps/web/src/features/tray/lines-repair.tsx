import { Autocomplete, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { parseMoney } from '@sendocki/domain/money'
import { variantName } from '@sendocki/domain/products/keys'
import type { VariantChoice } from '@sendocki/domain/products/product'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { Button } from '../../ui/button.tsx'
import { Amount, Words } from '../../ui/numbers.tsx'
import { RepairCard, type RepairProps } from './repair-card.tsx'
import { variantsQuery } from './tray.api.ts'
import classes from './tray.module.css'
import type { Repair } from './use-repair.ts'

type Line = NonNullable<Repair['lines']>[number]

const wordOf = ({ productName, name, sku }: VariantChoice): string =>
  [variantName(productName, name), ...(sku === null ? [] : [sku])].join(' · ')

/** An amount in dirhams as it is typed; null while it cannot be read. */
export const centimesIn = (text: string): number | null => {
  const reading = text.trim() === '' ? null : parseMoney(text, { decimalSign: text.includes(',') ? ',' : '.' })
  return reading?.ok && reading.centimes >= 0 ? reading.centimes : null
}

const inDirhams = (centimes: number): string =>
  centimes % 100 === 0 ? String(centimes / 100) : (centimes / 100).toFixed(2)

/** What was ordered: chosen from the products, or written freely. */
export const LinesRepair = ({ repair, pending }: RepairProps) => {
  const { t } = useTranslation(['tray', 'orders'])
  const field = useRef<HTMLInputElement>(null)
  const price = useRef<HTMLInputElement>(null)
  const [lines, setLines] = useState<readonly (Line & { readonly label: string })[]>([])
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<VariantChoice | null>(null)
  const [quantity, setQuantity] = useState('1')
  const [unitPrice, setUnitPrice] = useState('')
  const [asked] = useDebouncedValue(chosen ? '' : typed.trim(), 200)
  const { data } = useQuery(variantsQuery(asked))
  const options = data?.items ?? []
  useShortcuts([{ keys: 'p', label: t('lines.title'), run: () => field.current?.focus() }])

  const centimes = centimesIn(unitPrice)
  const count = /^\d{1,4}$/.test(quantity.trim()) ? Number(quantity) : 0
  const ready = typed.trim() !== '' && centimes !== null && count > 0
  const draft = (): (Line & { label: string }) | null =>
    ready && centimes !== null
      ? {
          ...(chosen ? { variantId: chosen.id } : { name: typed.trim() }),
          label: typed.trim(),
          quantity: count,
          unitPriceCentimes: centimes,
        }
      : null
  const clear = (): void => {
    setTyped('')
    setChosen(null)
    setQuantity('1')
    setUnitPrice('')
    field.current?.focus()
  }
  const add = (): void => {
    const line = draft()
    if (!line) return
    setLines([...lines, line])
    clear()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const line = draft()
    const all = line ? [...lines, line] : lines
    if (all.length === 0 || pending) field.current?.focus()
    else repair({ lines: all.map(({ label: _label, ...body }) => body) })
  }
  return (
    <RepairCard title={t('lines.title')} hint={t('lines.hint')}>
      {lines.length > 0 && (
        <ul className={classes.lines}>
          {lines.map((line, at) => (
            // Lines have no identity of their own before they are stored.
            <li key={at}>
              <Words>{line.label}</Words>
              <span>
                {t('lines.times', { count: line.quantity })} <Amount centimes={line.unitPriceCentimes} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={submit} className={classes.lineForm} noValidate>
        <Autocomplete
          ref={field}
          size="md"
          label={t('orders:form.product')}
          dir="auto"
          data={[...new Set(options.map(wordOf))]}
          filter={({ options: shown }) => shown}
          value={typed}
          onChange={(text) => {
            setTyped(text)
            setChosen(null)
          }}
          onOptionSubmit={(word) => {
            const variant = options.find((option) => wordOf(option) === word)
            if (!variant) return
            setTyped(word)
            setChosen(variant)
            setUnitPrice(inDirhams(variant.priceCentimes))
            price.current?.focus()
          }}
          autoComplete="off"
          maxLength={200}
        />
        <TextInput
          size="md"
          label={t('orders:form.quantity')}
          inputMode="numeric"
          dir="ltr"
          maxLength={4}
          value={quantity}
          onChange={({ currentTarget }) => setQuantity(currentTarget.value)}
        />
        <TextInput
          ref={price}
          size="md"
          label={t('orders:form.unitPrice')}
          inputMode="decimal"
          dir="ltr"
          maxLength={20}
          value={unitPrice}
          onChange={({ currentTarget }) => setUnitPrice(currentTarget.value)}
        />
        <div className={classes.actions}>
          <Button size="form" onClick={add} disabled={!ready}>
            {t('lines.another')}
          </Button>
          <Button
            type="submit"
            variant="filled"
            size="form"
            keyHint="Enter"
            pending={pending}
            disabled={!ready && lines.length === 0}
          >
            {t('save')}
          </Button>
        </div>
      </form>
    </RepairCard>
  )
}
