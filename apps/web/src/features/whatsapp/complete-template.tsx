import { templateProblem, type WhatsAppTemplate } from '@sendocki/domain/whatsapp/template'
import { placesIn, type TemplateField } from '@sendocki/domain/whatsapp/variables'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { showToast } from '../../ui/toast.tsx'
import { CardMedia } from './card-media.tsx'
import { Foot } from './number-form.tsx'
import { VariableFields } from './variable-fields.tsx'
import { VariableText } from './variable-text.tsx'
import { editTemplate, whatsappKeys } from './whatsapp.api.ts'
import classes from './whatsapp.module.css'

interface Choice {
  readonly variables: readonly (TemplateField | null)[]
  readonly cards: readonly {
    readonly mediaId: string | null
    readonly variables: readonly (TemplateField | null)[]
  }[]
}

/** One value for each variable of a text; null where nobody has said which. */
const namedOf = ({
  body,
  variables,
}: {
  body: string
  variables: readonly TemplateField[]
}): (TemplateField | null)[] => placesIn(body).map((_place, at) => variables[at] ?? null)

const choiceOf = (template: WhatsAppTemplate): Choice => ({
  variables: namedOf(template),
  cards: template.cards.map((card) => ({ mediaId: card.mediaId, variables: namedOf(card) })),
})

const whole = (variables: readonly (TemplateField | null)[]): TemplateField[] | null => {
  const named = variables.filter((field) => field !== null)
  return named.length === variables.length ? named : null
}

/** What is saved; null while something is not chosen. */
const wantedOf = ({ variables, cards }: Choice) => {
  const named = whole(variables)
  const chosen = cards.flatMap(({ mediaId, variables: own }) => {
    const fields = whole(own)
    return mediaId === null || fields === null ? [] : [{ mediaId, variables: fields }]
  })
  if (named === null || chosen.length < cards.length) return null
  return { variables: named, ...(cards.length > 0 ? { cards: chosen } : {}) }
}

/** What fills the variables of a template and what its cards show: one that was made elsewhere came without either. */
export const CompleteTemplate = ({ template, onClose }: { template: WhatsAppTemplate; onClose: () => void }) => {
  const { t } = useTranslation('whatsapp')
  const queries = useQueryClient()
  const [choice, setChoice] = useState(() => choiceOf(template))
  const { variables, cards } = choice
  const wanted = wantedOf(choice)
  const isOpen = templateProblem(template) !== null
  const save = useMutation({
    mutationFn: (body: NonNullable<typeof wanted>) => editTemplate(template.id, { version: template.version, ...body }),
    onSuccess: async () => {
      showToast({ message: t('templates.saved') })
      onClose()
      await queries.invalidateQueries({ queryKey: whatsappKeys.templates })
    },
  })
  const changeCard = (at: number, change: Partial<Choice['cards'][number]>) =>
    setChoice({ ...choice, cards: cards.map((card, index) => (index === at ? { ...card, ...change } : card)) })
  return (
    <Dialog opened onClose={onClose} title={t(isOpen ? 'templates.complete' : 'cards.change')}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (wanted) save.mutate(wanted)
        }}
      >
        {variables.length > 0 && (
          <fieldset className={classes.cardFields}>
            <legend>{t('templates.body')}</legend>
            <p>
              <VariableText body={template.body} variables={variables} />
            </p>
            <VariableFields
              variables={variables}
              onChange={(at, field) => setChoice({ ...choice, variables: variables.with(at, field) })}
            />
          </fieldset>
        )}
        {template.cards.map(({ header, body }, at) => {
          const card = cards[at] ?? { mediaId: null, variables: [] }
          return (
            // A card has no identity but its place.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <fieldset key={at} className={classes.cardFields}>
              <legend>{t('cards.card', { number: at + 1 })}</legend>
              <p>
                <VariableText body={body} variables={card.variables} />
              </p>
              <CardMedia
                label={t('cards.media')}
                mediaId={card.mediaId}
                header={header}
                onChange={(media) => changeCard(at, { mediaId: media?.id ?? null })}
              />
              <VariableFields
                variables={card.variables}
                onChange={(place, field) => changeCard(at, { variables: card.variables.with(place, field) })}
              />
            </fieldset>
          )
        })}
        {save.error && <FormProblem code={problemCode(save.error)}>{problemText(save.error)}</FormProblem>}
        {wanted === null && <p className={classes.hint}>{t('templates.incomplete')}</p>}
        <Foot action={t('templates.save')} pending={save.isPending} onClose={onClose} />
      </form>
    </Dialog>
  )
}
