import { Select } from '@mantine/core'
import type { DeliveryDefaults } from '@sendocki/domain/orders/options'
import { useTranslation } from 'react-i18next'
import classes from './stores.module.css'

const names = ['allowOpen', 'allowTry', 'fragile'] as const
type Name = (typeof names)[number]
type Word = 'yes' | 'no' | 'unsaid'
const words: readonly Word[] = ['unsaid', 'yes', 'no']

export type DeliveryValues = Readonly<Record<Name, Word>> & { readonly deliverTo: 'home' | 'agency' }

const wordOf = (value: boolean | null | undefined): Word => (value == null ? 'unsaid' : value ? 'yes' : 'no')
const valueOf = (word: Word): boolean | null => (word === 'unsaid' ? null : word === 'yes')

/** A store's defaults as they are chosen. */
export const deliveryValues = (delivery: DeliveryDefaults = {}): DeliveryValues => ({
  allowOpen: wordOf(delivery.allowOpen),
  allowTry: wordOf(delivery.allowTry),
  fragile: wordOf(delivery.fragile),
  deliverTo: delivery.deliverTo ?? 'home',
})

export const deliveryOf = ({ allowOpen, allowTry, fragile, deliverTo }: DeliveryValues): DeliveryDefaults => ({
  allowOpen: valueOf(allowOpen),
  allowTry: valueOf(allowTry),
  fragile: valueOf(fragile),
  deliverTo,
})

interface DeliveryFieldsProps {
  readonly inputProps: (name: Name | 'deliverTo') => object
}

/** What is asked of every order of a store that does not say otherwise. */
export const DeliveryFields = ({ inputProps }: DeliveryFieldsProps) => {
  const { t } = useTranslation('stores')
  return (
    <fieldset className={classes.delivery}>
      <legend>{t('delivery.title')}</legend>
      <p>{t('delivery.hint')}</p>
      <div className={classes.deliveryGrid}>
        {names.map((name) => (
          <Select
            key={name}
            size="md"
            label={t(`delivery.${name}`)}
            allowDeselect={false}
            data={words.map((value) => ({ value, label: t(`delivery.${value}`) }))}
            {...inputProps(name)}
          />
        ))}
        <Select
          size="md"
          label={t('delivery.deliverTo')}
          allowDeselect={false}
          data={(['home', 'agency'] as const).map((value) => ({ value, label: t(`delivery.${value}`) }))}
          {...inputProps('deliverTo')}
        />
      </div>
    </fieldset>
  )
}
