import { Select, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { WhatsAppNumber } from '@sendocki/domain/whatsapp/number'
import {
  bodyFault,
  placesIn,
  type TemplateCategory,
  type TemplateField,
  type TemplateLanguage,
  templateCategories,
  templateFields,
  templateLanguages,
} from '@sendocki/domain/whatsapp/template'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { filled } from '../../lib/checks.ts'
import { fieldText, problemCode, problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { showToast } from '../../ui/toast.tsx'
import { Foot } from './number-form.tsx'
import { TemplateBubble } from './template-bubble.tsx'
import { createTemplate, whatsappKeys } from './whatsapp.api.ts'
import classes from './whatsapp.module.css'

const buttonPlaces = [0, 1, 2] as const

interface Values {
  numberId: string
  name: string
  language: TemplateLanguage
  category: TemplateCategory
  header: string
  body: string
  footer: string
  buttons: string[]
  variables: TemplateField[]
}

/** The values of the variables that the text has, in their order; a new one begins with the next field. */
const variablesFor = (body: string, variables: readonly TemplateField[]): TemplateField[] =>
  placesIn(body).map((_place, index) => variables[index] ?? templateFields[index % templateFields.length] ?? 'shop')

/** A template to hand in at Meta: words, values of the order, up to three buttons. */
export const NewTemplate = ({ numbers, onClose }: { numbers: readonly WhatsAppNumber[]; onClose: () => void }) => {
  const { t } = useTranslation('whatsapp')
  const queries = useQueryClient()
  const [key] = useState(() => crypto.randomUUID())
  const form = useForm<Values>({
    initialValues: {
      numberId: numbers[0]?.id ?? '',
      name: '',
      language: 'fr',
      category: 'utility',
      header: '',
      body: '',
      footer: '',
      buttons: ['', '', ''],
      variables: [],
    },
    validate: {
      name: (name) => filled(name) ?? (/^[a-z0-9_]{1,100}$/.test(name.trim()) ? null : fieldText('wrong_format')),
      body: (body, { variables }) => {
        const fault = bodyFault(body, variablesFor(body, variables))
        return filled(body) ?? (fault ? fieldText(fault) : null)
      },
    },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: ({ header, footer, buttons, body, variables, name, ...rest }) =>
      createTemplate(
        {
          ...rest,
          name: name.trim(),
          body: body.trim(),
          header: header.trim() || null,
          footer: footer.trim() || null,
          buttons: buttons.map((text) => text.trim()).filter(Boolean),
          variables: variablesFor(body, variables),
        },
        key,
      ),
    onDone: async () => {
      showToast({ message: t('templates.submitted') })
      onClose()
      await queries.invalidateQueries({ queryKey: whatsappKeys.templates })
    },
    textOf: problemText,
  })
  const values = form.getValues()
  const variables = variablesFor(values.body, values.variables)
  return (
    <Dialog opened onClose={onClose} title={t('templates.new')} size="lg">
      <form className={classes.form} onSubmit={submit} noValidate>
        <div className={classes.pair}>
          <Select
            label={t('templates.number')}
            data={numbers.map(({ id, name }) => ({ value: id, label: name }))}
            allowDeselect={false}
            {...form.getInputProps('numberId')}
          />
          <TextInput
            label={t('templates.name')}
            dir="ltr"
            maxLength={100}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <Select
            label={t('templates.language')}
            data={templateLanguages.map((value) => ({ value, label: t(`templates.languages.${value}`) }))}
            allowDeselect={false}
            {...form.getInputProps('language')}
          />
          <Select
            label={t('templates.categoryLabel')}
            data={templateCategories.map((value) => ({ value, label: t(`templates.category.${value}`) }))}
            allowDeselect={false}
            {...form.getInputProps('category')}
          />
        </div>
        <TextInput label={t('templates.header')} maxLength={60} dir="auto" {...form.getInputProps('header')} />
        <Textarea
          label={t('templates.body')}
          description={t('templates.bodyHint', { example: '{{1}}' })}
          maxLength={1024}
          minRows={4}
          rows={5}
          dir="auto"
          {...form.getInputProps('body')}
        />
        {variables.length > 0 && (
          <div className={classes.pair}>
            {variables.map((field, index) => (
              <Select
                key={index}
                label={t('templates.variable', { number: index + 1 })}
                data={templateFields.map((value) => ({ value, label: t(`templates.field.${value}`) }))}
                allowDeselect={false}
                value={field}
                onChange={(value) =>
                  form.setFieldValue(
                    'variables',
                    variables.map((known, place) =>
                      place === index ? ((value as TemplateField | null) ?? known) : known,
                    ),
                  )
                }
              />
            ))}
          </div>
        )}
        <div className={classes.pair}>
          {buttonPlaces.map((place) => (
            <TextInput
              key={place}
              label={t('templates.button', { number: place + 1 })}
              maxLength={20}
              dir="auto"
              {...form.getInputProps(`buttons.${place}`)}
            />
          ))}
        </div>
        <TextInput label={t('templates.footer')} maxLength={60} dir="auto" {...form.getInputProps('footer')} />
        {values.body.trim() !== '' && (
          <TemplateBubble
            template={{
              header: values.header.trim() || null,
              body: values.body,
              footer: values.footer.trim() || null,
              buttons: values.buttons.map((text) => text.trim()).filter(Boolean),
              variables,
            }}
          />
        )}
        {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
        <Foot action={t('templates.submit')} pending={pending} onClose={onClose} />
      </form>
    </Dialog>
  )
}
