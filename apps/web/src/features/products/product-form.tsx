import { TagsInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { Product } from '@sendocki/domain/products/product'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { filled } from '../../lib/checks.ts'
import { centimesIn, inDirhams } from '../../lib/money-text.ts'
import { fieldText, problemCode, problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { Button } from '../../ui/button.tsx'
import { type DeliveryValues, deliveryValues } from '../../ui/delivery.ts'
import { DeliveryFields } from '../../ui/delivery-fields.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { productKeys } from './products.api.ts'
import classes from './products.module.css'

export interface ProductDraft {
  readonly name: string
  readonly sku: string
  readonly price: string
  readonly tags: string[]
  readonly delivery: DeliveryValues
}
export const emptyProduct: ProductDraft = { name: '', sku: '', price: '', tags: [], delivery: deliveryValues() }
export const draftOf = ({ name, sku, priceCentimes, tags, delivery }: Product): ProductDraft => ({
  name,
  sku: sku ?? '',
  price: inDirhams(priceCentimes),
  tags: [...tags],
  delivery: deliveryValues(delivery),
})

interface ProductFormProps {
  readonly initial: ProductDraft
  readonly submit: string
  readonly send: (draft: ProductDraft & { readonly priceCentimes: number }) => Promise<Product>
  readonly onDone: (product: Product) => void
}

/** Name, SKU, price, tags and what is asked of the handover: the same form for a new product and for one that is known. */
export const ProductForm = ({ initial, submit: word, send, onDone }: ProductFormProps) => {
  const { t } = useTranslation('products')
  const queries = useQueryClient()
  const form = useForm<ProductDraft>({
    initialValues: initial,
    validate: {
      name: filled,
      price: (text) => (centimesIn(text) === null ? fieldText('wrong_format') : null),
    },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: (draft) => send({ ...draft, name: draft.name.trim(), priceCentimes: centimesIn(draft.price) ?? 0 }),
    onDone: async (product) => {
      queries.setQueryData(productKeys.one(product.id), product)
      onDone(product)
      await queries.invalidateQueries({ queryKey: productKeys.all })
    },
    fieldOf: { 'product.sku_taken': 'sku' },
    textOf: problemText,
  })
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        label={t('form.name')}
        dir="auto"
        autoComplete="off"
        maxLength={200}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <div className={classes.pair}>
        <TextInput
          label={t('form.sku')}
          dir="ltr"
          autoComplete="off"
          maxLength={100}
          description={t('form.skuHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...form.getInputProps('sku')}
        />
        <TextInput
          label={t('form.price')}
          dir="ltr"
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
          {...form.getInputProps('price')}
        />
      </div>
      <TagsInput label={t('form.tags')} maxTags={20} maxLength={40} {...form.getInputProps('tags')} />
      <DeliveryFields hint={t('deliveryHint')} inputProps={(name) => form.getInputProps(`delivery.${name}`)} />
      {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
      <div className={classes.actions}>
        <Button type="submit" variant="filled" size="form" pending={pending}>
          {word}
        </Button>
      </div>
    </form>
  )
}
