import { Checkbox, Select } from '@mantine/core'
import type { CarrierFile } from '@sendocki/domain/carrier-files/carrier-file'
import { columnFields, fieldsOf } from '@sendocki/domain/carrier-files/columns'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { Words } from '../../ui/numbers.tsx'
import classes from './carrier-files.module.css'
import { useTry } from './use-try.ts'

const ignored = 'none'

/** What each column is, with a few of its cells. A field that is chosen again leaves its former column. */
export const Columns = ({ file }: { file: CarrierFile }) => {
  const { t } = useTranslation('carrierFiles')
  const [columns, setColumns] = useState(file.mapping.columns)
  const [hasHeader, setHasHeader] = useState(file.mapping.hasHeader)
  const { mutate, isPending, error } = useTry(file.id)
  const choose = (index: number, value: string | null): void => {
    const field = columnFields.find((one) => one === value) ?? null
    setColumns(columns.map((before, at) => (at === index ? field : before === field ? null : before)))
  }
  const nameOf = (index: number): string => file.columns[index]?.name || t('columns.column', { number: index + 1 })
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
                ...fieldsOf[file.kind].map((value) => ({ value, label: t(`columns.field.${value}`) })),
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
      {error && <FormProblem code={problemCode(error)}>{problemText(error)}</FormProblem>}
      <div className={classes.actions}>
        <Button
          variant={file.outcomes.length === 0 ? 'filled' : 'outline'}
          pending={isPending}
          onClick={() => mutate({ columns: [...columns], hasHeader })}
        >
          {t('columns.preview')}
        </Button>
      </div>
    </div>
  )
}
