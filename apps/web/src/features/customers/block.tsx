import { Radio, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { type BlockMode, blockModes } from '@sendocki/domain/customers/block'
import type { Customer } from '@sendocki/domain/customers/customer'
import { addDays, dayOf, startOfDay } from '@sendocki/domain/time'
import { IconBan } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { filled } from '../../lib/checks.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { Button } from '../../ui/button.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { Words } from '../../ui/numbers.tsx'
import { showToast } from '../../ui/toast.tsx'
import { When } from '../../ui/when.tsx'
import { blockCustomer, unblockCustomer } from './customers.api.ts'
import classes from './customers.module.css'
import { useTakeOver } from './use-take-over.ts'

/** Why their orders are held up, by whom and until when. */
export const BlockBanner = ({ customer: { block } }: { customer: Customer }) => {
  const { t } = useTranslation('customers')
  if (block === null) return null
  return (
    <section className={classes.blocked}>
      <IconBan size={16} stroke={1.75} aria-hidden />
      <div>
        <strong>{t(`block.why.${block.mode}`)}</strong>
        <p>
          <Words>{block.reason}</Words>
        </p>
        <p className={classes.hint}>
          {block.by !== null && <Words>{block.by}</Words>} <When instant={block.at} />
          {block.until !== null && (
            <>
              {' · '}
              {t('block.ends')} <When instant={block.until} />
            </>
          )}
        </p>
      </div>
    </section>
  )
}

/** Blocks with a reason; unblocks at once, which can be taken back. */
export const BlockButton = ({ customer }: { customer: Customer }) => {
  const { t } = useTranslation('customers')
  const [asking, setAsking] = useState(false)
  const takeOver = useTakeOver()
  const { id, name, block } = customer
  const again = useMutation({
    mutationFn: (was: NonNullable<Customer['block']>) =>
      blockCustomer(id, { mode: was.mode, reason: was.reason, until: was.until }),
    onSuccess: takeOver,
    onError: (problem) => showToast({ tone: 'refused', message: problemText(problem) }),
  })
  const lift = useMutation({
    mutationFn: () => unblockCustomer(id),
    onSuccess: async (free) => {
      showToast({ message: t('block.lifted', { name }), ...(block ? { undo: () => again.mutate(block) } : {}) })
      await takeOver(free)
    },
    onError: (problem) => showToast({ tone: 'refused', message: problemText(problem) }),
  })
  if (block !== null)
    return (
      <Button pending={lift.isPending} onClick={() => lift.mutate()}>
        {t('block.lift')}
      </Button>
    )
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('block.action')}</Button>
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t('block.of', { name })}>
        <BlockForm customer={customer} onDone={() => setAsking(false)} />
      </Dialog>
    </>
  )
}

interface BlockDraft {
  readonly mode: BlockMode
  readonly reason: string
  /** The last day on which it holds; empty for good. */
  readonly lastDay: string
}

const BlockForm = ({ customer: { id, name }, onDone }: { customer: Customer; onDone: () => void }) => {
  const { t } = useTranslation('customers')
  const takeOver = useTakeOver()
  const form = useForm<BlockDraft>({
    initialValues: { mode: 'cod', reason: '', lastDay: '' },
    validate: { reason: filled },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: ({ mode, reason, lastDay }) =>
      blockCustomer(id, {
        mode,
        reason: reason.trim(),
        until: lastDay === '' ? null : startOfDay(addDays(lastDay, 1)),
      }),
    onDone: async (customer) => {
      showToast({ message: t('block.done', { name }) })
      onDone()
      await takeOver(customer)
    },
    textOf: problemText,
  })
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <p className={classes.hint}>{t('block.effect')}</p>
      <Radio.Group label={t('block.what')} {...form.getInputProps('mode')}>
        <div className={classes.radios}>
          {blockModes.map((mode) => (
            <Radio key={mode} value={mode} label={t(`block.mode.${mode}`)} />
          ))}
        </div>
      </Radio.Group>
      <TextInput
        label={t('block.reason')}
        dir="auto"
        autoComplete="off"
        maxLength={300}
        data-autofocus
        {...form.getInputProps('reason')}
      />
      <DayField
        label={t('block.until')}
        description={t('block.untilHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        min={dayOf(new Date())}
        {...form.getInputProps('lastDay')}
      />
      {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
      <div className={classes.actions}>
        <Button type="submit" variant="danger" size="form" pending={pending}>
          {t('block.action')}
        </Button>
      </div>
    </form>
  )
}
