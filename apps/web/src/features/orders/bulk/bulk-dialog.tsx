import { ApiProblem } from '@sendocki/client/problem'
import type { BulkOperation, BulkRow } from '@sendocki/domain/bulk/bulk-schema'
import { csvLine, csvStart } from '@sendocki/domain/spreadsheet'
import { IconDownload } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { currentLanguage } from '../../../lib/i18n.ts'
import { problemText } from '../../../lib/problem.ts'
import { saveFile } from '../../../lib/save-file.ts'
import { useShortcuts } from '../../../lib/shortcuts.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Count, OrderNumber } from '../../../ui/numbers.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { showToast } from '../../../ui/toast.tsx'
import { paths } from '../paths.ts'
import { isOver, readBulkRows, stopBulk } from './bulk.api.ts'
import classes from './bulk.module.css'
import type { Bulk } from './use-bulk.tsx'

/** The sentence of a refusal code, as on a single order. */
const reasonText = (code: string, params: Record<string, unknown> = {}): string =>
  problemText(new ApiProblem({ status: 422, code, params } as never, null))

const Reasons = ({ operation }: { operation: BulkOperation }) => (
  <dl className={classes.reasons}>
    {operation.reasons.map(({ code, count }) => (
      <div key={code}>
        <dt>{reasonText(code)}</dt>
        <dd>
          <Count count={count} />
        </dd>
      </div>
    ))}
  </dl>
)

const rowsShown = 100

/** Each order that was left as it was, and why. */
const RefusedRows = ({ id }: { id: string }) => {
  const { t } = useTranslation('orders')
  const { data } = useQuery({
    queryKey: ['bulk_operation', id, 'refused'],
    queryFn: () => readBulkRows(id, 'refused'),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!data) return null
  return (
    <ul className={classes.rows} aria-label={t('bulk.refusedRows')} tabIndex={0}>
      {data.slice(0, rowsShown).map(({ position, orderId, number, refusal }) => (
        <li key={position}>
          {number === null ? (
            '–'
          ) : (
            <Link to={paths.order(orderId)}>
              <OrderNumber number={number} />
            </Link>
          )}
          <span>{refusal && reasonText(refusal.code, refusal.params)}</span>
        </li>
      ))}
      {data.length > rowsShown && <li>{t('bulk.moreRows', { n: data.length - rowsShown })}</li>}
    </ul>
  )
}

/** The results of every order as a file that opens in a spreadsheet. */
const useDownload = (id: string) => {
  const { t } = useTranslation('orders')
  return useMutation({
    mutationFn: async () => {
      const notation = { separator: currentLanguage() === 'en' ? ',' : ';', reader: 'excel' } as const
      const wordOf = ({ outcome }: BulkRow) => t(`bulk.outcome.${outcome}`)
      const lines = (await readBulkRows(id)).map((row) =>
        csvLine(
          [row.number, wordOf(row), row.refusal ? reasonText(row.refusal.code, row.refusal.params) : null],
          notation,
        ),
      )
      const head = csvLine([t('column.number'), t('bulk.result'), t('bulk.reason')], notation)
      saveFile(new Blob([csvStart, head, ...lines], { type: 'text/csv;charset=utf-8' }), `${t('bulk.file')}.csv`)
    },
    onError: (problem) => showToast({ tone: 'refused', message: problemText(problem) }),
  })
}

const Preview = ({ bulk, operation }: { bulk: Bulk; operation: BulkOperation }) => {
  const { t } = useTranslation('orders')
  const { asked, start, close } = bulk
  const run = (): void => {
    if (asked && operation.done > 0) void start(asked.chosen, asked.wish, { dryRun: false })
  }
  useShortcuts([{ keys: 'Enter', run }], { level: 'dialog', on: isOver(operation) && operation.done > 0 })
  if (!isOver(operation))
    return <Progress value={operation.done + operation.refused} max={operation.rows} label={t('bulk.looking')} />
  return (
    <>
      <p>{t(`bulk.would.${operation.action}`, { n: operation.done })}</p>
      {operation.refused > 0 && (
        <>
          <p>{t('bulk.wouldNot', { n: operation.refused })}</p>
          <Reasons operation={operation} />
          <RefusedRows id={operation.id} />
        </>
      )}
      <div className={classes.actions}>
        <Button variant="quiet" onClick={close}>
          {t('bulk.back')}
        </Button>
        <Button variant="filled" keyHint="Enter" disabled={operation.done === 0} onClick={run}>
          {t(`bulk.do.${operation.action}`, { n: operation.done })}
        </Button>
      </div>
    </>
  )
}

const Running = ({ bulk, operation }: { bulk: Bulk; operation: BulkOperation }) => {
  const { t } = useTranslation('orders')
  const download = useDownload(operation.id)
  const stop = useMutation({
    mutationFn: () => stopBulk(operation.id),
    onError: (problem) => showToast({ tone: 'refused', message: problemText(problem) }),
  })
  const over = isOver(operation)
  return (
    <>
      <Progress
        value={operation.done + operation.refused}
        max={operation.rows}
        label={t('bulk.progress', {
          done: operation.done + operation.refused,
          n: operation.rows,
        })}
      />
      {over && (
        <p aria-live="polite">
          {t(operation.undoes === null ? 'bulk.endedWith' : 'bulk.undoneWith', {
            n: operation.done,
            refused: operation.refused,
          })}
          {operation.status === 'stopped' &&
            ` ${operation.problem ? reasonText(operation.problem) : t('bulk.stoppedHere')}`}
        </p>
      )}
      {over && operation.refused > 0 && (
        <>
          <Reasons operation={operation} />
          <RefusedRows id={operation.id} />
        </>
      )}
      <div className={classes.actions}>
        {over && (
          <Button
            variant="quiet"
            pending={download.isPending}
            icon={<IconDownload size={16} stroke={1.75} aria-hidden />}
            onClick={() => download.mutate()}
          >
            {t('bulk.download')}
          </Button>
        )}
        {over && operation.undoable && (
          <Button variant="outline" onClick={bulk.undo}>
            {t('bulk.undo')}
          </Button>
        )}
        {over ? (
          <Button variant="filled" onClick={bulk.close}>
            {t('bulk.close')}
          </Button>
        ) : (
          <Button
            variant="danger"
            pending={stop.isPending || operation.status === 'stopping'}
            onClick={() => stop.mutate()}
          >
            {t('bulk.stop')}
          </Button>
        )}
      </div>
    </>
  )
}

/** What an operation would do, then how far it is, then what came of each order. It goes on when this is closed. */
export const BulkDialog = ({ bulk }: { bulk: Bulk }) => {
  const { t } = useTranslation('orders')
  const { asked, operation, shown, close } = bulk
  if (!asked) return null
  const title = operation?.undoes ? t('bulk.undoTitle') : t(`bulk.title.${asked.wish.action}`)
  return (
    <Dialog opened={shown} onClose={close} title={title}>
      <div className={classes.dialog}>
        {!operation && <Progress value={0} max={1} label={t('bulk.looking')} />}
        {operation?.dryRun && <Preview bulk={bulk} operation={operation} />}
        {operation && !operation.dryRun && <Running bulk={bulk} operation={operation} />}
      </div>
    </Dialog>
  )
}
