import { useDebouncedValue } from '@mantine/hooks'
import { parsePhone } from '@sendocki/domain/phone'
import { IconUserCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { searchQuery } from '../../../lib/search.ts'
import { Chip } from '../../../ui/chip.tsx'
import { Words } from '../../../ui/numbers.tsx'
import { customerOrdersQuery } from '../orders.api.ts'
import type { Draft } from './draft.ts'
import classes from './form.module.css'
import type { OrderFormFields } from './use-order-form.ts'

/** The customer behind a phone that is typed whole, and what is known of them. */
const useKnownCustomer = (typed: string) => {
  const [phone] = useDebouncedValue(typed.trim(), 150)
  const e164 = phone === '' ? null : parsePhone(phone).e164
  const { data: found } = useQuery({ ...searchQuery(e164 ?? ''), enabled: e164 !== null })
  const customer = e164 === null ? undefined : found?.customers.find(({ phone }) => phone === null || phone === e164)
  const { data: orders } = useQuery({ ...customerOrdersQuery(customer?.id ?? ''), enabled: customer !== undefined })
  return { customer, orders: customer ? orders?.items : undefined }
}

/** The draft with what the last order said, where nothing was typed. */
export const filledFrom = (
  draft: Draft,
  name: string,
  last: { shippingAddress: Record<string, unknown> } | undefined,
): Draft => {
  const { city, cityText, district, line, landmark } = (last?.shippingAddress ?? {}) as {
    city?: { name: string } | null
    cityText?: string | null
    district?: string | null
    line?: string | null
    landmark?: string | null
  }
  const address = draft.shippingAddress
  const untouched = Object.values(address).every((value) => value.trim() === '')
  return {
    ...draft,
    customer: { ...draft.customer, name: draft.customer.name.trim() === '' ? name : draft.customer.name },
    shippingAddress: untouched
      ? { city: city?.name ?? cityText ?? '', district: district ?? '', line: line ?? '', landmark: landmark ?? '' }
      : address,
  }
}

/** Who it is, as soon as the phone says so; name and last address are filled in where nothing was typed. */
export const KnownCustomer = ({ form }: { form: OrderFormFields }) => {
  const { t } = useTranslation('orders')
  const { customer, orders } = useKnownCustomer(form.values.customer.phone)
  const last = orders?.[0]
  const filledFor = useRef<string | null>(null)
  useEffect(() => {
    // Once for each customer that the phone leads to: what is typed afterwards stays.
    if (!customer || !orders || filledFor.current === customer.id) return
    filledFor.current = customer.id
    const [latest] = orders
    form.setValues(filledFrom(form.getValues(), latest?.customer.name ?? customer.name, latest))
  }, [customer, orders, form])
  if (!customer) return null
  return (
    <p className={classes.known} aria-live="polite">
      <Chip tone="ok" icon={<IconUserCheck size={14} stroke={1.75} aria-hidden />}>
        {t('form.known')}
      </Chip>
      <Words>{last?.customer.name ?? customer.name}</Words>
      {orders && <span>{t('form.knownOrders', { count: orders.length })}</span>}
    </p>
  )
}
