import { SegmentedControl, Textarea } from '@mantine/core'
import type { Conversation } from '@sendocki/domain/whatsapp/conversation'
import { captionLongest, type Media, takesCaption } from '@sendocki/domain/whatsapp/media'
import { textLongest } from '@sendocki/domain/whatsapp/message'
import { IconLockOpen, IconSend, IconTemplate } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ClipboardEvent, type KeyboardEvent, type Ref, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/clock.ts'
import { FormProblem } from '../../ui/form-problem.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Attached, AttachTools } from './attach.tsx'
import { nameOfSendable } from './files.ts'
import classes from './inbox.module.css'
import { QuickReplies } from './quick-replies.tsx'
import { TemplatePicker } from './template-picker.tsx'
import { addNote, sendMessage, uploadMedia, whatsappKeys } from './whatsapp.api.ts'
import { WindowLeft } from './window-left.tsx'
import { windowLeft } from './words.ts'

type Mode = 'message' | 'note'

/** A message of words, of a file, or of a file with words under it. */
const bodyOf = (words: string, file: Media | null) => {
  if (!file) return { text: words }
  return { mediaId: file.id, ...(words !== '' && takesCaption(file.kind) ? { text: words } : {}) }
}

/** What was typed and not sent, by conversation: it is there again when one comes back. */
const drafts = new Map<string, string>()
const files = new Map<string, Media>()

interface ComposerProps {
  readonly conversation: Conversation
  /** The order from which a template is filled. */
  readonly orderId: string | null
  /** Beside a call whoever writes has the hand on the customer. */
  readonly onCall?: boolean
  readonly field?: Ref<HTMLTextAreaElement>
}

/** Where one writes: text and files while the window is open, templates at hand, notes for colleagues. */
export const Composer = ({ conversation, orderId, onCall = false, field }: ComposerProps) => {
  const { t } = useTranslation('whatsapp')
  const can = useCan()
  const queries = useQueryClient()
  const left = windowLeft(conversation.windowEndsAt, useNow())
  const [text, setText] = useState(() => drafts.get(conversation.id) ?? '')
  const [mode, setMode] = useState<Mode>('message')
  const [attached, setAttached] = useState<Media | null>(() => files.get(conversation.id) ?? null)
  const [picking, setPicking] = useState(false)
  const key = useRef(crypto.randomUUID())
  useEffect(() => void drafts.set(conversation.id, text), [conversation.id, text])
  useEffect(() => {
    if (attached) files.set(conversation.id, attached)
    else files.delete(conversation.id)
  }, [conversation.id, attached])
  const file = mode === 'message' ? attached : null
  const goesAlong = file === null || takesCaption(file.kind)
  const upload = useMutation({
    mutationFn: async (file: File) => uploadMedia(file, await nameOfSendable(file)),
    onSuccess: setAttached,
  })
  const send = useMutation({
    mutationFn: (words: string) =>
      mode === 'note'
        ? addNote(conversation.id, words, key.current)
        : sendMessage(conversation.id, bodyOf(words, file), key.current),
    onSuccess: async () => {
      key.current = crypto.randomUUID()
      // Under a voice note stands no text: it stays for the next message.
      if (goesAlong) setText('')
      if (file) setAttached(null)
      await queries.invalidateQueries({ queryKey: whatsappKeys.conversations })
    },
  })
  if (!can('conversations.write')) return null
  const closed = mode === 'message' && left === null
  const isSomething = file !== null || text.trim() !== ''
  const failed = send.error ?? upload.error
  const submit = () => {
    if (isSomething && !closed && !send.isPending) send.mutate(text.trim())
  }
  const onPaste = (event: ClipboardEvent) => {
    const [pasted] = event.clipboardData.files
    if (!pasted || mode === 'note') return
    event.preventDefault()
    upload.mutate(pasted)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // Back to the keys of the screen; what was typed stays.
    if (event.key === 'Escape') event.currentTarget.blur()
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    submit()
  }
  return (
    <div className={classes.composer}>
      {failed && <FormProblem code={problemCode(failed)}>{problemText(failed)}</FormProblem>}
      {file && <Attached media={file} onRemove={() => setAttached(null)} />}
      <div className={classes.box}>
        <Textarea
          ref={field}
          aria-label={t(mode === 'note' ? 'inbox.writeNote' : 'inbox.write')}
          placeholder={t(mode === 'note' ? 'inbox.writeNote' : closed ? 'inbox.windowClosed' : 'inbox.write')}
          dir="auto"
          rows={2}
          maxLength={mode === 'note' ? 2_000 : file ? captionLongest : textLongest}
          value={text}
          disabled={closed}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <div className={classes.composerFoot}>
          <SegmentedControl
            size="xs"
            value={mode}
            onChange={(value) => setMode(value as Mode)}
            data={[
              { value: 'message', label: t('inbox.modeMessage') },
              { value: 'note', label: t('inbox.modeNote') },
            ]}
          />
          {mode === 'message' && (
            <AttachTools
              disabled={closed}
              pending={upload.isPending}
              onFile={(chosen) => upload.mutate(chosen)}
              onMedia={setAttached}
            />
          )}
          <IconButton label={t('inbox.template')} onClick={() => setPicking(true)}>
            <IconTemplate size={16} stroke={1.75} aria-hidden />
          </IconButton>
          <QuickReplies text={text} onChoose={setText} />
          {onCall ? (
            <span className={classes.hand}>
              <IconLockOpen size={14} stroke={1.75} aria-hidden />
              {t('onCall.hand')}
            </span>
          ) : (
            <WindowLeft endsAt={conversation.windowEndsAt} />
          )}
          <Button
            variant={onCall ? 'accent' : 'filled'}
            icon={<IconSend size={16} stroke={1.75} aria-hidden />}
            pending={send.isPending}
            disabled={closed || !isSomething || upload.isPending}
            onClick={submit}
          >
            {t(mode === 'note' ? 'inbox.keepNote' : 'inbox.send')}
          </Button>
        </div>
      </div>
      {picking && <TemplatePicker conversation={conversation} orderId={orderId} onClose={() => setPicking(false)} />}
    </div>
  )
}
