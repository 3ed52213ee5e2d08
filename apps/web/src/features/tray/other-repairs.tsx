import { TextInput } from '@mantine/core'
import { acceptableReasons } from '@sendocki/domain/orders/states'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { Button } from '../../ui/button.tsx'
import { centimesIn } from './lines-repair.tsx'
import { RepairCard, type RepairProps } from './repair-card.tsx'
import classes from './tray.module.css'

/** An order in another currency: what it is worth in dirhams, said by a person. */
export const AmountRepair = ({ order, repair, pending }: RepairProps) => {
  const { t } = useTranslation(['tray', 'orders'])
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const totalCentimes = centimesIn(typed)
  useShortcuts([{ keys: 'm', label: t('amount.label'), run: () => field.current?.focus() }])
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (totalCentimes !== null && !pending) repair({ totalCentimes })
    else field.current?.focus()
  }
  return (
    <RepairCard title={t('amount.title')} hint={t('orders:money.foreign', { currency: order.sourceCurrency })}>
      <form onSubmit={submit} className={classes.inline} noValidate>
        <TextInput
          ref={field}
          size="md"
          label={t('amount.label')}
          inputMode="decimal"
          dir="ltr"
          autoComplete="off"
          maxLength={20}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Button
          type="submit"
          variant="filled"
          size="form"
          keyHint="Enter"
          pending={pending}
          disabled={totalCentimes === null}
        >
          {t('save')}
        </Button>
      </form>
    </RepairCard>
  )
}

/** What a person may overrule: the order is meant, whatever the shop says of it. */
export const AcceptRepair = ({ order, repair, pending }: RepairProps) => {
  const { t } = useTranslation(['tray', 'orders'])
  const reasons = acceptableReasons.filter((reason) => order.toComplete.includes(reason))
  const accept = (): void => {
    if (!pending) repair({ accept: reasons })
  }
  useShortcuts([{ keys: 'v', label: t('accept.action'), run: accept }])
  return (
    <RepairCard title={t('accept.title')} hint={reasons.map((reason) => t(`orders:incompleteWhy.${reason}`)).join(' ')}>
      <div>
        <Button size="form" keyHint="v" pending={pending} onClick={accept}>
          {t('accept.action')}
        </Button>
      </div>
    </RepairCard>
  )
}
