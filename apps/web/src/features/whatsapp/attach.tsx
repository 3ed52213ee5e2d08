import { type Media, sentTypes } from '@sendocki/domain/whatsapp/media'
import { IconBooks, IconMicrophone, IconPaperclip, IconTrash, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import classes from './attachment.module.css'
import { Attachment } from './attachment.tsx'
import { KeepFile, Library } from './library.tsx'
import { useRecorder } from './use-recorder.ts'

/** Endings too: some systems know no type of an Office document. */
const accepted = [...Object.keys(sentTypes), '.docx', '.xlsx', '.pptx', '.doc', '.xls', '.ppt', '.txt', '.csv'].join(
  ',',
)

interface AttachToolsProps {
  readonly disabled: boolean
  readonly pending: boolean
  readonly onFile: (file: File) => void
  readonly onMedia: (media: Media) => void
}

/** What can be sent besides words: a file, a voice note, or something that colleagues keep. */
export const AttachTools = ({ disabled, pending, onFile, onMedia }: AttachToolsProps) => {
  const { t } = useTranslation('whatsapp')
  const input = useRef<HTMLInputElement>(null)
  const [browsing, setBrowsing] = useState(false)
  return (
    <span className={classes.tools}>
      <input
        ref={input}
        type="file"
        hidden
        accept={accepted}
        aria-label={t('inbox.media.attach')}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          // The same file may be chosen again after it was taken away.
          currentTarget.value = ''
          if (file) onFile(file)
        }}
      />
      <IconButton
        label={t('inbox.media.attach')}
        disabled={disabled || pending}
        aria-busy={pending || undefined}
        onClick={() => input.current?.click()}
      >
        <IconPaperclip size={16} stroke={1.75} aria-hidden />
      </IconButton>
      <Recorder disabled={disabled || pending} onFile={onFile} />
      <IconButton label={t('inbox.media.library')} disabled={disabled} onClick={() => setBrowsing(true)}>
        <IconBooks size={16} stroke={1.75} aria-hidden />
      </IconButton>
      {browsing && <Library onClose={() => setBrowsing(false)} onChoose={onMedia} />}
    </span>
  )
}

const Recorder = ({ disabled, onFile }: { disabled: boolean; onFile: (file: File) => void }) => {
  const { t } = useTranslation('whatsapp')
  const { since, problem, start, keep, drop } = useRecorder(onFile)
  if (since)
    return (
      <span className={classes.recording} role="status">
        <Elapsed since={since} />
        <Button size="small" variant="accent" onClick={keep}>
          {t('inbox.media.recordKeep')}
        </Button>
        <IconButton size="small" label={t('inbox.media.recordDrop')} onClick={drop}>
          <IconTrash size={16} stroke={1.75} aria-hidden />
        </IconButton>
      </span>
    )
  return (
    <>
      <IconButton label={t('inbox.media.record')} disabled={disabled} onClick={() => void start()}>
        <IconMicrophone size={16} stroke={1.75} aria-hidden />
      </IconButton>
      {problem && (
        <span className={classes.quiet} role="alert">
          {t(`inbox.media.recorder.${problem}`)}
        </span>
      )}
    </>
  )
}

const Elapsed = ({ since }: { since: Date }) => {
  const { t } = useTranslation('whatsapp')
  const [now, setNow] = useState(since)
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 1_000)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.floor((now.getTime() - since.getTime()) / 1000))
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return <span>{t('inbox.media.recording', { time })}</span>
}

/** What goes out with the next message: seen or heard before it is sent, kept for the next time, or taken away. */
export const Attached = ({ media, onRemove }: { media: Media; onRemove: () => void }) => {
  const { t } = useTranslation('whatsapp')
  const [keeping, setKeeping] = useState(false)
  return (
    <div className={classes.attached} role="group" aria-label={t('inbox.media.attached')}>
      <Attachment media={media} />
      {media.name === null && (
        <Button size="small" variant="quiet" onClick={() => setKeeping(true)}>
          {t('inbox.media.keep')}
        </Button>
      )}
      <IconButton size="small" label={t('inbox.media.remove')} onClick={onRemove}>
        <IconX size={16} stroke={1.75} aria-hidden />
      </IconButton>
      {keeping && <KeepFile media={media} onClose={() => setKeeping(false)} />}
    </div>
  )
}
