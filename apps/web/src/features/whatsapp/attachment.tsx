import { useInViewport } from '@mantine/hooks'
import { ApiProblem } from '@sendocki/client/problem'
import { type Media, megabytesOf } from '@sendocki/domain/whatsapp/media'
import { IconDownload, IconFile, IconPhoto, IconPlayerPlay, IconRefresh } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { download } from '../../lib/download.ts'
import { useCan } from '../../lib/me.ts'
import { problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Words } from '../../ui/numbers.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './attachment.module.css'
import { sizeOf } from './files.ts'
import { useObjectUrl } from './object-url.ts'
import { fetchMediaAgain, mediaBytesQuery, whatsappKeys } from './whatsapp.api.ts'

/** The file of a message: shown, played or saved; while it is on its way, or when it never came, that is said. */
export const Attachment = ({ media }: { media: Media }) => {
  const { t } = useTranslation('whatsapp')
  if (media.status === 'waiting') return <p className={classes.quiet}>{t('inbox.media.waiting')}</p>
  if (media.status === 'failed') return <Lost media={media} />
  switch (media.kind) {
    case 'image':
    case 'sticker':
      return <Picture media={media} />
    case 'audio':
    case 'video':
      return <Playable media={media} />
    case 'document':
      return <Saved media={media} />
  }
}

const useSize = (media: Media): string => {
  const { t } = useTranslation('whatsapp')
  const { unit, size } = sizeOf(media.bytes ?? 0)
  return t(`inbox.media.${unit}`, { size })
}

const useName = (media: Media): string => {
  const { t } = useTranslation('whatsapp')
  return media.name ?? media.fileName ?? t(`inbox.kinds.${media.kind}`)
}

const Lost = ({ media }: { media: Media }) => {
  const { t } = useTranslation('whatsapp')
  const can = useCan()
  const queries = useQueryClient()
  const again = useMutation({
    mutationFn: () => fetchMediaAgain(media.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: whatsappKeys.conversations }),
    onError: (error) => showToast({ tone: 'refused', message: problemText(error) }),
  })
  const code = media.problem ?? 'media.unavailable'
  return (
    <div className={classes.lost}>
      <p>{problemText(new ApiProblem({ status: 422, code, params: { most: megabytesOf(media.kind) } }, null))}</p>
      {code === 'media.unavailable' && can('conversations.write') && (
        <Button
          size="small"
          icon={<IconRefresh size={14} stroke={1.75} aria-hidden />}
          pending={again.isPending}
          onClick={() => again.mutate()}
        >
          {t('inbox.media.again')}
        </Button>
      )}
    </div>
  )
}

const SaveButton = ({ media }: { media: Media }) => {
  const { t } = useTranslation('whatsapp')
  const name = useName(media)
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: () => queries.fetchQuery(mediaBytesQuery(media.id)),
    onSuccess: (bytes) => download(bytes, media.fileName ?? name),
    onError: (error) => showToast({ tone: 'refused', message: problemText(error) }),
  })
  return (
    <IconButton label={t('inbox.media.save', { name })} size="small" onClick={() => save.mutate()}>
      <IconDownload size={16} stroke={1.75} aria-hidden />
    </IconButton>
  )
}

/** A photo, fetched once it is in sight; a larger one opens over the page. */
const Picture = ({ media }: { media: Media }) => {
  const { t } = useTranslation('whatsapp')
  const { ref, inViewport } = useInViewport<HTMLButtonElement>()
  const [seen, setSeen] = useState(false)
  const [large, setLarge] = useState(false)
  useEffect(() => {
    if (inViewport) setSeen(true)
  }, [inViewport])
  const { data, error } = useQuery({ ...mediaBytesQuery(media.id), enabled: seen })
  const url = useObjectUrl(data)
  const name = useName(media)
  return (
    <>
      <button
        ref={ref}
        type="button"
        className={classes.picture}
        aria-label={t('inbox.media.enlarge', { name })}
        onClick={() => setLarge(true)}
      >
        {url ? <img src={url} alt="" /> : <IconPhoto size={22} stroke={1.75} aria-hidden />}
      </button>
      {error && <p className={classes.problem}>{problemText(error)}</p>}
      {large && url && (
        <Dialog opened onClose={() => setLarge(false)} title={<Words>{name}</Words>} size="lg">
          <div className={classes.large}>
            <img src={url} alt={name} />
            <SaveButton media={media} />
          </div>
        </Dialog>
      )}
    </>
  )
}

/** A sound or a video: fetched when somebody wants to hear or see it. What the browser cannot play can be saved. */
const Playable = ({ media }: { media: Media }) => {
  const { t } = useTranslation('whatsapp')
  const [wanted, setWanted] = useState(false)
  const [mute, setMute] = useState(false)
  const { data, error, isFetching } = useQuery({ ...mediaBytesQuery(media.id), enabled: wanted })
  const url = useObjectUrl(data)
  const size = useSize(media)
  const name = useName(media)
  return (
    <div className={classes.playable}>
      {url === null ? (
        <Button
          size="small"
          icon={<IconPlayerPlay size={14} stroke={1.75} aria-hidden />}
          pending={isFetching}
          onClick={() => setWanted(true)}
        >
          {t(media.kind === 'audio' ? 'inbox.media.listen' : 'inbox.media.watch')}
        </Button>
      ) : media.kind === 'audio' ? (
        <audio controls autoPlay src={url} aria-label={name} onError={() => setMute(true)} />
      ) : (
        <video controls autoPlay src={url} aria-label={name} onError={() => setMute(true)} />
      )}
      <span className={classes.quiet}>{size}</span>
      <SaveButton media={media} />
      {mute && <p className={classes.problem}>{t('inbox.media.cannotPlay')}</p>}
      {error && <p className={classes.problem}>{problemText(error)}</p>}
    </div>
  )
}

const Saved = ({ media }: { media: Media }) => {
  const size = useSize(media)
  const name = useName(media)
  return (
    <div className={classes.document}>
      <IconFile size={18} stroke={1.75} aria-hidden />
      <span className="truncate">
        <Words>{name}</Words>
      </span>
      <span className={classes.quiet}>{size}</span>
      <SaveButton media={media} />
    </div>
  )
}
