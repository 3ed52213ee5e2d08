import type { Pipeline, Stage } from '@sendocki/domain/orders/pipeline-schema'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/problem.ts'
import { ConfirmModal } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { Count } from '../../ui/numbers.tsx'
import { StageName } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { deleteStage, impactQuery } from './pipeline.api.ts'
import classes from './pipeline.module.css'
import { Warnings } from './plain-words.tsx'
import { useTakeOver } from './use-editing.ts'
import { nameOf } from './use-words.ts'

interface RemoveStageProps {
  readonly pipeline: Pipeline
  readonly stage: Stage
  readonly onClose: () => void
  readonly onRemoved: () => void
}

/** Tells how many orders are and were on the stage and where they go, then deletes it: undo cannot bring it back. */
export const RemoveStage = ({ pipeline, stage, onClose, onRemoved }: RemoveStageProps) => {
  const { t } = useTranslation('pipeline')
  const takeOver = useTakeOver()
  const { data: impact, error: refusal } = useQuery(impactQuery(stage.id, pipeline.version, 'delete'))
  const to = pipeline.stages.find(({ id }) => id === impact?.movedToStageId)
  const remove = useMutation({
    mutationFn: () => deleteStage(stage.id),
    onSuccess: ({ ordersNow, inBackground, pipeline: after }) => {
      const words = { stage: nameOf(stage), count: ordersNow, to: to ? nameOf(to) : '' }
      const moved = inBackground ? t('remove.moving', words) : t('remove.doneMoved', words)
      showToast({ message: ordersNow === 0 ? t('remove.done', words) : moved })
      if (after) takeOver(after as Pipeline)
      onRemoved()
    },
  })
  const problem = remove.error ?? refusal
  return (
    <ConfirmModal
      opened
      onClose={onClose}
      title={t('remove.title', { stage: nameOf(stage) })}
      action={t('remove.action')}
      variant="danger"
      pending={remove.isPending || (!impact && !refusal)}
      facts={[
        { label: t('impact.now'), value: impact ? <Count count={impact.ordersNow} /> : '…' },
        { label: t('impact.ever'), value: impact ? <Count {...impact.ordersEver} /> : '…' },
        ...(to && impact && impact.ordersNow > 0
          ? [
              {
                label: t('impact.goTo'),
                value: <StageName name={nameOf(to)} state={to.state} colour={to.colour} />,
              },
              { label: t('impact.reclassified'), value: <Count count={impact.reclassified} /> },
            ]
          : []),
        { label: t('impact.closed'), value: t('impact.unchanged') },
      ]}
      onConfirm={() => remove.mutate()}
    >
      <div className={classes.dialogText}>
        <p>{t('remove.text')}</p>
        {impact && <Warnings pipeline={pipeline} impact={impact} />}
        {problem && <FormProblem>{problemText(problem)}</FormProblem>}
      </div>
    </ConfirmModal>
  )
}
