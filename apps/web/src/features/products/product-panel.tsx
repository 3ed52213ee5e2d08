import type { Product } from '@sendocki/domain/products/product'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { deliveryOf } from '../../ui/delivery.ts'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Amount, Code, Words } from '../../ui/numbers.tsx'
import { Photo } from '../../ui/photo.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { PanelSection, SidePanel } from '../../ui/side-panel.tsx'
import { showToast } from '../../ui/toast.tsx'
import { madeSmall } from './made-small.ts'
import { draftOf, ProductForm } from './product-form.tsx'
import {
  archiveProduct,
  editProduct,
  givePhoto,
  productKeys,
  productQuery,
  removePhoto,
  restoreProduct,
} from './products.api.ts'
import classes from './products.module.css'
import { VariantsSection } from './variants-section.tsx'

/** One product: its photo, what it is called and costs, its variants. Who may not change it reads the same. */
export const ProductPanel = ({ id, onClose }: { id: string; onClose: () => void }) => {
  const { t } = useTranslation('products')
  const can = useCan()
  const { data: product, error, isPending } = useQuery(productQuery(id))
  const title = product?.name ?? t('title')
  const editable = can('products.edit')
  return (
    <SidePanel
      label={title}
      title={<Words>{title}</Words>}
      onClose={onClose}
      foot={product && editable && <ArchiveButton product={product} />}
    >
      {isPending && <SkeletonRows label={t('loading')} rows={4} />}
      {error && !product && (
        <ErrorState title={t('loadFailed')} code={problemCode(error)}>
          {problemText(error)}
        </ErrorState>
      )}
      {product && (
        <>
          <PhotoSection product={product} editable={editable} />
          <PanelSection>{editable ? <EditForm product={product} /> : <ProductFacts product={product} />}</PanelSection>
          <VariantsSection product={product} editable={editable} />
        </>
      )}
    </SidePanel>
  )
}

const EditForm = ({ product }: { product: Product }) => {
  const { t } = useTranslation(['products', 'common'])
  return (
    <ProductForm
      key={product.version}
      initial={draftOf(product)}
      submit={t('common:ui.save')}
      send={({ name, sku, priceCentimes, tags, delivery }) =>
        editProduct(product.id, {
          version: product.version,
          name,
          sku: sku.trim() || null,
          priceCentimes,
          tags,
          delivery: deliveryOf(delivery),
        })
      }
      onDone={({ name }) => showToast({ message: t('saved', { name }) })}
    />
  )
}

const ProductFacts = ({ product }: { product: Product }) => {
  const { t } = useTranslation('products')
  return (
    <Facts>
      <Fact label={t('form.sku')}>{product.sku === null ? t('noSku') : <Code>{product.sku}</Code>}</Fact>
      <Fact label={t('column.price')}>
        <Amount centimes={product.priceCentimes} />
      </Fact>
      <Fact label={t('form.tags')}>
        {product.tags.length === 0 ? '–' : product.tags.map((tag) => <Chip key={tag}>{tag}</Chip>)}
      </Fact>
    </Facts>
  )
}

const useTakeOver = () => {
  const queries = useQueryClient()
  return async (product: Product): Promise<void> => {
    queries.setQueryData(productKeys.one(product.id), product)
    await queries.invalidateQueries({ queryKey: productKeys.all })
  }
}

/** A photo is made small here before it leaves; the server looks at its bytes again. */
const PhotoSection = ({ product, editable }: { product: Product; editable: boolean }) => {
  const { t } = useTranslation('products')
  const input = useRef<HTMLInputElement>(null)
  const takeOver = useTakeOver()
  const give = useMutation({
    mutationFn: async (file: File) => givePhoto(product.id, await madeSmall(file)),
    onSuccess: takeOver,
    onError: (problem) =>
      showToast({
        tone: 'refused',
        // What the browser cannot draw is no picture.
        message: problem instanceof DOMException ? t('photo.unreadable') : problemText(problem),
      }),
  })
  const remove = useMutation({
    mutationFn: () => removePhoto(product.id),
    onSuccess: takeOver,
    onError: (problem) => showToast({ tone: 'refused', message: problemText(problem) }),
  })
  if (!editable && product.photoId === null) return null
  return (
    <PanelSection>
      <div className={classes.photoLine}>
        <Photo url={product.photoUrl} size="large" />
        {editable && (
          <div className={classes.actions}>
            <input
              ref={input}
              type="file"
              accept="image/*"
              hidden
              aria-label={t('photo.choose')}
              onChange={({ currentTarget }) => {
                const [file] = currentTarget.files ?? []
                if (file) give.mutate(file)
                currentTarget.value = ''
              }}
            />
            <Button pending={give.isPending} onClick={() => input.current?.click()}>
              {t(product.photoId === null ? 'photo.choose' : 'photo.change')}
            </Button>
            {product.photoId !== null && (
              <Button variant="quiet" pending={remove.isPending} onClick={() => remove.mutate()}>
                {t('photo.remove')}
              </Button>
            )}
          </div>
        )}
      </div>
    </PanelSection>
  )
}

const ArchiveButton = ({ product }: { product: Product }) => {
  const { t } = useTranslation('products')
  const takeOver = useTakeOver()
  const { id, name, active } = product
  const change = useMutation({
    mutationFn: (archive: boolean) => (archive ? archiveProduct(id) : restoreProduct(id)),
    onSuccess: async (changed, archive) => {
      showToast({
        message: t(archive ? 'archived' : 'restored', { name }),
        undo: () => change.mutate(!archive),
      })
      await takeOver(changed)
    },
    onError: (problem) => showToast({ tone: 'refused', message: problemText(problem) }),
  })
  return (
    <Button pending={change.isPending} onClick={() => change.mutate(active)}>
      {t(active ? 'archive' : 'restore')}
    </Button>
  )
}
