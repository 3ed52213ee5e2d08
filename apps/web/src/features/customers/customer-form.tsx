import { Autocomplete, Radio, TagsInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { type Customer, type EditCustomer, tagsMax } from '@sendocki/domain/customers/customer'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { filled } from '../../lib/checks.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { placesQuery, useCityName } from '../../lib/places.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { Button } from '../../ui/button.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { showToast } from '../../ui/toast.tsx'
import { customerKeys, editCustomer } from './customers.api.ts'
import classes from './customers.module.css'
import { type CustomerDraft, consents, draftOf, editOf } from './draft.ts'

interface FormProps {
  readonly customer: Customer
  readonly onDone: () => void
}

/** What is known of a customer and can be put right; the phone is who they are. Orders keep what each was given. */
export const CustomerForm = ({ customer, onDone }: FormProps) => {
  const { t } = useTranslation(['customers', 'common'])
  const queries = useQueryClient()
  const language = currentLanguage()
  const { data: places } = useQuery(placesQuery)
  const cityName = useCityName()
  const { city, cityText } = customer.address
  const initial = draftOf(customer, city ? cityName(city) : (cityText ?? ''))
  const form = useForm<CustomerDraft>({ initialValues: initial, validate: { name: filled } })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: (draft): Promise<Customer> => {
      const edit: EditCustomer = { version: customer.version, ...editOf(draft, initial) }
      return editCustomer(customer.id, edit)
    },
    onDone: async (changed) => {
      queries.setQueryData(customerKeys.one(changed.id), changed)
      showToast({ message: t('saved', { name: changed.name }) })
      onDone()
      await queries.invalidateQueries({ queryKey: customerKeys.all })
    },
    textOf: problemText,
  })
  const cities = places?.suggestCities(form.values.city).map((one) => one[language]) ?? []
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput label={t('column.name')} dir="auto" maxLength={120} data-autofocus {...form.getInputProps('name')} />
      <div className={classes.pair}>
        {!customer.phoneMasked && (
          <TextInput
            label={t('form.alternatePhone')}
            type="tel"
            dir="ltr"
            maxLength={60}
            {...form.getInputProps('alternatePhone')}
          />
        )}
        <TextInput label={t('form.email')} type="email" dir="ltr" maxLength={254} {...form.getInputProps('email')} />
      </div>
      <TextInput label={t('form.line')} dir="auto" maxLength={300} {...form.getInputProps('line')} />
      <div className={classes.pair}>
        <Autocomplete
          label={t('form.city')}
          dir="auto"
          data={[...new Set(cities)]}
          filter={({ options }) => options}
          autoComplete="off"
          maxLength={120}
          {...form.getInputProps('city')}
        />
        <TextInput label={t('form.district')} dir="auto" maxLength={120} {...form.getInputProps('district')} />
      </div>
      <TagsInput label={t('form.tags')} maxTags={tagsMax} maxLength={40} {...form.getInputProps('tags')} />
      <Radio.Group label={t('consent.label')} {...form.getInputProps('consent')}>
        <div className={classes.radios}>
          {consents.map((one) => (
            <Radio key={one} value={one} label={t(`consent.${one}`)} />
          ))}
        </div>
      </Radio.Group>
      {form.values.consent !== 'unknown' && (
        <TextInput label={t('consent.source')} dir="auto" maxLength={120} {...form.getInputProps('source')} />
      )}
      {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
      <div className={classes.actions}>
        <Button type="submit" variant="filled" size="form" pending={pending}>
          {t('common:ui.save')}
        </Button>
      </div>
    </form>
  )
}
