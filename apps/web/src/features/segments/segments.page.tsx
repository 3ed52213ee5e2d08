import type { Segment } from '@sendocki/domain/segments/segment'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { segmentsQuery, useSegmentName } from '../../lib/segments.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Count, Words } from '../../ui/numbers.tsx'
import { Page } from '../../ui/page.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { useRuleText } from './rule-text.tsx'
import { SegmentForm } from './segment-form.tsx'
import { createSegment, deleteSegment, editSegment, segmentKeys } from './segments.api.ts'
import classes from './segments.module.css'

/** Customers by behaviour: each rule in words, who fits, and the way to them. */
export const SegmentsPage = () => {
  const { t } = useTranslation('segments')
  const editable = useCan()('segments.edit')
  const { data, error, isPending, refetch } = useQuery(segmentsQuery)
  /** The segment that is being changed; null for a new one. */
  const [open, setOpen] = useState<{ readonly segment: Segment | null } | null>(null)
  const add = () => setOpen({ segment: null })
  useShortcuts(editable ? [{ keys: 'n', label: t('create'), run: add }] : [])
  return (
    <Page
      title={t('title')}
      actions={
        editable && (
          <Button variant="filled" keyHint="n" icon={<IconPlus size={16} stroke={1.75} aria-hidden />} onClick={add}>
            {t('create')}
          </Button>
        )
      }
    >
      <p className={classes.hint}>{t('hint')}</p>
      {isPending && <SkeletonRows label={t('loading')} rows={6} />}
      {error && !data && (
        <ErrorState
          title={t('loadFailed')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {data && (
        <ul className={classes.list} aria-label={t('title')}>
          {data.items.map((segment) => (
            <SegmentRow key={segment.id} segment={segment} onEdit={editable ? () => setOpen({ segment }) : null} />
          ))}
        </ul>
      )}
      <SegmentDialog open={open} onClose={() => setOpen(null)} />
    </Page>
  )
}

const SegmentRow = ({ segment, onEdit }: { segment: Segment; onEdit: (() => void) | null }) => {
  const { t } = useTranslation('segments')
  const nameOf = useSegmentName()
  const ruleText = useRuleText()
  const { id, changed, size } = segment
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <strong>
          <Words>{nameOf(segment)}</Words> {changed && <Chip>{t('changed')}</Chip>}
        </strong>
        <span className={classes.hint}>{ruleText(segment.rule)}</span>
      </div>
      <Link className={classes.link} to={`/customers?segment=${id}`}>
        <Count count={size.count} capped={size.capped} /> {t('customers', { count: size.count })}
      </Link>
      {onEdit && (
        <span className={classes.actions}>
          <Button size="small" onClick={onEdit}>
            {t('edit')}
          </Button>
          <RemoveButton segment={segment} />
        </span>
      )}
    </li>
  )
}

/** Deletes an own segment, or gives a built-in one its usual rule back; both can be taken back. */
const RemoveButton = ({ segment }: { segment: Segment }) => {
  const { t } = useTranslation('segments')
  const queries = useQueryClient()
  const name = useSegmentName()(segment)
  const again = () => queries.invalidateQueries({ queryKey: segmentKeys.all })
  const onError = (problem: unknown) => showToast({ tone: 'refused', message: problemText(problem) })
  const { id, key, rule } = segment
  const restore = useMutation({
    mutationFn: () => (key === null ? createSegment({ name, rule }) : editSegment(id, { version: 1, rule })),
    onSuccess: again,
    onError,
  })
  const remove = useMutation({
    mutationFn: () => deleteSegment(id),
    onSuccess: async () => {
      showToast({ message: t(key === null ? 'deleted' : 'restored', { name }), undo: () => restore.mutate() })
      await again()
    },
    onError,
  })
  if (key !== null && !segment.changed) return null
  return (
    <Button size="small" variant="quiet" pending={remove.isPending} onClick={() => remove.mutate()}>
      {t(key === null ? 'delete' : 'restore')}
    </Button>
  )
}

interface SegmentDialogProps {
  readonly open: { readonly segment: Segment | null } | null
  readonly onClose: () => void
}

const SegmentDialog = ({ open, onClose }: SegmentDialogProps) => {
  const { t } = useTranslation('segments')
  const nameOf = useSegmentName()
  const segment = open?.segment ?? null
  return (
    <Dialog
      opened={open !== null}
      onClose={onClose}
      title={segment ? t('editOf', { name: nameOf(segment) }) : t('create')}
      size="lg"
    >
      {open && <SegmentForm key={segment?.id ?? 'new'} segment={segment} onDone={onClose} />}
    </Dialog>
  )
}
