import { Popover } from '@mantine/core'
import type { Order, OrderSummary } from '@sendocki/domain/orders/order'
import { IconPencil } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../../lib/api.ts'
import { problemText } from '../../../lib/problem.ts'
import { Button } from '../../../ui/button.tsx'
import { conflictOf } from '../conflict.ts'
import { useTakeOver } from '../use-own-changes.ts'
import classes from './edit-cell.module.css'

interface EditCellProps<Value> {
  readonly order: OrderSummary
  /** What is changed, as the column is called. */
  readonly label: string
  readonly value: Value
  /** The value as it is read. */
  readonly children: ReactNode
  readonly save: (order: Pick<OrderSummary, 'id' | 'version'>, value: Value) => Promise<Order>
  readonly editor: (value: Value, onValue: (value: Value) => void, done: (value: Value) => void) => ReactNode
}

/** Arrows walk between the cells of the row that can be edited; `Esc` goes back to the row. */
const walkCells = (event: KeyboardEvent<HTMLElement>): void => {
  const row = event.currentTarget.closest<HTMLElement>('[role="row"]')
  const cells = [...(row?.querySelectorAll<HTMLElement>('[data-edit]') ?? [])]
  const at = cells.indexOf(event.currentTarget)
  const rtl = document.documentElement.dir === 'rtl'
  const step = event.key === 'ArrowRight' ? (rtl ? -1 : 1) : event.key === 'ArrowLeft' ? (rtl ? 1 : -1) : 0
  if (step !== 0) {
    event.preventDefault()
    cells[at + step]?.focus()
  } else if (event.key === 'Escape') row?.focus()
}

/**
 * A cell that is edited where it stands: by its pencil, by a double click, or by `E` on the row. Of two who change an
 * order at once the second is told what it is now, and chooses.
 */
export const EditCell = <Value,>({ order, label, value, children, save, editor }: EditCellProps<Value>) => {
  const { t } = useTranslation('orders')
  const takeOver = useTakeOver()
  const [draft, setDraft] = useState<{ readonly value: Value } | null>(null)
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: ({ version, value: wanted }: { version: number; value: Value }) =>
      save({ id: order.id, version }, wanted),
    onSuccess: (changed) => {
      takeOver(changed)
      setDraft(null)
    },
  })
  const conflict = error instanceof ApiProblem ? conflictOf(error) : null
  const open = (): void => {
    reset()
    setDraft({ value })
  }
  const done = (wanted: Value): void => mutate({ version: order.version, value: wanted })
  return (
    <span className={classes.cell} data-pending={isPending || undefined} onDoubleClick={open}>
      <span className="truncate">{children}</span>
      <Popover
        opened={draft !== null}
        onChange={(opened) => !opened && setDraft(null)}
        position="bottom-end"
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <button
            type="button"
            data-edit
            tabIndex={-1}
            className={classes.pencil}
            aria-label={t('inline.edit', { label, number: order.number })}
            onClick={open}
            onKeyDown={walkCells}
          >
            <IconPencil size={14} stroke={1.75} aria-hidden />
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label={label}>
          {draft && (
            <form
              className={classes.editor}
              onSubmit={(event) => {
                event.preventDefault()
                done(draft.value)
              }}
            >
              {editor(draft.value, (next) => setDraft({ value: next }), done)}
              {conflict ? (
                <div role="alert">
                  <p>{t('inline.changed', { who: conflict.who ?? t('conflict.somebody') })}</p>
                  <div className={classes.actions}>
                    <Button
                      size="small"
                      variant="filled"
                      onClick={() => {
                        takeOver(conflict.current)
                        setDraft(null)
                      }}
                    >
                      {t('inline.keepTheirs')}
                    </Button>
                    <Button
                      size="small"
                      onClick={() => mutate({ version: conflict.current.version, value: draft.value })}
                    >
                      {t('inline.takeMine')}
                    </Button>
                  </div>
                </div>
              ) : (
                <>
                  {error && <p role="alert">{problemText(error)}</p>}
                  <Button type="submit" size="small" variant="filled" pending={isPending}>
                    {t('inline.save')}
                  </Button>
                </>
              )}
            </form>
          )}
        </Popover.Dropdown>
      </Popover>
    </span>
  )
}
