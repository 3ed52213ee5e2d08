import { Checkbox, SegmentedControl } from '@mantine/core'
import { type ExportColumn, type ExportFormat, exportColumns, mostXlsxRows } from '@sendocki/domain/exports/export'
import { IconDownload } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../../lib/problem.ts'
import { saveFile } from '../../../lib/save-file.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Count } from '../../../ui/numbers.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { showToast } from '../../../ui/toast.tsx'
import type { ListFilters } from '../filters.ts'
import { countQuery } from '../orders.api.ts'
import { useRights } from '../rights.ts'
import type { OptionalColumn } from '../table/columns-choice.ts'
import { askExport, exportQuery, readExportFile } from './export.api.ts'
import classes from './export.module.css'

/** The columns of a file for those of the table. */
const ofTable: Readonly<Record<OptionalColumn, readonly ExportColumn[]>> = {
  phone: ['phone'],
  city: ['city'],
  amount: ['total', 'codAmount'],
  stage: ['stage'],
  age: ['stateSince'],
  cash: ['cash'],
  risk: ['risk'],
  parcel: ['parcel', 'trackingNumber'],
  assignee: ['assignee'],
  tags: ['tags'],
  notes: [],
  placedAt: ['placedAt'],
}

interface ExportDialogProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly filters: ListFilters
  readonly shown: readonly OptionalColumn[]
}

/** The view as a file: which columns, which kind, how far it is, and the way to it. */
export const ExportDialog = ({ opened, onClose, filters, shown }: ExportDialogProps) => {
  const { t } = useTranslation('orders')
  const rights = useRights()
  const offered = exportColumns.filter(
    (column) => rights.sees('address') || (column !== 'address' && column !== 'district'),
  )
  const [columns, setColumns] = useState<readonly ExportColumn[]>(() => {
    const wanted = new Set<ExportColumn>(['number', 'customer', ...shown.flatMap((column) => ofTable[column])])
    return offered.filter((column) => wanted.has(column))
  })
  const [format, setFormat] = useState<ExportFormat>('csv')
  const [id, setId] = useState<string | null>(null)
  const { data: count } = useQuery({ ...countQuery(filters), enabled: opened })
  const { data: state } = useQuery({ ...exportQuery(id ?? ''), enabled: id !== null })
  const refused = (problem: unknown): void => showToast({ tone: 'refused', message: problemText(problem) })
  const ask = useMutation({
    mutationFn: () => askExport(filters, columns, format),
    onSuccess: (made) => setId(made.id),
    onError: refused,
  })
  const download = useMutation({
    mutationFn: () => readExportFile(id ?? ''),
    onSuccess: ({ file, name }) => saveFile(file, name),
    onError: refused,
  })
  const toggle = (column: ExportColumn): void =>
    setColumns(offered.filter((one) => (one === column ? !columns.includes(one) : columns.includes(one))))
  const close = (): void => {
    setId(null)
    onClose()
  }
  return (
    <Dialog opened={opened} onClose={close} title={t('export.title')}>
      <div className={classes.dialog}>
        {id === null && (
          <>
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
              {offered.map((column) => (
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
              <Button variant="quiet" onClick={close}>
                {t('bulk.back')}
              </Button>
              <Button
                variant="filled"
                pending={ask.isPending}
                disabled={columns.length === 0}
                onClick={() => ask.mutate()}
              >
                {t('export.make')}
              </Button>
            </div>
          </>
        )}
        {id !== null && (!state || state.status === 'running') && (
          <Progress
            value={state?.rows ?? 0}
            max={Math.max(count?.count ?? 1, (state?.rows ?? 0) + 1)}
            label={t('export.progress', { n: state?.rows ?? 0 })}
          />
        )}
        {state?.status === 'ready' && (
          <>
            <p aria-live="polite">{t('export.ready', { n: state.rows })}</p>
            <div className={classes.actions}>
              <Button variant="quiet" onClick={close}>
                {t('bulk.close')}
              </Button>
              <Button
                variant="filled"
                pending={download.isPending}
                icon={<IconDownload size={16} stroke={1.75} aria-hidden />}
                onClick={() => download.mutate()}
              >
                {t('export.download')}
              </Button>
            </div>
          </>
        )}
        {(state?.status === 'failed' || state?.status === 'expired') && (
          <>
            <p role="alert">{t('export.failed')}</p>
            <div className={classes.actions}>
              <Button variant="filled" onClick={() => setId(null)}>
                {t('export.again')}
              </Button>
            </div>
          </>
        )}
      </div>
    </Dialog>
  )
}
