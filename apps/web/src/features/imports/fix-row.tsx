import { TextInput } from '@mantine/core'
import type { Import, ImportRow } from '@sendocki/domain/imports/import-schema'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import classes from './imports.module.css'

interface FixRowProps {
  readonly file: Import
  readonly row: ImportRow
  readonly pending: boolean
  readonly onCancel: () => void
  readonly onSave: (cells: readonly string[]) => void
}

/** The cells of one row that are read, to be put right where they stand. */
export const FixRow = ({ file, row, pending, onCancel, onSave }: FixRowProps) => {
  const { t } = useTranslation(['imports', 'common'])
  const [cells, setCells] = useState(() => file.mapping.columns.map((_field, index) => row.cells[index] ?? ''))
  return (
    <form
      className={classes.fix}
      onSubmit={(event) => {
        event.preventDefault()
        onSave(cells)
      }}
    >
      {file.mapping.columns.map(
        (field, index) =>
          field !== null && (
            <TextInput
              key={field}
              label={t(`columns.field.${field}`)}
              dir="auto"
              maxLength={1_000}
              autoComplete="off"
              value={cells[index] ?? ''}
              onChange={(event) => {
                const { value } = event.currentTarget
                setCells(cells.map((cell, at) => (at === index ? value : cell)))
              }}
            />
          ),
      )}
      <div className={classes.actions}>
        <Button variant="quiet" onClick={onCancel}>
          {t('common:ui.goBack')}
        </Button>
        <Button type="submit" variant="filled" pending={pending}>
          {t(file.carriedOut ? 'rows.applyFix' : 'rows.saveFix')}
        </Button>
      </div>
    </form>
  )
}
