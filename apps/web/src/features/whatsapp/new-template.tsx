import { SegmentedControl, Select, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { WhatsAppNumber } from '@sendocki/domain/whatsapp/number'
import {
  type CreateWhatsAppTemplate,
  type TemplateCategory,
  type TemplateLanguage,
  templateCategories,
  templateLanguages,
} from '@sendocki/domain/whatsapp/template'
import { bodyFault, type TemplateField } from '@sendocki/domain/whatsapp/variables'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { filled } from '../../lib/checks.ts'
import { fieldText, problemCode, problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { showToast } from '../../ui/toast.tsx'
import { carouselGap, type DraftCarousel, emptyCarousel, newCardsOf, shownCardsOf } from './carousel-draft.ts'
import { CarouselFields } from './carousel-fields.tsx'
import { Foot } from './number-form.tsx'
import { TemplateBubble } from './template-bubble.tsx'
import { VariableFields } from './variable-fields.tsx'
import { variablesFor } from './variables.ts'
import { createTemplate, whatsappKeys } from './whatsapp.api.ts'
import classes from './whatsapp.module.css'

/** One message with buttons, or a text with cards under it. */
const shapes = ['message', 'carousel'] as const
type Shape = (typeof shapes)[number]

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
  shape: Shape
  carousel: DraftCarousel
}

/** What is handed in: of a carousel nothing but its text and its cards, always as advertising. */
const wantedOf = ({ shape, carousel, header, footer, buttons, ...values }: Values): CreateWhatsAppTemplate => {
  const { numberId, language, category } = values
  const texts = {
    ...{ numberId, language, name: values.name.trim(), body: values.body.trim() },
    variables: variablesFor(values.body, values.variables),
  }
  if (shape === 'carousel') return { ...texts, category: 'marketing', cards: newCardsOf(carousel) }
  return {
    ...{ ...texts, category, header: header.trim() || null, footer: footer.trim() || null },
    buttons: buttons.map((text) => text.trim()).filter(Boolean),
  }
}

/** The template as it lies in the buyer's WhatsApp, as far as it is written. */
const shownOf = ({ shape, carousel, body, ...values }: Values, variables: TemplateField[]) =>
  shape === 'carousel'
    ? { header: null, body, footer: null, buttons: [], cards: shownCardsOf(carousel), variables }
    : {
        ...{ header: values.header.trim() || null, body, footer: values.footer.trim() || null, variables },
        ...{ buttons: values.buttons.map((text) => text.trim()).filter(Boolean), cards: [] },
      }

/** A template to hand in at Meta: words, values of the order, and up to three buttons or cards with their own. */
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
      shape: 'message',
      carousel: emptyCarousel,
    },
    validate: {
      name: (name) => filled(name) ?? (/^[a-z0-9_]{1,100}$/.test(name.trim()) ? null : fieldText('wrong_format')),
      body: (body, { variables }) => {
        const fault = bodyFault({ body, variables: variablesFor(body, variables) })
        return filled(body) ?? (fault ? fieldText(fault) : null)
      },
      carousel: (carousel, { shape }) => (shape === 'carousel' && carouselGap(carousel) ? true : null),
    },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: (values) => createTemplate(wantedOf(values), key),
    onDone: async () => {
      showToast({ message: t('templates.submitted') })
      onClose()
      await queries.invalidateQueries({ queryKey: whatsappKeys.templates })
    },
    textOf: problemText,
  })
  const values = form.getValues()
  const variables = variablesFor(values.body, values.variables)
  const isCarousel = values.shape === 'carousel'
  return (
    <Dialog opened onClose={onClose} title={t('templates.new')} size="lg">
      <form className={classes.form} onSubmit={submit} noValidate>
        <SegmentedControl
          aria-label={t('cards.shape')}
          data={shapes.map((value) => ({ value, label: t(`cards.shapes.${value}`) }))}
          {...form.getInputProps('shape')}
        />
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
          {isCarousel ? (
            <p className={classes.hint}>{t('cards.marketing')}</p>
          ) : (
            <Select
              label={t('templates.categoryLabel')}
              data={templateCategories.map((value) => ({ value, label: t(`templates.category.${value}`) }))}
              allowDeselect={false}
              {...form.getInputProps('category')}
            />
          )}
        </div>
        {!isCarousel && (
          <TextInput label={t('templates.header')} maxLength={60} dir="auto" {...form.getInputProps('header')} />
        )}
        <Textarea
          label={t('templates.body')}
          description={t('templates.bodyHint', { example: '{{1}}' })}
          maxLength={1024}
          minRows={4}
          rows={5}
          dir="auto"
          {...form.getInputProps('body')}
        />
        <VariableFields
          variables={variables}
          onChange={(at, field) => form.setFieldValue('variables', variables.with(at, field))}
        />
        {isCarousel ? (
          <CarouselFields
            draft={values.carousel}
            fault={form.errors['carousel'] ? carouselGap(values.carousel) : null}
            onChange={(carousel) => form.setFieldValue('carousel', carousel)}
          />
        ) : (
          <>
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
          </>
        )}
        {values.body.trim() !== '' && <TemplateBubble template={shownOf(values, variables)} />}
        {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
        <Foot action={t('templates.submit')} pending={pending} onClose={onClose} />
      </form>
    </Dialog>
  )
}
