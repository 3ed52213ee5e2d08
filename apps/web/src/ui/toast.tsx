import { Notifications, notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Key } from './key.tsx'
import classes from './toast.module.css'
import './toast.css'

interface Toast {
  readonly message: ReactNode
  readonly tone?: 'done' | 'refused'
  /** Takes the action back. One toast per batch; `Ctrl Z` answers the newest. */
  readonly undo?: () => void
  /** What is likely wanted next. */
  readonly next?: { readonly label: string; readonly run: () => void }
}

const lifetime = 10_000
const undoable: { id: string; undo: () => void }[] = []

const forget = (id: string): void => {
  const at = undoable.findIndex((entry) => entry.id === id)
  if (at !== -1) undoable.splice(at, 1)
}

const UndoButton = ({ onClick }: { onClick: () => void }) => {
  const { t } = useTranslation('common')
  return (
    <button type="button" className={classes.undo} onClick={onClick}>
      {t('ui.undo')}
      <Key keys="mod+z" />
    </button>
  )
}

/** Says what has been done, at the bottom of the screen for ten seconds, held while the pointer is on it. */
export const showToast = ({ message, tone = 'done', undo, next }: Toast): void => {
  const id = crypto.randomUUID()
  const takeBack = (): void => {
    forget(id)
    notifications.hide(id)
    undo?.()
  }
  if (undo) undoable.push({ id, undo: takeBack })
  notifications.show({
    id,
    autoClose: lifetime,
    withCloseButton: false,
    icon: tone === 'done' ? <IconCircleCheck size={18} stroke={1.75} /> : <IconAlertTriangle size={18} stroke={1.75} />,
    message: (
      <div className={classes.line}>
        <span>{message}</span>
        {undo && <UndoButton onClick={takeBack} />}
        {next && (
          <button
            type="button"
            className={classes.undo}
            onClick={() => {
              notifications.hide(id)
              next.run()
            }}
          >
            {next.label}
          </button>
        )}
      </div>
    ),
    onClose: () => forget(id),
  })
}

/** Takes back the newest action that still can be, for `Ctrl Z`. False: there is none. */
export const undoNewest = (): boolean => {
  const newest = undoable.at(-1)
  newest?.undo()
  return newest !== undefined
}

/**
 * Where toasts appear; once, in the shell. What is worked with at the bottom of a screen carries `data-toasts`: they make
 * way for it, to the top (`top`) or over the list beside the work (`beside`).
 */
export const Toasts = () => <Notifications position="bottom-center" limit={3} containerWidth={460} />
