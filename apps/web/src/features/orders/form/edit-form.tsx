import type { Order } from '@sendocki/domain/orders/order'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../../lib/problem.ts'
import { Button } from '../../../ui/button.tsx'
import { FormProblem } from '../../../ui/form-problem.tsx'
import { showToast } from '../../../ui/toast.tsx'
import { type Conflict, conflictOf } from '../conflict.ts'
import { editOrder } from '../orders.api.ts'
import { ConflictBanner } from '../panel/conflict-banner.tsx'
import { useTakeOver } from '../use-own-changes.ts'
import { draftOf, readChanges, withLineToType } from './draft.ts'
import classes from './form.module.css'
import { AmountFields, CustomerFields, LineFields, MoreCustomerFields, NoteArea } from './order-fields.tsx'
import { TotalsLine } from './totals-line.tsx'
import { useOrderForm } from './use-order-form.ts'

/** Changes customer, address, lines and amounts; only what was touched is sent. */
export const EditForm = ({ order, onClose }: { order: Order; onClose: () => void }) => {
  const { t } = useTranslation(['orders', 'common'])
  const takeOver = useTakeOver()
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const draft = draftOf(order)
  const { form, submit, problem, pending, sendAgain } = useOrderForm({
    initial: { ...draft, lines: withLineToType(draft.lines) },
    read: (typed) => readChanges(order, typed),
    send: (body) => editOrder(order.id, body),
    onDone: (edited) => {
      takeOver(edited)
      showToast({ message: t('edit.done', { number: edited.number }) })
      onClose()
    },
    onRefused: (refusal) => {
      const found = conflictOf(refusal)
      setConflict(found)
      return found !== null
    },
  })
  const takeMine = (current: Order): void => {
    const reading = readChanges(order, form.getValues())
    setConflict(null)
    if (reading.ok) sendAgain({ ...reading.body, version: current.version })
  }
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {conflict && (
        <ConflictBanner
          conflict={conflict}
          onTheirs={() => {
            takeOver(conflict.current)
            onClose()
          }}
          onMine={() => takeMine(conflict.current)}
        />
      )}
      {order.customer.phoneMasked && <p className={classes.hint}>{t('edit.masked')}</p>}
      <CustomerFields form={form} />
      <MoreCustomerFields form={form} />
      <LineFields form={form} />
      <AmountFields form={form} />
      <NoteArea form={form} />
      {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
      <div className={classes.foot}>
        <TotalsLine draft={form.values} />
        <Button variant="quiet" size="form" onClick={onClose}>
          {t('common:ui.goBack')}
        </Button>
        <Button type="submit" variant="filled" size="form" pending={pending}>
          {t('common:ui.save')}
        </Button>
      </div>
    </form>
  )
}
