import { Menu, TextInput } from '@mantine/core'
import type { QuickReply } from '@sendocki/domain/whatsapp/conversation'
import { IconBolt, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Words } from '../../ui/numbers.tsx'
import { showToast } from '../../ui/toast.tsx'
import kept from './attachment.module.css'
import classes from './inbox.module.css'
import { Foot } from './number-form.tsx'
import { createQuickReply, deleteQuickReply, quickRepliesQuery, whatsappKeys } from './whatsapp.api.ts'

interface QuickRepliesProps {
  readonly text: string
  readonly onChoose: (text: string) => void
}

/** Texts that are sent again and again: chosen into the field, kept from it, or taken away. */
export const QuickReplies = ({ text, onChoose }: QuickRepliesProps) => {
  const { t } = useTranslation('whatsapp')
  const [dialog, setDialog] = useState<'keep' | 'edit' | null>(null)
  const { data } = useQuery(quickRepliesQuery)
  const replies = data?.items ?? []
  return (
    <>
      <Menu>
        <Menu.Target>
          <IconButton label={t('inbox.quick')}>
            <IconBolt size={16} stroke={1.75} aria-hidden />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          {replies.length === 0 && <Menu.Item disabled>{t('inbox.quickNone')}</Menu.Item>}
          {replies.map((reply) => (
            <Menu.Item key={reply.id} onClick={() => onChoose(reply.text)}>
              {reply.name}
            </Menu.Item>
          ))}
          <Menu.Item disabled={text.trim() === ''} onClick={() => setDialog('keep')}>
            {t('inbox.quickKeep')}
          </Menu.Item>
          {replies.length > 0 && <Menu.Item onClick={() => setDialog('edit')}>{t('inbox.quickEdit')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {dialog === 'keep' && <KeepReply text={text} onClose={() => setDialog(null)} />}
      {dialog === 'edit' && <EditReplies replies={replies} onClose={() => setDialog(null)} />}
    </>
  )
}

const EditReplies = ({ replies, onClose }: { replies: readonly QuickReply[]; onClose: () => void }) => {
  const { t } = useTranslation('whatsapp')
  return (
    <Dialog opened onClose={onClose} title={t('inbox.quick')}>
      {replies.length === 0 && <p className={kept.quiet}>{t('inbox.quickNone')}</p>}
      <ul className={kept.kept}>
        {replies.map((reply) => (
          <Reply key={reply.id} reply={reply} />
        ))}
      </ul>
    </Dialog>
  )
}

const Reply = ({ reply: { id, name, text } }: { reply: QuickReply }) => {
  const { t } = useTranslation('whatsapp')
  const queries = useQueryClient()
  const fresh = () => queries.invalidateQueries({ queryKey: whatsappKeys.quickReplies })
  const onError = (error: unknown) => showToast({ tone: 'refused', message: problemText(error) })
  const back = useMutation({ mutationFn: () => createQuickReply({ name, text }), onSuccess: fresh, onError })
  const remove = useMutation({
    mutationFn: () => deleteQuickReply(id),
    onSuccess: async () => {
      showToast({ message: t('inbox.quickDeleted', { name }), undo: () => back.mutate() })
      await fresh()
    },
    onError,
  })
  return (
    <li>
      <span className={kept.keptName}>
        <strong className="truncate">
          <Words>{name}</Words>
        </strong>
        <span className="truncate">
          <Words>{text}</Words>
        </span>
      </span>
      <IconButton
        size="small"
        label={t('inbox.quickDelete', { name })}
        disabled={remove.isPending}
        onClick={() => remove.mutate()}
      >
        <IconTrash size={16} stroke={1.75} aria-hidden />
      </IconButton>
    </li>
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
