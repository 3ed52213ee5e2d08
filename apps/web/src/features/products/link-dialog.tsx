import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { variantName } from '@sendocki/domain/products/keys'
import type { ShopProduct } from '@sendocki/domain/products/product'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/dialog.tsx'
import { Amount, Code, Words } from '../../ui/numbers.tsx'
import { variantsQuery } from './products.api.ts'
import classes from './products.module.css'

interface LinkDialogProps {
  readonly thing: ShopProduct
  readonly onChoose: (variantId: string) => void
  readonly onClose: () => void
}

/** Which of our products it is: typed, walked with the arrows, chosen with Enter. */
export const LinkDialog = ({ thing, onChoose, onClose }: LinkDialogProps) => {
  const { t } = useTranslation('products')
  return (
    <Dialog opened onClose={onClose} title={t('review.which', { name: thing.name })}>
      <Chooser thing={thing} onChoose={onChoose} />
    </Dialog>
  )
}

const Chooser = ({ thing, onChoose }: Omit<LinkDialogProps, 'onClose'>) => {
  const { t } = useTranslation('products')
  const [typed, setTyped] = useState(thing.proposal?.productName ?? '')
  const [at, setAt] = useState(0)
  const [asked] = useDebouncedValue(typed.trim(), 200)
  const { data } = useQuery(variantsQuery(asked))
  const items = data?.items ?? []
  const walk = (step: number): void => setAt(Math.min(Math.max(at + step, 0), items.length - 1))
  const chosen = items[Math.min(at, items.length - 1)]
  return (
    <div className={classes.form}>
      <TextInput
        label={t('search')}
        size="md"
        data-autofocus
        autoComplete="off"
        maxLength={80}
        value={typed}
        role="combobox"
        aria-expanded
        aria-controls="variants"
        {...(chosen ? { 'aria-activedescendant': `variant-${chosen.id}` } : {})}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') walk(1)
          else if (event.key === 'ArrowUp') walk(-1)
          else if (event.key === 'Enter' && chosen && asked === typed.trim()) onChoose(chosen.id)
          else return
          event.preventDefault()
        }}
      />
      <ul id="variants" role="listbox" aria-label={t('title')} className={classes.options}>
        {items.map((variant) => (
          <li
            key={variant.id}
            id={`variant-${variant.id}`}
            role="option"
            aria-selected={variant === chosen}
            onClick={() => onChoose(variant.id)}
          >
            <span className={classes.variant}>
              <Words>{variantName(variant.productName, variant.name)}</Words>
              {variant.sku !== null && <Code>{variant.sku}</Code>}
            </span>
            <Amount centimes={variant.priceCentimes} />
          </li>
        ))}
      </ul>
      {data && items.length === 0 && <p className={classes.hint}>{t('noneFiltered')}</p>}
    </div>
  )
}
