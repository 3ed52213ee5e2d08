import { Checkbox, Radio, Select } from '@mantine/core'
import { choicesOf, type DuplicateChoice, fieldsOf } from '@sendocki/domain/imports/import'
import type { Import } from '@sendocki/domain/imports/import-schema'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { Words } from '../../ui/numbers.tsx'
import { importKeys, mapImport, tryImport } from './imports.api.ts'
import classes from './imports.module.css'
import { StatusWords } from './status-words.tsx'

const ignored = 'none'

/** What each column is, with a few of its cells, and what becomes of customers who are known. */
export const MappingForm = ({ file }: { file: Import }) => {
  const { t } = useTranslation('imports')
  const queries = useQueryClient()
  const [columns, setColumns] = useState(file.mapping.columns)
  const [hasHeader, setHasHeader] = useState(file.mapping.hasHeader)
  const [duplicates, setDuplicates] = useState<DuplicateChoice>(file.duplicates)
  const [words, setWords] = useState(file.words)
  const choices = choicesOf[file.kind]
  const fields = fieldsOf[file.kind]
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      await mapImport(file.id, {
        ...{ columns: [...columns], hasHeader, duplicates },
        // Only what differs from the proposal was said by anybody.
        words: words.flatMap(({ word, state }, at) => (state === file.words[at]?.state ? [] : [{ word, state }])),
      })
      return tryImport(file.id)
    },
    onSuccess: async (tried) => {
      queries.setQueryData(importKeys.one(file.id), tried)
      await queries.invalidateQueries({ queryKey: ['import', 'rows', file.id] })
    },
  })
  // A field that is chosen again leaves its former column.
  const choose = (index: number, value: string | null): void => {
    const field = fields.find((one) => one === value) ?? null
    setColumns(columns.map((before, at) => (at === index ? field : before === field ? null : before)))
  }
  const nameOf = (index: number): string => file.columns[index]?.name || t('columns.column', { number: index + 1 })
  const reached = columns.some((field) => field === 'phone' || field === 'email')
  const lacking = !reached || (file.kind === 'orders' && !columns.includes('placedAt'))
  return (
    <div className={classes.form}>
      <Checkbox
        label={t('columns.header')}
        checked={hasHeader}
        onChange={(event) => setHasHeader(event.currentTarget.checked)}
      />
      <ul className={classes.columns}>
        {columns.map((field, index) => (
          <li key={index}>
            <Select
              label={<Words>{nameOf(index)}</Words>}
              data={[
                { value: ignored, label: t('columns.ignore') },
                ...fields.map((value) => ({ value, label: t(`columns.field.${value}`) })),
              ]}
              value={field ?? ignored}
              onChange={(value) => choose(index, value)}
              allowDeselect={false}
            />
            <span className={classes.samples}>
              {(file.columns[index]?.samples ?? []).map((sample, at) => (
                <span key={at} className="truncate">
                  <Words>{sample}</Words>
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
      {file.kind === 'orders' && (
        <StatusWords
          words={words}
          whole={file.status === 'tried'}
          onState={(word, state) => setWords(words.map((one) => (one.word === word ? { ...one, state } : one)))}
        />
      )}
      <Radio.Group
        label={t(file.kind === 'orders' ? 'duplicates.orders.label' : 'duplicates.label')}
        description={t(file.kind === 'orders' ? 'duplicates.orders.hint' : 'duplicates.hint')}
        value={duplicates}
        onChange={(value) => setDuplicates(choices.find((one) => one === value) ?? choices[0])}
      >
        <div className={classes.choices}>
          {choices.map((choice) => (
            <Radio key={choice} value={choice} label={t(`duplicates.${choice}`)} />
          ))}
        </div>
      </Radio.Group>
      {lacking && (
        <p className={classes.hint}>{t(file.kind === 'orders' ? 'columns.lackingOrders' : 'columns.lacking')}</p>
      )}
      {error && <FormProblem code={problemCode(error)}>{problemText(error)}</FormProblem>}
      <div className={classes.actions}>
        <Button
          variant={file.status === 'read' ? 'filled' : 'outline'}
          size="form"
          pending={isPending}
          disabled={lacking}
          onClick={() => mutate()}
        >
          {t('columns.preview')}
        </Button>
      </div>
    </div>
  )
}
