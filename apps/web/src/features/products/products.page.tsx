import type { ProductSummary } from '@sendocki/domain/products/product'
import { IconPlus, IconSearchOff, IconTag } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { flag, text, useUrlState } from '../../lib/url-state.ts'
import { Button } from '../../ui/button.tsx'
import { Chip, FilterPill } from '../../ui/chip.tsx'
import { DataGrid } from '../../ui/data-grid.tsx'
import { deliveryOf } from '../../ui/delivery.ts'
import { Dialog } from '../../ui/dialog.tsx'
import type { GridColumn } from '../../ui/grid-layout.ts'
import { Amount, Code, Count, Words } from '../../ui/numbers.tsx'
import { Page } from '../../ui/page.tsx'
import { Photo } from '../../ui/photo.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { showToast } from '../../ui/toast.tsx'
import { emptyProduct, ProductForm } from './product-form.tsx'
import { ProductPanel } from './product-panel.tsx'
import { createProduct, productsQuery } from './products.api.ts'
import classes from './products.module.css'

const shape = { q: text, archived: flag, open: text }

/** Products: what is sold, under which SKU, for how much. */
export const ProductsPage = () => {
  const { t } = useTranslation('products')
  const can = useCan()
  const [state, change] = useUrlState(shape)
  const [adding, setAdding] = useState(false)
  const search = useRef<HTMLInputElement>(null)
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    productsQuery({ q: state.q, active: !state.archived }),
  )
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  const columns = useColumns()
  const editable = can('products.edit')
  useShortcuts([
    { keys: '/', label: t('search'), run: () => search.current?.focus() },
    ...(editable ? [{ keys: 'n', label: t('create'), run: () => setAdding(true) }] : []),
  ])
  const add = editable && (
    <Button
      variant="filled"
      keyHint="n"
      icon={<IconPlus size={16} stroke={1.75} aria-hidden />}
      onClick={() => setAdding(true)}
    >
      {t('create')}
    </Button>
  )
  return (
    <Page
      title={t('title')}
      layout="edge"
      actions={add}
      toolbar={
        <>
          <SearchField label={t('search')} value={state.q} onChange={(q) => change({ q })} keyHint="/" input={search} />
          <FilterPill
            label={t('archivedOnly')}
            active={state.archived}
            aria-pressed={state.archived}
            onClear={() => change({ archived: false, open: null })}
            onClick={() => change({ archived: !state.archived, open: null })}
          />
        </>
      }
      panel={state.open && <ProductPanel key={state.open} id={state.open} onClose={() => change({ open: null })} />}
    >
      {isPending && <SkeletonRows label={t('loading')} />}
      {error && !data && (
        <ErrorState
          title={t('loadFailed')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {data && rows.length === 0 && (
        <NoProducts filtered={state.q !== null || state.archived} onClear={() => change({ q: null, archived: false })}>
          {add}
        </NoProducts>
      )}
      {rows.length > 0 && (
        <DataGrid
          label={t('title')}
          rows={rows}
          rowId={({ id }) => id}
          rowLabel={({ name }) => name}
          columns={columns}
          activeId={state.open}
          onActive={(id) => state.open && change({ open: id })}
          onOpen={({ id }) => change({ open: id })}
          onPreview={({ id }) => change({ open: state.open === id ? null : id })}
          hasMore={hasNextPage && !isFetchingNextPage}
          onMore={() => void fetchNextPage()}
          card={ProductCard}
          cardHeight={72}
        />
      )}
      <Dialog opened={adding} onClose={() => setAdding(false)} title={t('create')}>
        <ProductForm
          initial={emptyProduct}
          submit={t('add')}
          send={({ name, sku, priceCentimes, tags, delivery }) =>
            createProduct({
              name,
              priceCentimes,
              tags,
              ...(sku.trim() === '' ? {} : { sku: sku.trim() }),
              delivery: deliveryOf(delivery),
            })
          }
          onDone={({ id, name }) => {
            setAdding(false)
            showToast({ message: t('created', { name }) })
            change({ open: id })
          }}
        />
      </Dialog>
    </Page>
  )
}

const useColumns = (): readonly GridColumn<ProductSummary>[] => {
  const { t } = useTranslation('products')
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('column.name'),
        width: 240,
        grow: true,
        frozen: true,
        cell: ({ photoUrl, name }) => (
          <span className={classes.named}>
            <Photo url={photoUrl} size="small" />
            <span className="truncate">
              <Words>{name}</Words>
            </span>
          </span>
        ),
      },
      {
        id: 'sku',
        header: t('form.sku'),
        width: 160,
        cell: ({ sku }) =>
          sku === null ? (
            <span className={classes.hint}>{t('noSku')}</span>
          ) : (
            <span>
              <Code>{sku}</Code>
            </span>
          ),
      },
      {
        id: 'price',
        header: t('column.price'),
        width: 120,
        figure: true,
        cell: ({ priceCentimes }) => <Amount centimes={priceCentimes} />,
      },
      {
        id: 'variants',
        header: t('variants.title'),
        width: 100,
        figure: true,
        cell: ({ variantCount }) => (variantCount === 0 ? '–' : <Count count={variantCount} />),
      },
      {
        id: 'tags',
        header: t('form.tags'),
        width: 200,
        grow: true,
        cell: ({ tags }) => (
          <span className={classes.tags}>
            {tags.map((tag) => (
              <Chip key={tag}>{tag}</Chip>
            ))}
          </span>
        ),
      },
    ],
    [t],
  )
}

const ProductCard = ({ photoUrl, name, sku, priceCentimes }: ProductSummary) => (
  <span className={classes.card}>
    <Photo url={photoUrl} size="small" />
    <span className={classes.variant}>
      <strong className="truncate">
        <Words>{name}</Words>
      </strong>
      {sku !== null && <Code>{sku}</Code>}
    </span>
    <Amount centimes={priceCentimes} />
  </span>
)

interface NoProductsProps {
  readonly filtered: boolean
  readonly onClear: () => void
  readonly children: React.ReactNode
}

const NoProducts = ({ filtered, onClear, children }: NoProductsProps) => {
  const { t } = useTranslation('products')
  if (filtered)
    return (
      <Empty
        icon={<IconSearchOff size={22} stroke={1.75} />}
        title={t('noneFiltered')}
        action={<Button onClick={onClear}>{t('clear')}</Button>}
      />
    )
  return (
    <Empty icon={<IconTag size={22} stroke={1.75} />} title={t('none')} action={children}>
      {t('noneHint')}
    </Empty>
  )
}
