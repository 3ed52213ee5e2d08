import { Textarea, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { displayPhone } from '../../../lib/format.ts'
import { IconButton } from '../../../ui/icon-button.tsx'
import { CityField } from './city-field.tsx'
import { type DraftLine, emptyLine, withLineToType } from './draft.ts'
import classes from './form.module.css'
import { ProductField } from './product-field.tsx'
import type { OrderFormFields } from './use-order-form.ts'

interface FieldsProps {
  readonly form: OrderFormFields
}

/** Who and where: the phone first, because it tells who it is. */
export const CustomerFields = ({
  form,
  underPhone,
  knownPhone = null,
}: FieldsProps & { readonly underPhone?: ReactNode; readonly knownPhone?: string | null }) => {
  const { t } = useTranslation('orders')
  return (
    <fieldset className={classes.fields}>
      <legend>{t('form.customer')}</legend>
      <div className={classes.pair}>
        <div>
          {knownPhone === null ? (
            <>
              <TextInput
                label={t('form.phone')}
                type="tel"
                dir="ltr"
                autoComplete="off"
                maxLength={60}
                autoFocus
                data-autofocus
                {...form.getInputProps('customer.phone')}
              />
              {underPhone}
            </>
          ) : (
            <TextInput label={t('form.phone')} type="tel" dir="ltr" readOnly value={displayPhone(knownPhone)} />
          )}
        </div>
        <TextInput
          label={t('form.name')}
          dir="auto"
          autoComplete="off"
          maxLength={120}
          {...form.getInputProps('customer.name')}
        />
      </div>
      <div className={classes.pair}>
        <CityField form={form} />
        <TextInput
          label={t('form.district')}
          dir="auto"
          autoComplete="off"
          maxLength={120}
          {...form.getInputProps('shippingAddress.district')}
        />
      </div>
      <TextInput
        label={t('form.line')}
        dir="auto"
        autoComplete="off"
        maxLength={300}
        {...form.getInputProps('shippingAddress.line')}
      />
    </fieldset>
  )
}

/** What is asked less often: second phone, e-mail, landmark. */
export const MoreCustomerFields = ({ form }: FieldsProps) => {
  const { t } = useTranslation('orders')
  return (
    <div className={classes.pair}>
      <TextInput
        label={t('form.alternatePhone')}
        type="tel"
        dir="ltr"
        autoComplete="off"
        maxLength={60}
        {...form.getInputProps('customer.alternatePhone')}
      />
      <TextInput
        label={t('form.email')}
        type="email"
        dir="ltr"
        autoComplete="off"
        maxLength={254}
        {...form.getInputProps('customer.email')}
      />
      <TextInput
        label={t('form.landmark')}
        dir="auto"
        autoComplete="off"
        maxLength={200}
        {...form.getInputProps('shippingAddress.landmark')}
      />
    </div>
  )
}

const LineRow = ({ form, at, removable }: FieldsProps & { readonly at: number; readonly removable: boolean }) => {
  const { t } = useTranslation('orders')
  const number = at + 1
  // Typing in the last line makes the next one appear.
  const change = (typed: Partial<DraftLine>) =>
    form.setFieldValue(
      'lines',
      withLineToType(form.values.lines.map((one, index) => (index === at ? { ...one, ...typed } : one))),
    )
  const input = (name: keyof DraftLine) => {
    const { onChange: _onChange, ...rest } = form.getInputProps(`lines.${at}.${name}`)
    return {
      ...rest,
      autoComplete: 'off',
      onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) => change({ [name]: currentTarget.value }),
    }
  }
  const line = form.values.lines[at] ?? emptyLine
  return (
    <div className={classes.line} role="group" aria-label={t('form.lineNumber', { number })}>
      <ProductField line={line} path={`lines.${at}.name`} error={form.errors[`lines.${at}.name`]} onChange={change} />
      <TextInput aria-label={t('form.quantity')} inputMode="numeric" dir="ltr" maxLength={4} {...input('quantity')} />
      <TextInput
        aria-label={t('form.unitPrice')}
        inputMode="decimal"
        dir="ltr"
        maxLength={20}
        {...input('unitPrice')}
      />
      {removable ? (
        <IconButton
          size="form"
          tabIndex={-1}
          label={t('form.removeLine', { number })}
          onClick={() =>
            form.setFieldValue('lines', withLineToType(form.values.lines.filter((_, index) => index !== at)))
          }
        >
          <IconTrash size={16} stroke={1.75} aria-hidden />
        </IconButton>
      ) : (
        <span />
      )}
    </div>
  )
}

export const LineFields = ({ form }: FieldsProps) => {
  const { t } = useTranslation('orders')
  const { lines } = form.values
  return (
    <fieldset className={classes.fields}>
      <legend>{t('form.lines')}</legend>
      <div className={classes.lineHead} aria-hidden>
        <span>{t('form.product')}</span>
        <span>{t('form.quantity')}</span>
        <span>{t('form.unitPrice')}</span>
      </div>
      {lines.map((_, at) => (
        // Lines have no identity of their own before they are stored.
        <LineRow key={at} form={form} at={at} removable={at < lines.length - 1} />
      ))}
    </fieldset>
  )
}

export const AmountFields = ({ form }: FieldsProps) => {
  const { t } = useTranslation('orders')
  const amount = (name: 'shippingFee' | 'discount' | 'deposit') => (
    <TextInput
      label={t(`form.${name}`)}
      inputMode="decimal"
      dir="ltr"
      autoComplete="off"
      maxLength={20}
      {...form.getInputProps(name)}
    />
  )
  return (
    <div className={classes.triple}>
      {amount('shippingFee')}
      {amount('discount')}
      {amount('deposit')}
    </div>
  )
}

export const NoteArea = ({ form }: FieldsProps) => {
  const { t } = useTranslation('orders')
  return (
    <Textarea
      label={t('form.note')}
      dir="auto"
      autosize
      minRows={1}
      maxRows={5}
      maxLength={2000}
      {...form.getInputProps('note')}
    />
  )
}
