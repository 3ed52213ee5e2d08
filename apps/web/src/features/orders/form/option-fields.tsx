import type { CreateOrder } from '@sendocki/domain/orders/order'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { DayField } from '../../../ui/day-field.tsx'
import { type DeliveryValues, deliveryOf, deliveryValues } from '../../../ui/delivery.ts'
import { DeliveryFields } from '../../../ui/delivery-fields.tsx'
import classes from './form.module.css'

/** What a new order asks of its handover; what is left unsaid its products and its store may say. */
export type OptionsAsked = DeliveryValues & { readonly shipNotBefore: string }
export const nothingAsked: OptionsAsked = { ...deliveryValues(), shipNotBefore: '' }

/** The part of the body of a new order: what was not said is not sent. */
export const askedOf = ({ shipNotBefore, ...delivery }: OptionsAsked): Partial<CreateOrder> =>
  Object.fromEntries(
    Object.entries({ ...deliveryOf(delivery), shipNotBefore: shipNotBefore || null }).filter(
      ([, value]) => value !== null,
    ),
  )

interface OptionFieldsProps {
  readonly value: OptionsAsked
  readonly onChange: (value: OptionsAsked) => void
}

/** One line until somebody has something to say. */
export const OptionFields = ({ value, onChange }: OptionFieldsProps) => {
  const { t } = useTranslation(['orders', 'common'])
  const [opened, setOpened] = useState(false)
  if (!opened)
    return (
      <div className={classes.more}>
        <Button variant="quiet" onClick={() => setOpened(true)}>
          {t('common:delivery.title')}
        </Button>
      </div>
    )
  return (
    <>
      <DeliveryFields
        hint={t('form.optionsHint')}
        focusFirst
        inputProps={(name) => ({
          value: value[name],
          onChange: (word: string | null) => onChange({ ...value, [name]: word ?? 'unsaid' }),
        })}
      />
      <DayField
        label={t('options.field.shipNotBefore')}
        description={t('options.notBeforeHint')}
        value={value.shipNotBefore}
        onChange={(shipNotBefore) => onChange({ ...value, shipNotBefore })}
      />
    </>
  )
}
