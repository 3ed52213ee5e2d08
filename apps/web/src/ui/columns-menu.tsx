import { Checkbox, Popover } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconColumns3 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import classes from './columns-menu.module.css'
import { IconButton } from './icon-button.tsx'

interface ColumnsMenuProps<Column extends string> {
  /** All that may be shown. */
  readonly columns: readonly Column[]
  readonly shown: readonly Column[]
  readonly nameOf: (column: Column) => string
  readonly onShown: (shown: readonly Column[]) => void
}

/** Which columns a list shows and in which order. */
export const ColumnsMenu = <Column extends string>({ columns, shown, nameOf, onShown }: ColumnsMenuProps<Column>) => {
  const { t } = useTranslation('common')
  const hidden = columns.filter((column) => !shown.includes(column))
  const place = (column: Column, by: number): void => {
    const at = shown.indexOf(column)
    const rest = shown.filter((one) => one !== column)
    onShown(rest.toSpliced(at + by, 0, column))
  }
  const box = (column: Column) => (
    <Checkbox
      size="sm"
      label={nameOf(column)}
      checked={shown.includes(column)}
      onChange={({ currentTarget: { checked } }) =>
        onShown(checked ? [...shown, column] : shown.filter((one) => one !== column))
      }
    />
  )
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="quiet" icon={<IconColumns3 size={16} stroke={1.75} aria-hidden />}>
          {t('views.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('views.columns')}>
        <ol className={classes.columns}>
          {shown.map((column, index) => (
            <li key={column}>
              {box(column)}
              <IconButton
                size="small"
                label={t('views.earlier', { column: nameOf(column) })}
                disabled={index === 0}
                onClick={() => place(column, -1)}
              >
                <IconArrowUp size={14} stroke={1.75} aria-hidden />
              </IconButton>
              <IconButton
                size="small"
                label={t('views.later', { column: nameOf(column) })}
                disabled={index === shown.length - 1}
                onClick={() => place(column, 1)}
              >
                <IconArrowDown size={14} stroke={1.75} aria-hidden />
              </IconButton>
            </li>
          ))}
          {hidden.map((column) => (
            <li key={column}>{box(column)}</li>
          ))}
        </ol>
      </Popover.Dropdown>
    </Popover>
  )
}
