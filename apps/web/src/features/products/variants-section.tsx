import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { Product, Variant } from '@sendocki/domain/products/product'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { filled } from '../../lib/checks.ts'
import { centimesIn, inDirhams } from '../../lib/money-text.ts'
import { fieldText, problemCode, problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { Button } from '../../ui/button.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { Amount, Code, Words } from '../../ui/numbers.tsx'
import { PanelSection } from '../../ui/side-panel.tsx'
import { showToast } from '../../ui/toast.tsx'
import { createVariant, editVariant, productKeys } from './products.api.ts'
import classes from './products.module.css'

interface VariantsProps {
  readonly product: Product
  readonly editable: boolean
}

/** The variants that a product has beside itself, each with its SKU and price. */
export const VariantsSection = ({ product, editable }: VariantsProps) => {
  const { t } = useTranslation('products')
  const [open, setOpen] = useState<string | null>(null)
  const others = product.variants.slice(1)
  const close = (): void => setOpen(null)
  return (
    <PanelSection title={t('variants.title')}>
      {others.length === 0 && <p className={classes.hint}>{t('variants.none')}</p>}
      <ul className={classes.variants}>
        {others.map((variant) => (
          <li key={variant.id} data-off={!variant.active || undefined}>
            {open === variant.id ? (
              <VariantForm product={product} variant={variant} onClose={close} />
            ) : (
              <VariantLine product={product} variant={variant} onEdit={editable ? () => setOpen(variant.id) : null} />
            )}
          </li>
        ))}
      </ul>
      {editable && open === 'new' && <VariantForm product={product} variant={null} onClose={close} />}
      {editable && open !== 'new' && (
        <div>
          <Button onClick={() => setOpen('new')}>{t('variants.add')}</Button>
        </div>
      )}
    </PanelSection>
  )
}

const useTakeOver = () => {
  const queries = useQueryClient()
  return async (product: Product): Promise<void> => {
    queries.setQueryData(productKeys.one(product.id), product)
    await queries.invalidateQueries({ queryKey: productKeys.all })
  }
}

interface LineProps {
  readonly product: Product
  readonly variant: Variant
  readonly onEdit: (() => void) | null
}

const VariantLine = ({ product, variant, onEdit }: LineProps) => {
  const { t } = useTranslation('products')
  const takeOver = useTakeOver()
  const flip = useMutation({
    mutationFn: () => editVariant(product.id, variant.id, { version: product.version, active: !variant.active }),
    onSuccess: takeOver,
    onError: (problem) => showToast({ tone: 'refused', message: problemText(problem) }),
  })
  return (
    <>
      <span className={classes.variant}>
        <Words>{variant.name}</Words>
        <span className={classes.hint}>
          {variant.sku === null ? t('noSku') : <Code>{variant.sku}</Code>}
          {!variant.active && <> · {t('variants.off')}</>}
        </span>
      </span>
      <Amount centimes={variant.priceCentimes} />
      {onEdit && (
        <span className={classes.lineActions}>
          <Button size="small" onClick={onEdit}>
            {t('edit')}
          </Button>
          <Button size="small" variant="quiet" pending={flip.isPending} onClick={() => flip.mutate()}>
            {t(variant.active ? 'variants.take' : 'variants.put')}
          </Button>
        </span>
      )}
    </>
  )
}

interface FormProps {
  readonly product: Product
  readonly variant: Variant | null
  readonly onClose: () => void
}

const VariantForm = ({ product, variant, onClose }: FormProps) => {
  const { t } = useTranslation(['products', 'common'])
  const takeOver = useTakeOver()
  const form = useForm({
    initialValues: {
      name: variant?.name ?? '',
      sku: variant?.sku ?? '',
      price: inDirhams(variant?.priceCentimes ?? product.priceCentimes),
    },
    validate: { name: filled, price: (text) => (centimesIn(text) === null ? fieldText('wrong_format') : null) },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: ({ name, sku, price }) => {
      const { version, id } = product
      const body = { version, name: name.trim(), priceCentimes: centimesIn(price) ?? 0 }
      const typed = sku.trim()
      return variant === null
        ? createVariant(id, { ...body, ...(typed === '' ? {} : { sku: typed }) })
        : editVariant(id, variant.id, { ...body, sku: typed || null })
    },
    onDone: async (changed) => {
      onClose()
      await takeOver(changed)
    },
    fieldOf: { 'product.sku_taken': 'sku' },
    textOf: problemText,
  })
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        label={t('variants.name')}
        placeholder={t('variants.example')}
        dir="auto"
        autoComplete="off"
        maxLength={120}
        autoFocus
        {...form.getInputProps('name')}
      />
      <div className={classes.pair}>
        <TextInput label={t('form.sku')} dir="ltr" autoComplete="off" maxLength={100} {...form.getInputProps('sku')} />
        <TextInput
          label={t('form.price')}
          dir="ltr"
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
          {...form.getInputProps('price')}
        />
      </div>
      {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
      <div className={classes.actions}>
        <Button variant="quiet" onClick={onClose}>
          {t('common:ui.goBack')}
        </Button>
        <Button type="submit" variant="filled" pending={pending}>
          {t('common:ui.save')}
        </Button>
      </div>
    </form>
  )
}
