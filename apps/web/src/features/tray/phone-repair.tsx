import { TextInput } from '@mantine/core'
import { parsePhone } from '@sendocki/domain/phone'
import { formatPhone } from '@sendocki/domain/phone-format'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { Button } from '../../ui/button.tsx'
import { Phone } from '../../ui/numbers.tsx'
import { RepairCard, type RepairProps } from './repair-card.tsx'
import classes from './tray.module.css'

/** The phone, typed as it comes; what it is read as is said while it is typed. */
export const PhoneRepair = ({ order, repair, pending }: RepairProps) => {
  const { t } = useTranslation(['tray', 'orders'])
  const field = useRef<HTMLInputElement>(null)
  const { phoneText, phoneMasked } = order.customer
  const [typed, setTyped] = useState(phoneMasked ? '' : (phoneText ?? ''))
  // It is the first thing to do: typing goes straight into it.
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  useShortcuts([{ keys: 'd', label: t('phone.title'), run: () => field.current?.focus() }])
  const reading = typed.trim() === '' ? null : parsePhone(typed)
  const usable = reading !== null && reading.e164 !== null
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (usable && !pending) repair({ phone: typed.trim() })
    else field.current?.focus()
  }
  return (
    <RepairCard
      title={t('phone.title')}
      hint={phoneText === null ? t('orders:incompleteWhy.phone_missing') : t('phone.written', { text: phoneText })}
    >
      <form onSubmit={submit} className={classes.inline} noValidate>
        <TextInput
          ref={field}
          size="md"
          type="tel"
          dir="ltr"
          label={t('phone.label')}
          autoComplete="off"
          maxLength={60}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur()
          }}
        />
        <Button type="submit" variant="filled" size="form" keyHint="Enter" pending={pending} disabled={!usable}>
          {t('save')}
        </Button>
      </form>
      <p className={classes.reading} data-verdict={reading?.verdict} aria-live="polite">
        {reading?.verdict === 'impossible' && t(`orders:fault.phone_${reading.reason}`)}
        {reading !== null && reading.e164 !== null && (
          <>
            {t(`phone.${reading.verdict}`)} <Phone phone={formatPhone(reading.e164)} />
          </>
        )}
      </p>
    </RepairCard>
  )
}
