import { Radio, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { failureReasons, type SettleDelivery, type Stop } from '@sendocki/domain/deliveries/route'
import { parseMoney } from '@sendocki/domain/money'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { filled } from '../../lib/checks.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { isUnheard } from '../../lib/use-outbox.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { useFormats } from '../../ui/formats.ts'
import { showToast } from '../../ui/toast.tsx'
import { routeQuery, settleDelivery, undoDelivery } from './deliveries.api.ts'
import classes from './deliveries.module.css'
import type { WaitingStops } from './use-waiting.ts'

interface SheetProps {
  readonly stop: Stop
  readonly waiting: WaitingStops
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Sends what was said at the door, or keeps it until there is a network: either way the driver goes on. */
const useSettling = ({ stop, waiting, onDone }: SheetProps) => {
  const { t } = useTranslation('deliveries')
  const queries = useQueryClient()
  const [key] = useState(() => crypto.randomUUID())
  const { parcelId, version, orderNumber: number } = stop
  const readAgain = () => queries.invalidateQueries({ queryKey: ['parcel'] })
  const undo = async (): Promise<void> => {
    try {
      queries.setQueryData(routeQuery.queryKey, await undoDelivery(parcelId))
      showToast({ message: t('undone', { number }) })
    } catch (error) {
      showToast({ message: problemText(error), tone: 'refused' })
    }
    await readAgain()
  }
  /** Whether it has arrived. */
  const send = async (said: Omit<SettleDelivery, 'version' | 'at'>): Promise<boolean> => {
    const body = { ...said, version, at: new Date().toISOString() }
    try {
      await settleDelivery(parcelId, body, key)
      return true
    } catch (problem) {
      if (!isUnheard(problem)) throw problem
      // It may have arrived, its answer lost: the same words under the same key are then answered, not counted, again.
      waiting.add({ key, parcelId, number, body })
      return false
    }
  }
  const done = (outcome: SettleDelivery['outcome'], arrived: boolean): void => {
    const takeBack = arrived ? () => void undo() : () => waiting.drop(key)
    showToast({ message: t(arrived ? `said.${outcome}` : 'waiting.kept', { number }), undo: takeBack })
    if (arrived) void readAgain()
    onDone()
  }
  return { send, done }
}

/** The amount as a driver types it, in dirhams. */
const typedAmount = (centimes: number): string => {
  const rest = centimes % 100
  return `${Math.trunc(centimes / 100)}${rest === 0 ? '' : `,${String(rest).padStart(2, '0')}`}`
}

const readAmount = (text: string): number | null => {
  const money = parseMoney(text.trim(), { decimalSign: text.includes('.') ? '.' : ',' })
  return money.ok && money.centimes >= 0 ? money.centimes : null
}

/** The amount that the buyer paid; another than was to be collected wants a word. */
export const DeliverSheet = (props: SheetProps) => {
  const { t } = useTranslation('deliveries')
  const { stop, onClose } = props
  const { money } = useFormats()
  const { send, done } = useSettling(props)
  const { number, unit, unitFirst } = money(stop.codAmountCentimes, 'auto')
  const form = useForm({
    initialValues: { amount: typedAmount(stop.codAmountCentimes), note: '' },
    validate: {
      amount: (text) => (readAmount(text) === null ? t('deliver.amountWrong') : null),
      note: (note, { amount }) =>
        readAmount(amount) !== stop.codAmountCentimes && note.trim() === '' ? t('deliver.differs') : null,
    },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: ({ amount, note }) =>
      send({
        outcome: 'delivered',
        collectedCentimes: readAmount(amount) ?? stop.codAmountCentimes,
        ...(note.trim() === '' ? {} : { note: note.trim() }),
      }),
    onDone: (arrived) => done('delivered', arrived),
    textOf: problemText,
  })
  const differs = readAmount(form.values.amount) !== stop.codAmountCentimes
  return (
    <Dialog opened onClose={onClose} title={t('deliver.title', { name: stop.customerName ?? '–' })}>
      <form className={classes.sheet} onSubmit={submit} noValidate>
        <TextInput
          label={t('deliver.amount')}
          description={t('deliver.amountHint', { amount: unitFirst ? `${unit} ${number}` : `${number} ${unit}` })}
          dir="ltr"
          inputMode="decimal"
          autoComplete="off"
          maxLength={14}
          data-autofocus
          {...form.getInputProps('amount')}
        />
        {differs && (
          <Textarea
            label={t('deliver.note')}
            dir="auto"
            maxLength={300}
            autosize
            minRows={2}
            {...form.getInputProps('note')}
          />
        )}
        {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
        <Button type="submit" variant="filled" size="thumb" block pending={pending}>
          {t('deliver.confirm')}
        </Button>
      </form>
    </Dialog>
  )
}

/** Why a parcel comes back from the door. */
export const FailSheet = (props: SheetProps) => {
  const { t } = useTranslation('deliveries')
  const { stop, onClose } = props
  const { send, done } = useSettling(props)
  const form = useForm({ initialValues: { reason: '', note: '' }, validate: { reason: filled } })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: ({ reason, note }) => {
      const known = failureReasons.find((one) => one === reason)
      return send({
        outcome: 'failed',
        ...(known ? { reason: known } : {}),
        ...(note.trim() === '' ? {} : { note: note.trim() }),
      })
    },
    onDone: (arrived) => done('failed', arrived),
    textOf: problemText,
  })
  return (
    <Dialog opened onClose={onClose} title={t('fail.title', { name: stop.customerName ?? '–' })}>
      <form className={classes.sheet} onSubmit={submit} noValidate>
        <Radio.Group label={t('fail.why')} {...form.getInputProps('reason')}>
          <div>
            {failureReasons.map((reason) => (
              <Radio key={reason} value={reason} label={t(`fail.reason.${reason}`)} className={classes.reason ?? ''} />
            ))}
          </div>
        </Radio.Group>
        <Textarea
          label={t('fail.note')}
          dir="auto"
          maxLength={300}
          autosize
          minRows={2}
          {...form.getInputProps('note')}
        />
        {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
        <Button type="submit" variant="filled" size="thumb" block pending={pending}>
          {t('fail.confirm')}
        </Button>
      </form>
    </Dialog>
  )
}
