import { Textarea } from '@mantine/core'
import type { ImportKind } from '@sendocki/domain/imports/import'
import type { Import } from '@sendocki/domain/imports/import-schema'
import { IconFileUpload } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { giveTable, importKeys } from './imports.api.ts'
import classes from './imports.module.css'
import { useImportProblems } from './problems.ts'

/** A file that is chosen or dropped, or lines that are pasted. */
export const GiveTable = ({ kind, onRead }: { kind: ImportKind; onRead: (file: Import) => void }) => {
  const { t } = useTranslation('imports')
  const problems = useImportProblems()
  const queries = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [pasted, setPasted] = useState('')
  const [over, setOver] = useState(false)
  const { mutate, isPending, error } = useMutation({
    mutationFn: giveTable,
    onSuccess: (file) => {
      queries.setQueryData(importKeys.one(file.id), file)
      onRead(file)
    },
  })
  const hover = (event: DragEvent): void => {
    event.preventDefault()
    setOver(true)
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file && !isPending) mutate({ kind, content: file })
  }
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (pasted.trim() !== '') mutate({ kind, content: pasted })
      }}
    >
      <div
        className={classes.give}
        data-over={over || undefined}
        onDragOver={hover}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <input
          ref={input}
          type="file"
          className={classes.hidden}
          tabIndex={-1}
          aria-hidden
          accept=".csv,.txt,.tsv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          onChange={(event) => {
            const [file] = event.target.files ?? []
            if (file) mutate({ kind, content: file })
            event.target.value = ''
          }}
        />
        <Button
          variant="filled"
          size="form"
          icon={<IconFileUpload size={18} stroke={1.75} aria-hidden />}
          pending={isPending}
          onClick={() => input.current?.click()}
        >
          {t('give.choose')}
        </Button>
        <span className={classes.hint}>{t('give.hint')}</span>
      </div>
      <Textarea
        label={t('give.paste')}
        description={t('give.pasteHint')}
        dir="auto"
        autosize
        minRows={4}
        maxRows={12}
        spellCheck={false}
        value={pasted}
        onChange={(event) => setPasted(event.currentTarget.value)}
      />
      {error && <FormProblem code={problemCode(error)}>{problems.ofError(error)}</FormProblem>}
      <div className={classes.actions}>
        <Button type="submit" size="form" pending={isPending} disabled={pasted.trim() === ''}>
          {t('give.read')}
        </Button>
      </div>
    </form>
  )
}
