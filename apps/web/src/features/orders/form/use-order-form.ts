import { useForm } from '@mantine/form'
import { ApiProblem } from '@sendocki/client/problem'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { i18n } from '../../../lib/i18n.ts'
import { fieldText, problemText } from '../../../lib/problem.ts'
import { type Draft, type DraftErrors, type DraftReading, draftPath } from './draft.ts'

type FieldFault = keyof typeof import('../../../messages/fr/orders.ts')['messages']['fault']

/** The sentence for what is wrong with a field of an order; words of all forms serve where orders have none. */
const useFaultText = (): ((code: string) => string) => {
  const { t } = useTranslation('orders')
  return (code) => (i18n.exists(`fault.${code}`, { ns: 'orders' }) ? t(`fault.${code as FieldFault}`) : fieldText(code))
}

/** Refusals that are about one field although the API names none. */
const fieldByRefusal: DraftErrors = {
  'order.phone_impossible': 'customer.phone',
  'order.masked_value': 'customer.phone',
  'order.city_unknown': 'shippingAddress.city',
  'order.deposit_above_total': 'deposit',
}

interface OrderForm<Body, Answer> {
  readonly initial: Draft
  readonly read: (draft: Draft) => DraftReading<Body>
  readonly send: (body: Body) => Promise<Answer>
  readonly onDone: (answer: Answer) => void
  /** Called with a refusal that no field can tell; true when it is told elsewhere. */
  readonly onRefused?: (problem: ApiProblem) => boolean
}

/** An order's form: checked by the API's own schema, sent once, each fault beside its field and the focus on the first. */
export const useOrderForm = <Body, Answer>({ initial, read, send, onDone, onRefused }: OrderForm<Body, Answer>) => {
  const faultText = useFaultText()
  const [problem, setProblem] = useState<unknown>(null)
  const form = useForm<Draft>({ initialValues: initial })

  const show = (errors: DraftErrors): void => {
    form.setErrors(Object.fromEntries(Object.entries(errors).map(([path, code]) => [path, faultText(code)])))
    const [first] = Object.keys(errors)
    if (first) form.getInputNode(first)?.focus()
  }
  const onError = (error: unknown): void => {
    if (!(error instanceof ApiProblem)) return setProblem(error)
    const { lines } = form.getValues()
    const own = fieldByRefusal[error.code]
    if (error.fields.length > 0)
      show(Object.fromEntries(error.fields.map(({ path, code }) => [draftPath(path, lines), code])))
    else if (own) form.setErrors({ [own]: problemText(error) })
    else if (!onRefused?.(error)) setProblem(error)
  }
  const { mutate, isPending } = useMutation({ mutationFn: send, onSuccess: onDone, onError })

  const submit = (event?: { preventDefault: () => void }): void => {
    event?.preventDefault()
    if (isPending) return
    setProblem(null)
    form.clearErrors()
    const reading = read(form.getValues())
    if (reading.ok) mutate(reading.body)
    else show(reading.errors)
  }
  return { form, submit, problem, pending: isPending, sendAgain: mutate }
}
export type OrderFormFields = ReturnType<typeof useForm<Draft>>
