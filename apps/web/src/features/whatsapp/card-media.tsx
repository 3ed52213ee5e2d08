import { Select } from '@mantine/core'
import { type CardHeader, cardTypes } from '@sendocki/domain/whatsapp/carousel'
import { type Media, nameLongest } from '@sendocki/domain/whatsapp/media'
import { IconUpload } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/problem.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { nameOfSendable } from './files.ts'
import { keepMedia, libraryQuery, uploadMedia, whatsappKeys } from './whatsapp.api.ts'
import classes from './whatsapp.module.css'

/** What a file can be on a card; undefined where Meta takes it on none. */
export const headerOf = ({ type }: Pick<Media, 'type'>): CardHeader | undefined => cardTypes[type ?? '']

interface CardMediaProps {
  readonly label: string
  readonly mediaId: string | null
  /** The kind that the other cards show; null while none shows anything. */
  readonly header: CardHeader | null
  readonly error?: string | null
  readonly onChange: (media: Media | null) => void
}

/** A picture or a video of the library, or one that is put there now. */
export const CardMedia = ({ label, mediaId, header, error, onChange }: CardMediaProps) => {
  const { t } = useTranslation('whatsapp')
  const queries = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const { data } = useQuery(libraryQuery)
  const fitting = (data?.items ?? []).filter((media) => {
    const is = headerOf(media)
    return is !== undefined && (header === null || is === header)
  })
  const upload = useMutation({
    mutationFn: async (file: File) => {
      const name = await nameOfSendable(file)
      const media: Media = await uploadMedia(file, name)
      return keepMedia(media.id, { name: (name ?? label).slice(0, nameLongest) })
    },
    onSuccess: async (media) => {
      await queries.invalidateQueries({ queryKey: whatsappKeys.media })
      onChange(media)
    },
  })
  return (
    <div className={classes.cardMedia}>
      <Select
        label={label}
        placeholder={t(fitting.length === 0 ? 'cards.libraryNone' : 'cards.choose')}
        data={fitting.map(({ id, name }) => ({ value: id, label: name ?? '' }))}
        value={mediaId}
        searchable
        error={upload.error ? problemText(upload.error) : error}
        onChange={(id) => onChange(fitting.find((media) => media.id === id) ?? null)}
      />
      <input
        ref={input}
        type="file"
        hidden
        accept={Object.keys(cardTypes).join(',')}
        aria-label={t('cards.upload', { label })}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          currentTarget.value = ''
          if (file) upload.mutate(file)
        }}
      />
      <IconButton
        size="form"
        label={t('cards.upload', { label })}
        disabled={upload.isPending}
        aria-busy={upload.isPending || undefined}
        onClick={() => input.current?.click()}
      >
        <IconUpload size={16} stroke={1.75} aria-hidden />
      </IconButton>
    </div>
  )
}
