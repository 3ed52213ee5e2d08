import type { StageSettings } from '@sendocki/domain/orders/pipeline-edit-schema'
import type { Pipeline, RequirableField, Stage } from '@sendocki/domain/orders/pipeline-schema'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemText, refusalText } from '../../lib/problem.ts'
import { Chip } from '../../ui/chip.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { OrderNumber, Words } from '../../ui/numbers.tsx'
import { SkeletonRows } from '../../ui/screen-states.tsx'
import { type Trial, trialQuery } from './pipeline.api.ts'
import classes from './pipeline.module.css'
import { listOf, nameOf } from './use-words.ts'

interface TryDialogProps {
  readonly pipeline: Pipeline
  readonly stage: Stage
  readonly settings: StageSettings
  readonly onClose: () => void
}

/** What would happen to the newest orders, each with its reason. */
export const TryDialog = ({ pipeline, stage, settings, onClose }: TryDialogProps) => {
  const { t } = useTranslation(['pipeline', 'common'])
  const { data, error } = useQuery(trialQuery(stage.id, settings))
  return (
    <Dialog opened onClose={onClose} title={t('try.title')} size="lg">
      <div className={classes.dialogText}>
        <p>{t('try.hint', { stage: nameOf(stage) })}</p>
        {error && <FormProblem>{problemText(error)}</FormProblem>}
        {!data && !error && <SkeletonRows rows={6} label={t('common:ui.loading')} />}
        {data?.items.length === 0 && <p>{t('try.none')}</p>}
        {data && data.items.length > 0 && <Tried items={data.items} pipeline={pipeline} />}
      </div>
    </Dialog>
  )
}

type Item = Trial['items'][number]

const Tried = ({ items, pipeline }: { items: readonly Item[]; pipeline: Pipeline }) => {
  const { t } = useTranslation('pipeline')
  const entering = items.filter(({ outcome }) => outcome === 'would_enter').length
  return (
    <>
      <p>
        <strong>{t('try.summary', { entering, count: items.length })}</strong>
      </p>
      <ul className={classes.tried} aria-label={t('try.title')}>
        {items.map((item) => (
          <TriedOrder key={item.orderId} item={item} pipeline={pipeline} />
        ))}
      </ul>
    </>
  )
}

const TriedOrder = ({ item, pipeline }: { item: Item; pipeline: Pipeline }) => {
  const { t } = useTranslation('pipeline')
  const from = pipeline.stages.find(({ id }) => id === item.stageId)
  const { outcome, refusal } = item
  const fields = (refusal?.params['fields'] ?? []) as RequirableField[]
  const more =
    outcome === 'refused'
      ? fields.length > 0
        ? t('try.missing', { fields: listOf(fields.map((field) => t(`field.${field}`))) })
        : refusalText(refusal?.code ?? '')
      : listOf([...(item.asksReason ? [t('try.asksReason')] : []), ...item.effects.map((kind) => t(`try.${kind}`))])
  return (
    <li>
      <span>
        <OrderNumber number={item.number} /> <Words>{item.customerName}</Words>{' '}
        {from && <span className={classes.aside}>{t('try.from', { stage: nameOf(from) })}</span>}
      </span>
      <span className={classes.outcome}>
        {outcome === 'refused' ? (
          <span className={classes.refused}>{more}</span>
        ) : (
          <>
            <Chip tone={outcome === 'would_enter' ? 'ok' : 'neutral'}>{t(`try.${outcome}`)}</Chip>
            {more && <span className={classes.aside}>{more}</span>}
          </>
        )}
      </span>
    </li>
  )
}
