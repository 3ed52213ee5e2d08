import { Modal } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import classes from './dialog.module.css'

const open = { dialog: 0, drawer: 0 }

/**
 * Keeps the page behind from scrolling, because Mantine's own lock writes a style tag, which the policy forbids. The
 * class of a dialog also silences the shortcuts below it; in a drawer the panel's own go on working.
 */
export const useStillPage = (opened: boolean, by: keyof typeof open = 'dialog'): void => {
  useEffect(() => {
    if (!opened) return
    open[by] += 1
    document.body.classList.add(`${by}-open`)
    return () => {
      open[by] -= 1
      if (open[by] === 0) document.body.classList.remove(`${by}-open`)
    }
  }, [opened, by])
}

interface DialogProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly title: ReactNode
  readonly size?: 'sm' | 'md' | 'lg' | 'xl'
  readonly children: ReactNode
}

export const Dialog = ({ opened, onClose, title, size = 'md', children }: DialogProps) => {
  const { t } = useTranslation('common')
  useStillPage(opened)
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      {children}
    </Modal>
  )
}

interface ConfirmModalProps {
  readonly opened: boolean
  readonly onClose: () => void
  /** A question that names the thing. */
  readonly title: ReactNode
  readonly children?: ReactNode
  /** The numbers at stake: label and value. */
  readonly facts?: readonly { readonly label: string; readonly value: ReactNode }[]
  /** The verb of the title, again. */
  readonly action: string
  readonly variant?: 'filled' | 'danger'
  readonly pending?: boolean
  readonly onConfirm: () => void
}

/** Asks only before what undo cannot take back. */
export const ConfirmModal = ({
  opened,
  onClose,
  title,
  children,
  facts,
  action,
  variant = 'filled',
  pending,
  onConfirm,
}: ConfirmModalProps) => {
  const { t } = useTranslation('common')
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      <div className={classes.confirm}>
        {children && <div className={classes.text}>{children}</div>}
        {facts && facts.length > 0 && (
          <dl className={classes.facts}>
            {facts.map(({ label, value }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
        <div className={classes.actions}>
          <Button variant="quiet" onClick={onClose}>
            {t('ui.goBack')}
          </Button>
          <Button variant={variant} pending={pending ?? false} onClick={onConfirm}>
            {action}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
