import { useTranslation } from 'react-i18next'
import { useListedShortcuts } from '../../lib/shortcuts.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Key } from '../../ui/key.tsx'
import classes from './keys-sheet.module.css'

/** `?`: every key that does something on the screen behind, and those of a list where there is one. */
export const KeysSheet = ({ opened, onClose }: { opened: boolean; onClose: () => void }) => {
  const { t } = useTranslation('common')
  const hasList = opened && document.querySelector('main [role="grid"]') !== null
  const inLists = [
    { keys: 'j k', label: t('keys.walk') },
    { keys: 'Space', label: t('keys.preview') },
    { keys: 'Enter', label: t('keys.open') },
    { keys: 'x', label: t('keys.tick') },
  ]
  return (
    <Dialog opened={opened} onClose={onClose} title={t('keys.title')}>
      <ListedKeys />
      {hasList && (
        <>
          <h3 className={classes.heading}>{t('keys.grid')}</h3>
          <KeyList items={inLists} />
        </>
      )}
    </Dialog>
  )
}

/** Follows what can be pressed, only while it is read. */
const ListedKeys = () => <KeyList items={useListedShortcuts()} />

const KeyList = ({ items }: { items: readonly { keys: string; label: string }[] }) => (
  <dl className={classes.list}>
    {items.map(({ keys, label }) => (
      <div key={keys}>
        <dt>{label}</dt>
        <dd>
          <Key keys={keys} />
        </dd>
      </div>
    ))}
  </dl>
)
