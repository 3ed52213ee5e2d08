import { Autocomplete } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from '../../../lib/i18n.ts'
import { placesQuery } from '../../../lib/places.ts'
import { Button } from '../../../ui/button.tsx'
import classes from './form.module.css'
import type { OrderFormFields } from './use-order-form.ts'

const path = 'shippingAddress.city'

/**
 * The city as it is typed in any of three spellings, with the cities it may mean. What is not surely one of them is
 * asked about and never guessed.
 */
export const CityField = ({ form }: { form: OrderFormFields }) => {
  const { t } = useTranslation('orders')
  const language = currentLanguage()
  const { data: places } = useQuery(placesQuery)
  const typed = form.values.shippingAddress.city
  const meant = typed.trim() === '' ? undefined : places?.resolveCity(typed)
  const asked = meant?.kind === 'suggested' ? meant.candidates.slice(0, 3) : []
  const suggested = places?.suggestCities(typed).map((city) => city[language]) ?? []
  return (
    <div>
      <Autocomplete
        size="md"
        label={t('form.city')}
        dir="auto"
        data={[...new Set(suggested)]}
        filter={({ options }) => options}
        selectFirstOptionOnChange
        autoComplete="off"
        maxLength={120}
        required
        withAsterisk={false}
        {...form.getInputProps(path)}
      />
      {asked.length > 0 && (
        <p className={classes.asked}>
          {t('form.cityAsked')}{' '}
          {asked.map(({ city }) => (
            <Button key={city.id} size="small" onClick={() => form.setFieldValue(path, city[language])}>
              {city[language]}
            </Button>
          ))}
        </p>
      )}
      {meant?.kind === 'none' && typed.trim().length > 2 && <p className={classes.asked}>{t('form.cityNone')}</p>}
    </div>
  )
}
