import { Menu, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import type { Conversation } from '@sendocki/domain/whatsapp/conversation'
import { textLongest } from '@sendocki/domain/whatsapp/message'
import { IconBolt, IconClock, IconSend, IconTemplate } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/clock.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './inbox.module.css'
import { Foot } from './number-form.tsx'
import { TemplatePicker } from './template-picker.tsx'
import { addNote, createQuickReply, quickRepliesQuery, sendMessage, whatsappKeys } from './whatsapp.api.ts'
import { windowLeft } from './words.ts'

type Mode = 'message' | 'note'

/** What was typed and not sent, by conversation: it is there again when one comes back. */
const drafts = new Map<string, string>()

/** Where one writes: free text while the window is open, templates at hand, notes for colleagues. */
export const Composer = ({ conversation }: { conversation: Conversation }) => {
  const { t } = useTranslation('whatsapp')
  const can = useCan()
  const queries = useQueryClient()
  const left = windowLeft(conversation.windowEndsAt, useNow())
  const [text, setText] = useState(() => drafts.get(conversation.id) ?? '')
  const [mode, setMode] = useState<Mode>('message')
  const [picking, setPicking] = useState(false)
  const key = useRef(crypto.randomUUID())
  useEffect(() => void drafts.set(conversation.id, text), [conversation.id, text])
  const send = useMutation({
    mutationFn: (words: string) =>
      mode === 'note'
        ? addNote(conversation.id, words, key.current)
        : sendMessage(conversation.id, { text: words }, key.current),
    onSuccess: async () => {
      key.current = crypto.randomUUID()
      setText('')
      await queries.invalidateQueries({ queryKey: whatsappKeys.conversations })
    },
  })
  if (!can('conversations.write')) return null
  const closed = mode === 'message' && left === null
  const submit = () => {
    if (text.trim() !== '' && !closed && !send.isPending) send.mutate(text.trim())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    submit()
  }
  return (
    <div className={classes.composer}>
      {send.error && <FormProblem code={problemCode(send.error)}>{problemText(send.error)}</FormProblem>}
      <Textarea
        aria-label={t(mode === 'note' ? 'inbox.writeNote' : 'inbox.write')}
        placeholder={t(mode === 'note' ? 'inbox.writeNote' : closed ? 'inbox.windowClosed' : 'inbox.write')}
        dir="auto"
        rows={2}
        maxLength={mode === 'note' ? 2_000 : textLongest}
        value={text}
        disabled={closed}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={onKeyDown}
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
        <Button icon={<IconTemplate size={16} stroke={1.75} aria-hidden />} onClick={() => setPicking(true)}>
          {t('inbox.template')}
        </Button>
        <QuickReplies text={text} onChoose={setText} />
        <span className={classes.window} data-open={left !== null || undefined}>
          <IconClock size={14} stroke={1.75} aria-hidden />
          {left === null ? t('inbox.windowClosed') : t('inbox.windowOpen', left)}
        </span>
        <Button
          variant="filled"
          icon={<IconSend size={16} stroke={1.75} aria-hidden />}
          pending={send.isPending}
          disabled={closed || text.trim() === ''}
          onClick={submit}
        >
          {t(mode === 'note' ? 'inbox.keepNote' : 'inbox.send')}
        </Button>
      </div>
      {picking && <TemplatePicker conversation={conversation} onClose={() => setPicking(false)} />}
    </div>
  )
}

/** Texts that are sent again and again: chosen into the field, or kept from it. */
const QuickReplies = ({ text, onChoose }: { text: string; onChoose: (text: string) => void }) => {
  const { t } = useTranslation('whatsapp')
  const [keeping, setKeeping] = useState(false)
  const { data } = useQuery(quickRepliesQuery)
  const replies = data?.items ?? []
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button icon={<IconBolt size={16} stroke={1.75} aria-hidden />}>{t('inbox.quick')}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {replies.length === 0 && <Menu.Item disabled>{t('inbox.quickNone')}</Menu.Item>}
          {replies.map((reply) => (
            <Menu.Item key={reply.id} onClick={() => onChoose(reply.text)}>
              {reply.name}
            </Menu.Item>
          ))}
          <Menu.Item disabled={text.trim() === ''} onClick={() => setKeeping(true)}>
            {t('inbox.quickKeep')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {keeping && <KeepReply text={text} onClose={() => setKeeping(false)} />}
    </>
  )
}

const KeepReply = ({ text, onClose }: { text: string; onClose: () => void }) => {
  const { t } = useTranslation('whatsapp')
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const keep = useMutation({
    mutationFn: () => createQuickReply({ name: name.trim(), text: text.trim() }),
    onSuccess: async () => {
      showToast({ message: t('inbox.quickKept') })
      onClose()
      await queries.invalidateQueries({ queryKey: whatsappKeys.quickReplies })
    },
  })
  return (
    <Dialog opened onClose={onClose} title={t('inbox.quickKeep')} size="sm">
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') keep.mutate()
        }}
      >
        <TextInput
          label={t('inbox.quickName')}
          maxLength={40}
          data-autofocus
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        {keep.error && <FormProblem code={problemCode(keep.error)}>{problemText(keep.error)}</FormProblem>}
        <Foot action={t('inbox.quickKeep')} pending={keep.isPending} onClose={onClose} />
      </form>
    </Dialog>
  )
}
