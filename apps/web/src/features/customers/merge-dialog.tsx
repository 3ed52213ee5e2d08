import type { Customer, CustomerSummary } from '@sendocki/domain/customers/customer'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { Count, Phone, Words } from '../../ui/numbers.tsx'
import { SkeletonRows } from '../../ui/screen-states.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { showToast } from '../../ui/toast.tsx'
import { CityOf } from './columns.tsx'
import { customerQuery, customersQuery, mergeCustomers, mergePreviewQuery, undoMerge } from './customers.api.ts'
import classes from './customers.module.css'
import { withoutFilters } from './filters.ts'
import { useTakeOver } from './use-take-over.ts'

interface DialogProps {
  readonly customer: Customer
  readonly onDone: () => void
}

/** Who else this customer is: found by name or number, then what would move, then done, with a way back. */
export const MergeDialog = ({ customer, onDone }: DialogProps) => {
  const { t } = useTranslation('customers')
  const [q, setQ] = useState<string | null>(null)
  const [other, setOther] = useState<CustomerSummary | null>(null)
  const { data, error, isFetching } = useInfiniteQuery({
    ...customersQuery({ ...withoutFilters, q, sort: '-lastOrderAt' }),
    enabled: q !== null,
  })
  if (other) return <Preview customer={customer} other={other} onBack={() => setOther(null)} onDone={onDone} />
  const found = (data?.pages[0]?.items ?? []).filter(({ id }) => id !== customer.id).slice(0, 8)
  return (
    <div className={classes.form}>
      <p className={classes.hint}>{t('merge.effect')}</p>
      <SearchField label={t('search')} value={q} onChange={setQ} />
      {error && <FormProblem code={problemCode(error)}>{problemText(error)}</FormProblem>}
      {q !== null && isFetching && !data && <SkeletonRows label={t('loading')} rows={3} />}
      {q !== null && data && found.length === 0 && <p className={classes.hint}>{t('noneFiltered')}</p>}
      <ul className={classes.found}>
        {q !== null &&
          found.map((one) => (
            <li key={one.id}>
              <button type="button" onClick={() => setOther(one)}>
                <strong>
                  <Words>{one.name}</Words>
                </strong>
                {one.phone !== null && <Phone phone={one.phone} />}
                <CityOf address={one.address} />
              </button>
            </li>
          ))}
      </ul>
    </div>
  )
}

/** What a merge with one certain other would move. */
export const MergeWith = ({ customer, otherId, onDone }: DialogProps & { readonly otherId: string }) => {
  const { t } = useTranslation('customers')
  const { data: other, error } = useQuery(customerQuery(otherId))
  if (error) return <FormProblem code={problemCode(error)}>{problemText(error)}</FormProblem>
  if (!other) return <SkeletonRows label={t('loading')} rows={3} />
  return <Preview customer={customer} other={other} onBack={onDone} onDone={onDone} />
}

interface PreviewProps extends DialogProps {
  readonly other: CustomerSummary
  readonly onBack: () => void
}

const Preview = ({ customer, other, onBack, onDone }: PreviewProps) => {
  const { t } = useTranslation(['customers', 'common'])
  const takeOver = useTakeOver()
  const { data: preview, error } = useQuery(mergePreviewQuery(customer.id, other.id))
  const names = { name: other.name, into: customer.name }
  const back = useMutation({
    mutationFn: undoMerge,
    onSuccess: takeOver,
    onError: (problem) => showToast({ tone: 'refused', message: problemText(problem) }),
  })
  const merge = useMutation({
    mutationFn: () => mergeCustomers(customer.id, other.id),
    onSuccess: async ({ mergeId, customer: kept }) => {
      showToast({ message: t('merge.toast', names), ...(mergeId ? { undo: () => back.mutate(mergeId) } : {}) })
      onDone()
      await takeOver(kept)
    },
  })
  const refused = merge.error ?? error
  return (
    <div className={classes.form}>
      <p>{t('merge.preview', names)}</p>
      {!preview && !error && <SkeletonRows label={t('loading')} rows={3} />}
      {preview && (
        <Facts>
          <Fact label={t('column.orders')}>
            <Count count={preview.orders} />
          </Fact>
          <Fact label={t('notes.title')}>
            <Count count={preview.notes} />
          </Fact>
          <Fact label={t('merge.numbers')}>
            {preview.phones.length === 0 ? '–' : preview.phones.map((phone) => <Phone key={phone} phone={phone} />)}
          </Fact>
          <Fact label={t('form.tags')}>{preview.tags.length === 0 ? '–' : preview.tags.join(', ')}</Fact>
          {preview.others > 0 && (
            <Fact label={t('merge.others')}>
              <Count count={preview.others} />
            </Fact>
          )}
        </Facts>
      )}
      {refused && <FormProblem code={problemCode(refused)}>{problemText(refused)}</FormProblem>}
      <div className={classes.actions}>
        <Button variant="quiet" onClick={onBack}>
          {t('common:ui.goBack')}
        </Button>
        <Button variant="filled" disabled={!preview} pending={merge.isPending} onClick={() => merge.mutate()}>
          {t('merge.confirm')}
        </Button>
      </div>
    </div>
  )
}
