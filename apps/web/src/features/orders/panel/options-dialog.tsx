import { SegmentedControl, Select } from '@mantine/core'
import type { Order } from '@sendocki/domain/orders/order'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../../lib/api.ts'
import { problemCode, problemText } from '../../../lib/problem.ts'
import { Button } from '../../../ui/button.tsx'
import { DayField } from '../../../ui/day-field.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { FormProblem } from '../../../ui/form-problem.tsx'
import { showToast } from '../../../ui/toast.tsx'
import { conflictOf } from '../conflict.ts'
import { customerOrdersQuery, editOrder } from '../orders.api.ts'
import { useTakeOver, useUndo } from '../use-own-changes.ts'
import { ConflictBanner } from './conflict-banner.tsx'
import classes from './options.module.css'
import { type OptionsDraft, optionChanges, optionsDraftOf } from './options.ts'

interface OptionsDialogProps {
  readonly order: Order
  readonly onClose: () => void
}

/** Changes how an order wants to be handed over; the change can be taken back as one. */
export const OptionsDialog = ({ order, onClose }: OptionsDialogProps) => {
  const { t } = useTranslation(['orders', 'common'])
  const [draft, setDraft] = useState(() => optionsDraftOf(order))
  const takeOver = useTakeOver()
  const undo = useUndo()
  const { mutate, isPending, error } = useMutation({
    mutationFn: (version: number) => editOrder(order.id, { version, ...optionChanges(order, draft) }),
    onSuccess: (edited) => {
      takeOver(edited)
      showToast({
        message: t('options.done', { number: edited.number }),
        ...(edited.undoEventId === null ? {} : { undo: () => void undo(edited) }),
      })
      onClose()
    },
  })
  const conflict = error instanceof ApiProblem ? conflictOf(error) : null
  const change = (changes: Partial<OptionsDraft>): void => setDraft({ ...draft, ...changes })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (Object.keys(optionChanges(order, draft)).length === 0) onClose()
    else mutate(order.version)
  }
  return (
    <Dialog opened onClose={onClose} title={t('options.dialog', { number: order.number })}>
      <form className={classes.form} onSubmit={submit}>
        {conflict && (
          <ConflictBanner
            conflict={conflict}
            onTheirs={() => {
              takeOver(conflict.current)
              onClose()
            }}
            onMine={() => mutate(conflict.current.version)}
          />
        )}
        {(['allowOpen', 'allowTry', 'fragile'] as const).map((name) => (
          <div key={name} className={classes.row}>
            <span id={`option-${name}`}>{t(`options.field.${name}`)}</span>
            <SegmentedControl
              aria-labelledby={`option-${name}`}
              data={[
                { value: 'yes', label: t('common:ui.yes') },
                { value: 'no', label: t('common:ui.no') },
                { value: '', label: t('options.unsaid') },
              ]}
              value={draft[name]}
              onChange={(value) => change({ [name]: value })}
            />
          </div>
        ))}
        <div className={classes.row}>
          <span id="option-deliverTo">{t('options.field.deliverTo')}</span>
          <SegmentedControl
            aria-labelledby="option-deliverTo"
            data={(['home', 'agency'] as const).map((value) => ({ value, label: t(`options.${value}`) }))}
            value={draft.deliverTo}
            onChange={(deliverTo) => change({ deliverTo })}
          />
        </div>
        <DayField
          label={t('options.field.shipNotBefore')}
          description={t('options.notBeforeHint')}
          value={draft.shipNotBefore}
          onChange={(shipNotBefore) => change({ shipNotBefore })}
        />
        <ExchangeField order={order} value={draft.exchangeOfOrderId} onChange={change} />
        {error && !conflict && <FormProblem code={problemCode(error)}>{problemText(error)}</FormProblem>}
        <div className={classes.foot}>
          <Button variant="quiet" onClick={onClose}>
            {t('common:ui.goBack')}
          </Button>
          <Button type="submit" variant="filled" pending={isPending}>
            {t('common:ui.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

interface ExchangeFieldProps {
  readonly order: Order
  readonly value: string
  readonly onChange: (change: Pick<OptionsDraft, 'exchangeOfOrderId'>) => void
}

/** The goods of an earlier order of the same customer come back at the door. */
const ExchangeField = ({ order, value, onChange }: ExchangeFieldProps) => {
  const { t } = useTranslation('orders')
  const { data } = useQuery(customerOrdersQuery(order.customer.id))
  const others = (data?.items ?? []).filter(({ id }) => id !== order.id)
  const known = others.some(({ id }) => id === value)
  return (
    <Select
      label={t('options.field.exchangeOfOrderId')}
      description={t(others.length === 0 ? 'options.exchangeNone' : 'options.exchangeHint')}
      placeholder={t('options.noExchange')}
      clearable
      data={[
        ...others.map(({ id, number }) => ({ value: id, label: `#${number}` })),
        ...(value === '' || known ? [] : [{ value, label: t('options.exchangeOther') }]),
      ]}
      value={value || null}
      disabled={others.length === 0 && value === ''}
      onChange={(exchangeOfOrderId) => onChange({ exchangeOfOrderId: exchangeOfOrderId ?? '' })}
    />
  )
}
