import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { placesQuery } from '../../lib/places.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { Button } from '../../ui/button.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { OrderNumber } from '../../ui/numbers.tsx'
import { Page } from '../../ui/page.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { readDraft } from './form/draft.ts'
import classes from './form/form.module.css'
import { KnownCustomer } from './form/known-customer.tsx'
import { askedOf, nothingAsked, OptionFields, type OptionsAsked } from './form/option-fields.tsx'
import { AmountFields, CustomerFields, LineFields, MoreCustomerFields, NoteArea } from './form/order-fields.tsx'
import { type Prefill, usePrefill } from './form/prefill.ts'
import { StartFields, startAt, startOf } from './form/start-fields.tsx'
import { TotalsLine } from './form/totals-line.tsx'
import { useOrderForm } from './form/use-order-form.ts'
import { createConversationOrder, createOrder } from './orders.api.ts'
import { paths } from './paths.ts'

interface Created {
  readonly id: string
  readonly number: number
}

interface OrderFormProps {
  readonly prefill: Prefill
  readonly stageId: string | null
  readonly onCreated: (order: Created) => void
}

const OrderForm = ({ prefill: { draft, from }, stageId, onCreated }: OrderFormProps) => {
  const { t } = useTranslation(['orders', 'common'])
  const navigate = useNavigate()
  const [more, setMore] = useState(false)
  const [options, setOptions] = useState<OptionsAsked>(nothingAsked)
  const [start, setStart] = useState(() => startAt(stageId))
  const knownPhone = from?.phone ?? null
  const { form, submit, problem, pending } = useOrderForm({
    initial: draft,
    read: (typed) => readDraft(typed, { phoneKnown: knownPhone !== null }),
    send: (body) => {
      const whole = { ...body, ...askedOf(options), ...startOf(start) }
      return from ? createConversationOrder(from.conversationId, whole) : createOrder(whole)
    },
    onDone: onCreated,
  })
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <CustomerFields form={form} knownPhone={knownPhone} underPhone={<KnownCustomer form={form} />} />
      {more ? (
        <MoreCustomerFields form={form} />
      ) : (
        <div className={classes.more}>
          <Button variant="quiet" tabIndex={-1} onClick={() => setMore(true)}>
            {t('form.more')}
          </Button>
        </div>
      )}
      <LineFields form={form} />
      <AmountFields form={form} />
      <StartFields value={start} onChange={setStart} />
      <OptionFields value={options} onChange={setOptions} />
      <NoteArea form={form} />
      {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
      <div className={classes.foot}>
        <TotalsLine draft={form.values} />
        <Button variant="quiet" size="form" onClick={() => void navigate(-1)}>
          {t('common:ui.goBack')}
        </Button>
        <Button type="submit" variant="filled" size="form" keyHint="enter" pending={pending}>
          {t('create.submit')}
        </Button>
      </div>
    </form>
  )
}

/**
 * An order by hand, by the keyboard alone: phone, name, city, lines, `Enter`; then the next one. From a conversation it
 * begins with who writes there and where their last order went.
 */
export const NewOrderPage = () => {
  const { t } = useTranslation('orders')
  const [params] = useSearchParams()
  const [created, setCreated] = useState<readonly Created[]>([])
  const navigate = useNavigate()
  const queries = useQueryClient()
  useQuery(placesQuery)
  useShortcuts([{ keys: 'Escape', label: t('panel.back'), run: () => void navigate(-1) }])
  const last = created.at(-1)
  const conversationId = params.get('conversation')
  const { prefill, error, refetch } = usePrefill(conversationId)
  return (
    <Page title={t('create.title')}>
      <p className={classes.hint}>{t('create.hint')}</p>
      {last && (
        <p className={classes.created} role="status">
          <Link to={paths.order(last.id)}>
            <OrderNumber number={last.number} />
          </Link>{' '}
          {t('create.done')}{' '}
          {conversationId && <Link to={`/conversations?open=${conversationId}`}>{t('create.backToConversation')}</Link>}
        </p>
      )}
      {error && !prefill && (
        <ErrorState
          title={t('create.conversationFailed')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('repair.retry')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {!error && !prefill && <SkeletonRows label={t('create.title')} rows={6} />}
      {prefill && (
        <OrderForm
          key={created.length}
          prefill={prefill}
          stageId={params.get('stageId')}
          onCreated={(order) => {
            setCreated((all) => [...all, order])
            // The conversation names its buyer's newest order.
            if (conversationId) void queries.invalidateQueries({ queryKey: ['conversation'] })
          }}
        />
      )}
    </Page>
  )
}
