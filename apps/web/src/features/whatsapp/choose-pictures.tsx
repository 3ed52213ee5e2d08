import type { WhatsAppTemplate } from '@sendocki/domain/whatsapp/template'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { showToast } from '../../ui/toast.tsx'
import { CardMedia } from './card-media.tsx'
import { Foot } from './number-form.tsx'
import { editTemplate, whatsappKeys } from './whatsapp.api.ts'
import classes from './whatsapp.module.css'

/** What the cards of a carousel show: one that was made elsewhere came without its files. */
export const ChoosePictures = ({ template, onClose }: { template: WhatsAppTemplate; onClose: () => void }) => {
  const { t } = useTranslation('whatsapp')
  const queries = useQueryClient()
  const [chosen, setChosen] = useState(() => template.cards.map(({ mediaId }) => mediaId))
  const whole = chosen.flatMap((mediaId) => (mediaId === null ? [] : [{ mediaId }]))
  const save = useMutation({
    mutationFn: () => editTemplate(template.id, { version: template.version, cards: whole }),
    onSuccess: async () => {
      showToast({ message: t('cards.saved') })
      onClose()
      await queries.invalidateQueries({ queryKey: whatsappKeys.templates })
    },
  })
  return (
    <Dialog opened onClose={onClose} title={t('cards.pictures')}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (whole.length === chosen.length) save.mutate()
        }}
      >
        {template.cards.map(({ header, body }, at) => (
          <CardMedia
            // A card has no identity but its place.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={at}
            label={t('cards.mediaOf', { number: at + 1, body })}
            mediaId={chosen[at] ?? null}
            header={header}
            onChange={(media) => setChosen((now) => now.with(at, media?.id ?? null))}
          />
        ))}
        {save.error && <FormProblem code={problemCode(save.error)}>{problemText(save.error)}</FormProblem>}
        {whole.length < chosen.length && <p className={classes.hint}>{t('cards.picturesMissing')}</p>}
        <Foot action={t('cards.save')} pending={save.isPending} onClose={onClose} />
      </form>
    </Dialog>
  )
}
