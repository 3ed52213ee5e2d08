import { Select, TextInput } from '@mantine/core'
import type { CarrierAccount } from '@sendocki/domain/carriers/account'
import { phoneFormats, type SheetLayout, sheetFields } from '@sendocki/domain/carriers/sheet'
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { carrierKeys, chooseSheet, sheetQuery } from './carriers.api.ts'
import classes from './carriers.module.css'
import { Foot } from './connect-carrier.tsx'

interface SheetProps {
  readonly account: CarrierAccount
  readonly onClose: () => void
}

/** The file that the carrier's portal imports, laid out once. */
export const SheetDialog = ({ account, onClose }: SheetProps) => {
  const { t } = useTranslation('carriers')
  const { data, error } = useQuery(sheetQuery(account.id))
  return (
    <Dialog opened onClose={onClose} title={t('sheet.title', { name: account.name })} size="lg">
      {!data && !error && <SkeletonRows label={t('loading')} rows={5} />}
      {error && !data && (
        <ErrorState title={t('loadFailed')} code={problemCode(error)}>
          {problemText(error)}
        </ErrorState>
      )}
      {data && <SheetForm account={account} layout={data} onClose={onClose} />}
    </Dialog>
  )
}

type Column = SheetLayout['columns'][number]
/** A column in the form has a name of its own, so that it keeps its inputs when it is moved. */
type Line = Column & { readonly key: string }

const icon = { size: 16, stroke: 1.75 } as const
const separators = { ';': 'semicolon', ',': 'comma' } as const

const SheetForm = ({ account, layout, onClose }: SheetProps & { layout: SheetLayout }) => {
  const { t } = useTranslation('carriers')
  const queries = useQueryClient()
  const [rest, setRest] = useState(layout)
  const [lines, setLines] = useState<readonly Line[]>(() =>
    layout.columns.map((column) => ({ ...column, key: crypto.randomUUID() })),
  )
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      chooseSheet(account.id, {
        ...rest,
        columns: lines.map(({ key: _key, field, header, value }) => ({
          field,
          header: header.trim() || t(`sheet.fields.${field}`),
          ...(field === 'text' ? { value: value ?? '' } : {}),
        })),
      }),
    onSuccess: (saved) => {
      queries.setQueryData(carrierKeys.sheet(account.id), saved)
      showToast({ message: t('sheet.saved') })
      onClose()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!isPending) mutate()
  }
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <p className={classes.hint}>{t('sheet.hint')}</p>
      <ol className={classes.lines}>
        {lines.map((line, index) => (
          <SheetLine
            key={line.key}
            line={line}
            onChange={(change) => setLines(lines.map((one) => (one === line ? { ...one, ...change } : one)))}
            onMove={(by) => setLines(moved(lines, index, by))}
            onRemove={lines.length > 1 ? () => setLines(lines.filter((one) => one !== line)) : undefined}
            first={index === 0}
            last={index === lines.length - 1}
          />
        ))}
      </ol>
      {lines.length < 40 && (
        <Button
          icon={<IconPlus {...icon} aria-hidden />}
          onClick={() => setLines([...lines, { key: crypto.randomUUID(), field: 'text', header: '', value: '' }])}
        >
          {t('sheet.add')}
        </Button>
      )}
      <div className={classes.pair}>
        <Select
          label={t('sheet.phone')}
          data={phoneFormats.map((value) => ({ value, label: t(`sheet.phones.${value}`) }))}
          value={rest.phoneFormat}
          onChange={(value) =>
            setRest({ ...rest, phoneFormat: phoneFormats.find((one) => one === value) ?? rest.phoneFormat })
          }
          allowDeselect={false}
        />
        <Select
          label={t('sheet.separator')}
          data={([';', ','] as const).map((value) => ({ value, label: t(`sheet.separators.${separators[value]}`) }))}
          value={rest.separator}
          onChange={(value) => setRest({ ...rest, separator: value === ',' ? ',' : ';' })}
          allowDeselect={false}
        />
        <TextInput
          label={t('sheet.yes')}
          maxLength={20}
          value={rest.yes}
          onChange={(event) => setRest({ ...rest, yes: event.currentTarget.value })}
        />
        <TextInput
          label={t('sheet.no')}
          maxLength={20}
          value={rest.no}
          onChange={(event) => setRest({ ...rest, no: event.currentTarget.value })}
        />
      </div>
      {error && <FormProblem code={problemCode(error)}>{problemText(error)}</FormProblem>}
      <Foot action={t('form.save')} pending={isPending} onClose={onClose} />
    </form>
  )
}

const moved = (lines: readonly Line[], index: number, by: -1 | 1): readonly Line[] => {
  const next = [...lines]
  const [line] = next.splice(index, 1)
  if (line) next.splice(index + by, 0, line)
  return next
}

interface SheetLineProps {
  readonly line: Line
  readonly first: boolean
  readonly last: boolean
  readonly onChange: (change: Partial<Column>) => void
  readonly onMove: (by: -1 | 1) => void
  readonly onRemove: (() => void) | undefined
}

const SheetLine = ({ line, first, last, onChange, onMove, onRemove }: SheetLineProps) => {
  const { t } = useTranslation('carriers')
  const name = line.header || t(`sheet.fields.${line.field}`)
  return (
    <li>
      <Select
        aria-label={t('sheet.column')}
        data={sheetFields.map((value) => ({ value, label: t(`sheet.fields.${value}`) }))}
        value={line.field}
        onChange={(value) => onChange({ field: sheetFields.find((one) => one === value) ?? line.field })}
        allowDeselect={false}
        searchable
      />
      <TextInput
        aria-label={t('sheet.header')}
        placeholder={t('sheet.header')}
        dir="auto"
        maxLength={80}
        value={line.header}
        onChange={(event) => onChange({ header: event.currentTarget.value })}
      />
      {line.field === 'text' && (
        <TextInput
          aria-label={t('sheet.value')}
          placeholder={t('sheet.value')}
          dir="auto"
          maxLength={120}
          value={line.value ?? ''}
          onChange={(event) => onChange({ value: event.currentTarget.value })}
        />
      )}
      <span className={classes.lineActions}>
        <IconButton label={t('sheet.up', { name })} disabled={first} onClick={() => onMove(-1)}>
          <IconArrowUp {...icon} />
        </IconButton>
        <IconButton label={t('sheet.down', { name })} disabled={last} onClick={() => onMove(1)}>
          <IconArrowDown {...icon} />
        </IconButton>
        <IconButton label={t('sheet.remove', { name })} disabled={!onRemove} onClick={() => onRemove?.()}>
          <IconX {...icon} />
        </IconButton>
      </span>
    </li>
  )
}
