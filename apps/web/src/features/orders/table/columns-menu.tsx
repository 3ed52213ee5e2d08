import { Checkbox, Popover } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconColumns3 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { type OptionalColumn, optionalColumns } from './columns-choice.ts'
import classes from './table.module.css'

interface ColumnsMenuProps {
  readonly shown: readonly OptionalColumn[]
  readonly onShown: (shown: readonly OptionalColumn[]) => void
}

/** Which columns the table shows and in which order. */
export const ColumnsMenu = ({ shown, onShown }: ColumnsMenuProps) => {
  const { t } = useTranslation('orders')
  const hidden = optionalColumns.filter((column) => !shown.includes(column))
  const place = (column: OptionalColumn, by: number): void => {
    const at = shown.indexOf(column)
    const rest = shown.filter((one) => one !== column)
    onShown(rest.toSpliced(at + by, 0, column))
  }
  const box = (column: OptionalColumn) => (
    <Checkbox
      size="sm"
      label={t(`column.${column}`)}
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
          {t('display.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('display.columns')}>
        <ol className={classes.columns}>
          {shown.map((column, index) => (
            <li key={column}>
              {box(column)}
              <IconButton
                size="small"
                label={t('display.earlier', { column: t(`column.${column}`) })}
                disabled={index === 0}
                onClick={() => place(column, -1)}
              >
                <IconArrowUp size={14} stroke={1.75} aria-hidden />
              </IconButton>
              <IconButton
                size="small"
                label={t('display.later', { column: t(`column.${column}`) })}
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
