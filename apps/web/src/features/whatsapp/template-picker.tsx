import { Select } from '@mantine/core'
import type { Conversation } from '@sendocki/domain/whatsapp/conversation'
import { filledCards, fillTemplate } from '@sendocki/domain/whatsapp/filling'
import { templateProblem, type WhatsAppTemplate } from '@sendocki/domain/whatsapp/template'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { Words } from '../../ui/numbers.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { CardStrip } from './card-strip.tsx'
import classes from './inbox.module.css'
import { Foot } from './number-form.tsx'
import { approvedQuery, previewQuery, sendMessage, whatsappKeys } from './whatsapp.api.ts'

interface TemplatePickerProps {
  readonly conversation: Conversation
  /** The order from which it is filled. */
  readonly orderId: string | null
  readonly onClose: () => void
}

/** An approved template, shown as the buyer will read it, then sent. */
export const TemplatePicker = ({ conversation, orderId, onClose }: TemplatePickerProps) => {
  const { t } = useTranslation('whatsapp')
  const { data, error } = useQuery(approvedQuery(conversation.numberId))
  const [chosen, setChosen] = useState<string | null>(null)
  const templates = (data?.items ?? []).filter((one) => templateProblem(one) === null)
  const template = templates.find(({ id }) => id === chosen) ?? templates[0]
  return (
    <Dialog opened onClose={onClose} title={t('inbox.pickTitle')}>
      <div className={classes.dialog}>
        {!data && !error && <SkeletonRows label={t('templates.loading')} rows={2} />}
        {error && !data && (
          <ErrorState title={t('loadFailed')} code={problemCode(error)}>
            {problemText(error)}
          </ErrorState>
        )}
        {data && !template && <p>{t('inbox.pickNone')}</p>}
        {template && (
          <>
            <Select
              label={t('inbox.template')}
              data={templates.map(({ id, name, language }) => ({ value: id, label: `${name} · ${language}` }))}
              value={template.id}
              allowDeselect={false}
              onChange={setChosen}
            />
            <Send key={template.id} {...{ conversation, orderId, template, onClose }} />
          </>
        )}
      </div>
    </Dialog>
  )
}

const Send = ({
  conversation,
  orderId,
  template,
  onClose,
}: TemplatePickerProps & { readonly template: WhatsAppTemplate }) => {
  const { t } = useTranslation('whatsapp')
  const queries = useQueryClient()
  const [key] = useState(() => crypto.randomUUID())
  const plain = fillTemplate(template, null)
  const fills = !plain.ok
  const preview = useQuery({ ...previewQuery(template.id, orderId ?? ''), enabled: fills && orderId !== null })
  const shown = plain.ok ? { text: plain.text, cards: filledCards(template.cards, plain.cards) } : preview.data
  const text = shown?.text ?? null
  const send = useMutation({
    mutationFn: () =>
      sendMessage(conversation.id, { templateId: template.id, ...(orderId === null ? {} : { orderId }) }, key),
    onSuccess: async () => {
      showToast({ message: t('inbox.sent') })
      onClose()
      await queries.invalidateQueries({ queryKey: whatsappKeys.conversations })
    },
  })
  return (
    <form
      className={classes.dialog}
      onSubmit={(event) => {
        event.preventDefault()
        if (text !== null) send.mutate()
      }}
    >
      {text !== null && (
        <p className={classes.preview}>
          <Words lines>{text}</Words>
        </p>
      )}
      {shown && shown.cards.length > 0 && <CardStrip cards={shown.cards} />}
      {fills && orderId === null && <p>{t('inbox.pickOrder')}</p>}
      {preview.data && preview.data.text === null && <p>{t('inbox.pickMissing')}</p>}
      {preview.error && <FormProblem code={problemCode(preview.error)}>{problemText(preview.error)}</FormProblem>}
      {send.error && <FormProblem code={problemCode(send.error)}>{problemText(send.error)}</FormProblem>}
      <Foot action={t('inbox.send')} pending={send.isPending} onClose={onClose} />
    </form>
  )
}
