import { Checkbox, SegmentedControl } from '@mantine/core'
import {
  type CustomerExportColumn,
  customerExportColumns,
  type ExportFormat,
  mostXlsxRows,
} from '@sendocki/domain/exports/export'
import { IconDownload } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/problem.ts'
import { saveFile } from '../../lib/save-file.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Count } from '../../ui/numbers.tsx'
import { Progress } from '../../ui/progress.tsx'
import { showToast } from '../../ui/toast.tsx'
import { customersCountQuery } from './customers.api.ts'
import classes from './customers.module.css'
import { askExport, exportQuery, readExportFile } from './export.api.ts'
import type { CustomerFilters } from './filters.ts'

interface ExportProps {
  readonly filters: CustomerFilters
  readonly onClose: () => void
}

/** The list as a file: which columns, which kind, how far it is, and the way to it. */
export const ExportDialog = ({ opened, ...props }: ExportProps & { readonly opened: boolean }) => {
  const { t } = useTranslation('customers')
  return (
    <Dialog opened={opened} onClose={props.onClose} title={t('export.title')}>
      <Steps {...props} />
    </Dialog>
  )
}

const Steps = ({ filters, onClose }: ExportProps) => {
  const { t } = useTranslation('customers')
  const [id, setId] = useState<string | null>(null)
  const { data: count } = useQuery(customersCountQuery(filters))
  const { data: state } = useQuery({ ...exportQuery(id ?? ''), enabled: id !== null })
  if (id === null) return <Choice filters={filters} onAsked={setId} onClose={onClose} />
  if (state?.status === 'ready') return <Ready id={id} rows={state.rows} />
  if (state?.status === 'failed' || state?.status === 'expired')
    return (
      <div className={classes.form}>
        <p role="alert">{t('export.failed')}</p>
        <div className={classes.actions}>
          <Button variant="filled" onClick={() => setId(null)}>
            {t('export.again')}
          </Button>
        </div>
      </div>
    )
  const rows = state?.rows ?? 0
  return <Progress value={rows} max={Math.max(count?.count ?? 1, rows + 1)} label={t('export.progress', { n: rows })} />
}

const refused = (problem: unknown): void => showToast({ tone: 'refused', message: problemText(problem) })

const Choice = ({ filters, onClose, onAsked }: ExportProps & { readonly onAsked: (id: string) => void }) => {
  const { t } = useTranslation(['customers', 'common'])
  const { data: count } = useQuery(customersCountQuery(filters))
  const [columns, setColumns] = useState<readonly CustomerExportColumn[]>(customerExportColumns)
  const [format, setFormat] = useState<ExportFormat>('csv')
  const ask = useMutation({
    mutationFn: () => askExport(filters, columns, format),
    onSuccess: ({ id }) => onAsked(id),
    onError: refused,
  })
  const toggle = (column: CustomerExportColumn): void =>
    setColumns(customerExportColumns.filter((one) => (one === column) !== columns.includes(one)))
  return (
    <div className={classes.form}>
      <p>
        {t('export.rows')} {count && <Count count={count.count} capped={count.capped} />}
      </p>
      <SegmentedControl
        size="sm"
        aria-label={t('export.format')}
        data={[
          { value: 'csv', label: 'CSV' },
          { value: 'xlsx', label: 'Excel (XLSX)' },
        ]}
        value={format}
        onChange={(value) => setFormat(value === 'xlsx' ? 'xlsx' : 'csv')}
      />
      {format === 'xlsx' && <p className={classes.hint}>{t('export.xlsxLimit', { n: mostXlsxRows })}</p>}
      <fieldset className={classes.columns}>
        <legend>{t('export.columns')}</legend>
        {customerExportColumns.map((column) => (
          <Checkbox
            key={column}
            size="sm"
            label={t(`export.column.${column}`)}
            checked={columns.includes(column)}
            onChange={() => toggle(column)}
          />
        ))}
      </fieldset>
      <p className={classes.hint}>{t('export.kept')}</p>
      <div className={classes.actions}>
        <Button variant="quiet" onClick={onClose}>
          {t('common:ui.goBack')}
        </Button>
        <Button variant="filled" pending={ask.isPending} disabled={columns.length === 0} onClick={() => ask.mutate()}>
          {t('export.make')}
        </Button>
      </div>
    </div>
  )
}

const Ready = ({ id, rows }: { id: string; rows: number }) => {
  const { t } = useTranslation('customers')
  const download = useMutation({
    mutationFn: () => readExportFile(id),
    onSuccess: ({ file, name }) => saveFile(file, name),
    onError: refused,
  })
  return (
    <div className={classes.form}>
      <p aria-live="polite">{t('export.ready', { n: rows })}</p>
      <div className={classes.actions}>
        <Button
          variant="filled"
          pending={download.isPending}
          icon={<IconDownload size={16} stroke={1.75} aria-hidden />}
          onClick={() => download.mutate()}
        >
          {t('export.download')}
        </Button>
      </div>
    </div>
  )
}
