import { Drawer } from '@mantine/core'
import { IconArrowsDiagonal, IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react'
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useStillPage } from './dialog.tsx'
import { IconButton } from './icon-button.tsx'
import classes from './side-panel.module.css'
import { useWindow } from './use-window.ts'

interface SidePanelProps {
  readonly label: string
  /** Number, name, chip: what the panel shows. */
  readonly title: ReactNode
  readonly onClose: () => void
  readonly onPrevious?: (() => void) | undefined
  readonly onNext?: (() => void) | undefined
  readonly onExpand?: (() => void) | undefined
  /** Bar at the foot: two actions and a menu. */
  readonly foot?: ReactNode
  readonly children: ReactNode
}

/** Shares the sheet with the list from 1200 pixels on, divided by a line; a drawer below, the whole page on a phone. */
export const SidePanel = (props: SidePanelProps) => {
  const wide = useWindow('wide')
  const phone = useWindow('phone')
  useStillPage(!wide, 'drawer')
  if (wide) return <Aside {...props} />
  return (
    <Drawer.Root opened onClose={props.onClose} position="right" size={phone ? '100%' : 430}>
      <Drawer.Overlay backgroundOpacity={0.4} />
      <Drawer.Content aria-label={props.label} className={classes.drawer} data-toasts="top">
        <Inside {...props} />
      </Drawer.Content>
    </Drawer.Root>
  )
}

/** The focus goes back to where it was when the panel that holds it leaves the page. */
const useFocusBack = (panel: RefObject<HTMLElement | null>): void => {
  useLayoutEffect(() => {
    const before = document.activeElement
    const { current } = panel
    return () => {
      if (before instanceof HTMLElement && current?.contains(document.activeElement)) before.focus()
    }
  }, [panel])
}

const Aside = (props: SidePanelProps) => {
  const { onClose } = props
  const panel = useRef<HTMLElement>(null)
  useFocusBack(panel)
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) onClose()
    }
    const { current } = panel
    current?.addEventListener('keydown', onKey)
    return () => current?.removeEventListener('keydown', onKey)
  }, [onClose])
  return (
    <aside ref={panel} aria-label={props.label} className={classes.aside}>
      <Inside {...props} />
    </aside>
  )
}

const Inside = ({ title, onClose, onPrevious, onNext, onExpand, foot, children }: SidePanelProps) => {
  const { t } = useTranslation('common')
  return (
    <>
      <header className={classes.header}>
        <div className={classes.title} role="heading" aria-level={2}>
          {title}
        </div>
        {onPrevious && (
          <IconButton label={t('ui.previous')} onClick={onPrevious}>
            <IconChevronUp size={16} stroke={1.75} />
          </IconButton>
        )}
        {onNext && (
          <IconButton label={t('ui.next')} onClick={onNext}>
            <IconChevronDown size={16} stroke={1.75} />
          </IconButton>
        )}
        {onExpand && (
          <IconButton label={t('ui.expand')} onClick={onExpand}>
            <IconArrowsDiagonal size={16} stroke={1.75} />
          </IconButton>
        )}
        <IconButton label={t('ui.close')} keyHint="Escape" onClick={onClose}>
          <IconX size={16} stroke={1.75} />
        </IconButton>
      </header>
      {/* What scrolls is reached by keys. */}
      <div className={classes.body} tabIndex={0}>
        {children}
      </div>
      {foot && <footer className={classes.foot}>{foot}</footer>}
    </>
  )
}

/** A part of a panel, split from the next by a line. */
export const PanelSection = ({
  title,
  aside,
  children,
}: {
  title?: ReactNode
  aside?: ReactNode
  children: ReactNode
}) => (
  <section className={classes.section}>
    {(title || aside) && (
      <div className={classes.sectionHead}>
        {title && <h3>{title}</h3>}
        {aside}
      </div>
    )}
    {children}
  </section>
)
