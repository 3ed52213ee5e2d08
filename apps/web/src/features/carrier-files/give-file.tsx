import { Textarea } from '@mantine/core'
import type { CarrierFile } from '@sendocki/domain/carrier-files/carrier-file'
import type { CarrierFileKind } from '@sendocki/domain/carrier-files/columns'
import { IconFileUpload } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { fileKeys, tryFile, uploadFile } from './carrier-files.api.ts'
import classes from './carrier-files.module.css'

interface GiveFileProps {
  readonly accountId: string
  readonly kind: CarrierFileKind
  readonly onRead: (file: CarrierFile) => void
}

/** A mapping that was used before, or that names its parcels or cities surely, is tried at once. */
const tryAtOnce = async (file: CarrierFile): Promise<CarrierFile> => {
  const known = file.remembered || file.mapping.columns.every((field) => field !== null)
  return known ? tryFile(file.id, file.mapping).catch(() => file) : file
}

/** A file of the carrier's, or rows copied from its portal. */
export const GiveFile = ({ accountId, kind, onRead }: GiveFileProps) => {
  const { t } = useTranslation('carrierFiles')
  const queries = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [pasted, setPasted] = useState('')
  const { mutate, isPending, error } = useMutation({
    mutationFn: async ({ content, name }: { content: Blob; name: string | null }) =>
      tryAtOnce(await uploadFile(accountId, kind, content, name)),
    onSuccess: (file) => {
      queries.setQueryData(fileKeys.one(file.id), file)
      onRead(file)
    },
  })
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (pasted.trim() !== '') mutate({ content: new Blob([pasted]), name: null })
      }}
    >
      <div className={classes.give}>
        <input
          ref={input}
          type="file"
          className={classes.hidden}
          tabIndex={-1}
          aria-hidden
          accept=".csv,.txt,.tsv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          onChange={(event) => {
            const [file] = event.target.files ?? []
            if (file) mutate({ content: file, name: file.name })
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
          {t('choose')}
        </Button>
        <span className={classes.hint}>{t('chooseHint')}</span>
      </div>
      <Textarea
        label={t('paste')}
        description={t('pasteHint')}
        dir="ltr"
        autosize
        minRows={5}
        maxRows={14}
        spellCheck={false}
        value={pasted}
        onChange={(event) => setPasted(event.currentTarget.value)}
      />
      {error && <FormProblem code={problemCode(error)}>{problemText(error)}</FormProblem>}
      <div className={classes.actions}>
        <Button type="submit" size="form" pending={isPending} disabled={pasted.trim() === ''}>
          {t('read')}
        </Button>
      </div>
    </form>
  )
}
