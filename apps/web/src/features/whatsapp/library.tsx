import { TextInput } from '@mantine/core'
import type { Media } from '@sendocki/domain/whatsapp/media'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Words } from '../../ui/numbers.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './attachment.module.css'
import { sizeOf } from './files.ts'
import dialog from './inbox.module.css'
import { Foot } from './number-form.tsx'
import { keepMedia, letMediaGo, libraryQuery, whatsappKeys } from './whatsapp.api.ts'

interface LibraryProps {
  readonly onClose: () => void
  readonly onChoose: (media: Media) => void
}

/** Files that colleagues send again and again: price lists, instructions, photos of products. */
export const Library = ({ onClose, onChoose }: LibraryProps) => {
  const { t } = useTranslation('whatsapp')
  const { data, error } = useQuery(libraryQuery)
  return (
    <Dialog opened onClose={onClose} title={t('inbox.media.library')}>
      <div className={dialog.dialog}>
        {!data && !error && <SkeletonRows label={t('inbox.media.libraryLoading')} rows={3} />}
        {error && !data && (
          <ErrorState title={t('inbox.media.libraryFailed')} code={problemCode(error)}>
            {problemText(error)}
          </ErrorState>
        )}
        {data?.items.length === 0 && <p className={classes.quiet}>{t('inbox.media.libraryNone')}</p>}
        <ul className={classes.kept}>
          {data?.items.map((media) => (
            <Kept
              key={media.id}
              media={media}
              onChoose={() => {
                onClose()
                onChoose(media)
              }}
            />
          ))}
        </ul>
      </div>
    </Dialog>
  )
}

const Kept = ({ media, onChoose }: { media: Media; onChoose: () => void }) => {
  const { t } = useTranslation('whatsapp')
  const queries = useQueryClient()
  const fresh = () => queries.invalidateQueries({ queryKey: whatsappKeys.media })
  const onError = (error: unknown) => showToast({ tone: 'refused', message: problemText(error) })
  const name = media.name ?? ''
  const back = useMutation({ mutationFn: () => keepMedia(media.id, { name }), onSuccess: fresh, onError })
  const remove = useMutation({
    mutationFn: () => letMediaGo(media.id),
    onSuccess: async () => {
      showToast({ message: t('inbox.media.letGo', { name }), undo: () => back.mutate() })
      await fresh()
    },
    onError,
  })
  const { unit, size } = sizeOf(media.bytes ?? 0)
  return (
    <li>
      <span className={classes.keptName}>
        <span className="truncate">
          <Words>{name}</Words>
        </span>
        <span className={classes.quiet}>
          {t(`inbox.kinds.${media.kind}`)} · {t(`inbox.media.${unit}`, { size })}
        </span>
      </span>
      <Button size="small" onClick={onChoose}>
        {t('inbox.media.choose')}
      </Button>
      <IconButton
        size="small"
        label={t('inbox.media.takeOff', { name })}
        disabled={remove.isPending}
        onClick={() => remove.mutate()}
      >
        <IconTrash size={16} stroke={1.75} aria-hidden />
      </IconButton>
    </li>
  )
}

/** Gives a file the name under which it is found again. */
export const KeepFile = ({ media, onClose }: { media: Media; onClose: () => void }) => {
  const { t } = useTranslation('whatsapp')
  const queries = useQueryClient()
  const [name, setName] = useState((media.fileName ?? '').slice(0, 80))
  const keep = useMutation({
    mutationFn: () => keepMedia(media.id, { name: name.trim() }),
    onSuccess: async () => {
      showToast({ message: t('inbox.media.keptDone') })
      onClose()
      await queries.invalidateQueries({ queryKey: whatsappKeys.media })
    },
  })
  return (
    <Dialog opened onClose={onClose} title={t('inbox.media.keep')} size="sm">
      <form
        className={dialog.dialog}
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') keep.mutate()
        }}
      >
        <TextInput
          label={t('inbox.media.keepName')}
          maxLength={80}
          dir="auto"
          data-autofocus
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        {keep.error && <FormProblem code={problemCode(keep.error)}>{problemText(keep.error)}</FormProblem>}
        <Foot action={t('inbox.media.keep')} pending={keep.isPending} onClose={onClose} />
      </form>
    </Dialog>
  )
}
