import { variantName } from '@sendocki/domain/products/keys'
import { type ShopProduct, shopProductStatuses } from '@sendocki/domain/products/product'
import { IconChecks } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { oneOf, useUrlState } from '../../lib/url-state.ts'
import { WithBulkBar } from '../../ui/bulk-bar.tsx'
import { Button } from '../../ui/button.tsx'
import { DataGrid } from '../../ui/data-grid.tsx'
import type { GridColumn } from '../../ui/grid-layout.ts'
import { Amount, Code, Count, Words } from '../../ui/numbers.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { Views } from '../../ui/views.tsx'
import { When } from '../../ui/when.tsx'
import { LinkDialog } from './link-dialog.tsx'
import { shopProductsQuery } from './products.api.ts'
import classes from './products.module.css'
import { useReview } from './use-review.ts'

const shape = { status: oneOf(shopProductStatuses, 'open') }

/**
 * Products → To link: what shops sell under SKUs and names that we do not know. One key says what it is, for the orders
 * that came and for those that come.
 */
export const ReviewPage = () => {
  const { t } = useTranslation('products')
  const [{ status }] = useUrlState(shape)
  return (
    <Page
      title={t('review.title')}
      layout="edge"
      views={
        <Views
          label={t('review.title')}
          current={status}
          views={shopProductStatuses.map((id) => ({
            id,
            to: id === 'open' ? '/shop-products' : `/shop-products?status=${id}`,
            name: t(`review.status.${id}`),
          }))}
        />
      }
    >
      <Review key={status} status={status} />
    </Page>
  )
}

const Review = ({ status }: { status: (typeof shopProductStatuses)[number] }) => {
  const { t } = useTranslation('products')
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    shopProductsQuery(status),
  )
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  const [activeId, setActiveId] = useState<string | null>(null)
  const [linking, setLinking] = useState(false)
  const current = rows.find(({ id }) => id === activeId) ?? rows[0]
  const { act, pending } = useReview()
  const columns = useColumns(status)
  const run = (kind: 'adopt' | 'ignore' | 'reopen') => (): void => {
    if (current) act({ kind, thing: current })
  }
  const confirm = (): void => {
    if (!current) return
    if (current.proposal) act({ kind: 'link', thing: current, variantId: current.proposal.id })
    else setLinking(true)
  }
  const link = (): void => setLinking(current !== undefined)
  const open = status === 'open'
  useShortcuts([
    ...(status === 'ignored' ? [] : [{ keys: 'l', label: t('review.link'), run: link }]),
    ...(open
      ? [
          { keys: 'c', label: t('review.adopt'), run: run('adopt') },
          { keys: 'i', label: t('review.ignore'), run: run('ignore') },
        ]
      : [{ keys: 'r', label: t('review.reopen'), run: run('reopen') }]),
  ])
  return (
    <WithBulkBar>
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
        <Empty icon={<IconChecks size={22} stroke={1.75} />} title={t(`review.none.${status}`)}>
          {t('review.noneHint')}
        </Empty>
      )}
      {current && (
        <>
          <DataGrid
            label={t('review.title')}
            rows={rows}
            rowId={({ id }) => id}
            rowLabel={({ name }) => name}
            columns={columns}
            activeId={current.id}
            onActive={setActiveId}
            onOpen={({ id }) => {
              setActiveId(id)
              if (open) confirm()
            }}
            hasMore={hasNextPage && !isFetchingNextPage}
            onMore={() => void fetchNextPage()}
            card={ReviewCard}
            cardHeight={96}
            autoFocus
          />
          <div className={classes.reviewBar} role="toolbar" aria-label={current.name}>
            <span className="truncate">
              <Words>{current.name}</Words>
            </span>
            {open && current.proposal && (
              <Button variant="filled" keyHint="Enter" pending={pending} onClick={confirm}>
                {t('review.confirm', { name: variantName(current.proposal.productName, current.proposal.name) })}
              </Button>
            )}
            {status !== 'ignored' && (
              <Button keyHint="l" onClick={link}>
                {t('review.link')}
              </Button>
            )}
            {open ? (
              <>
                <Button keyHint="c" pending={pending} onClick={run('adopt')}>
                  {t('review.adopt')}
                </Button>
                <Button variant="quiet" keyHint="i" pending={pending} onClick={run('ignore')}>
                  {t('review.ignore')}
                </Button>
              </>
            ) : (
              <Button variant="quiet" keyHint="r" pending={pending} onClick={run('reopen')}>
                {t('review.reopen')}
              </Button>
            )}
          </div>
          {linking && (
            <LinkDialog
              thing={current}
              onClose={() => setLinking(false)}
              onChoose={(variantId) => {
                setLinking(false)
                act({ kind: 'link', thing: current, variantId })
              }}
            />
          )}
        </>
      )}
    </WithBulkBar>
  )
}

const useColumns = (status: (typeof shopProductStatuses)[number]): readonly GridColumn<ShopProduct>[] => {
  const { t } = useTranslation('products')
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('review.name'),
        width: 240,
        grow: true,
        frozen: true,
        cell: ({ name }) => <Words>{name}</Words>,
      },
      {
        id: 'sku',
        header: t('form.sku'),
        width: 150,
        cell: ({ sku }) =>
          sku === null ? (
            <span className={classes.hint}>{t('noSku')}</span>
          ) : (
            <span>
              <Code>{sku}</Code>
            </span>
          ),
      },
      { id: 'store', header: t('review.store'), width: 150, cell: ({ storeName }) => <Words>{storeName}</Words> },
      {
        id: 'orders',
        header: t('review.orders'),
        width: 110,
        figure: true,
        cell: ({ orderCount }) => <Count count={orderCount} capped={orderCount >= 1_000} />,
      },
      {
        id: 'price',
        header: t('column.price'),
        width: 110,
        figure: true,
        cell: ({ lastPriceCentimes }) => (lastPriceCentimes === null ? '–' : <Amount centimes={lastPriceCentimes} />),
      },
      { id: 'seen', header: t('review.seen'), width: 140, cell: ({ lastSeenAt }) => <When instant={lastSeenAt} /> },
      {
        id: 'what',
        header: t(status === 'linked' ? 'review.linkedTo' : 'review.proposal'),
        width: 220,
        grow: true,
        cell: (row) => <What {...row} />,
      },
    ],
    [t, status],
  )
}

const What = ({ variant, proposal }: ShopProduct) => {
  const shown = variant ?? proposal
  return shown ? <Words>{variantName(shown.productName, shown.name)}</Words> : '–'
}

const ReviewCard = (row: ShopProduct) => (
  <span className={classes.reviewCard}>
    <strong className="truncate">
      <Words>{row.name}</Words>
    </strong>
    <span>
      {row.sku !== null && <Code>{row.sku}</Code>} <Words>{row.storeName}</Words> · <Count count={row.orderCount} />
    </span>
    <span className="truncate">
      <What {...row} />
    </span>
  </span>
)
