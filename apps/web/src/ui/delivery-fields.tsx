import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type DeliveryName, deliveryNames, placeWords, saidWords } from './delivery.ts'
import classes from './delivery-fields.module.css'

interface DeliveryFieldsProps {
  readonly hint: string
  /** Set where the fields have just been asked for. */
  readonly focusFirst?: boolean
  readonly inputProps: (name: DeliveryName | 'deliverTo') => object
}

/** How a parcel is to be handed over, or nothing said: the same four questions wherever somebody may answer them. */
export const DeliveryFields = ({ hint, focusFirst = false, inputProps }: DeliveryFieldsProps) => {
  const { t } = useTranslation('common')
  return (
    <fieldset className={classes.delivery}>
      <legend>{t('delivery.title')}</legend>
      <p>{hint}</p>
      <div className={classes.grid}>
        {deliveryNames.map((name, index) => (
          <Select
            key={name}
            autoFocus={focusFirst && index === 0}
            size="md"
            label={t(`delivery.${name}`)}
            allowDeselect={false}
            data={saidWords.map((value) => ({ value, label: t(`delivery.${value}`) }))}
            {...inputProps(name)}
          />
        ))}
        <Select
          size="md"
          label={t('delivery.deliverTo')}
          allowDeselect={false}
          data={placeWords.map((value) => ({ value, label: t(`delivery.${value}`) }))}
          {...inputProps('deliverTo')}
        />
      </div>
    </fieldset>
  )
}
