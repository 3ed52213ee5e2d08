import { Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { Pipeline, StageColour } from '@sendocki/domain/orders/pipeline-schema'
import { type OrderState, orderStates } from '@sendocki/domain/orders/states'
import { useTranslation } from 'react-i18next'
import { filled } from '../../lib/checks.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { showToast } from '../../ui/toast.tsx'
import { createStage, deleteStage } from './pipeline.api.ts'
import classes from './pipeline.module.css'
import { useQuickChange, useTakeOver } from './use-editing.ts'
import { nameOf } from './use-words.ts'

interface NewStageProps {
  readonly pipeline: Pipeline
  /** The stage that is open: the new one comes behind it. */
  readonly after: string | null
  readonly onClose: () => void
  readonly onMade: (stageId: string) => void
}

export const NewStage = (props: NewStageProps) => {
  const { t } = useTranslation('pipeline')
  return (
    <Dialog opened onClose={props.onClose} title={t('create.title')}>
      <NewStageForm {...props} />
    </Dialog>
  )
}

/** The colour that the default template gives a state. */
const colours: Record<OrderState, StageColour> = {
  new: 'green',
  unreachable: 'orange',
  to_confirm: 'yellow',
  confirmed: 'blue',
  shipped: 'purple',
  delivered: 'emerald',
  delivery_failed: 'red',
  returned: 'rose',
  cancelled: 'grey',
}
const nowhere = 'none'

/** Name, meaning and place; the rest is set on the stage itself. */
const NewStageForm = ({ pipeline, after, onClose, onMade }: NewStageProps) => {
  const { t } = useTranslation(['pipeline', 'common'])
  const takeOver = useTakeOver()
  const quickly = useQuickChange()
  const language = currentLanguage()
  const form = useForm({
    initialValues: { name: '', state: nowhere, after: after ?? pipeline.stages.at(-1)?.id ?? '' },
    validate: { name: filled },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: ({ name, state, after: afterStageId }) => {
      const found = orderStates.find((one) => one === state) ?? null
      return createStage({
        version: pipeline.version,
        name: { fr: '', en: '', ar: '', [language]: name },
        colour: found ? colours[found] : 'brown',
        state: found,
        afterStageId,
      })
    },
    onDone: ({ stageId, pipeline: now }, { name }) => {
      if (now) takeOver(now as Pipeline)
      onMade(stageId)
      const undo = async (): Promise<void> => {
        const removed = await quickly(async () => (await deleteStage(stageId)).pipeline as Pipeline)
        if (removed) showToast({ message: t('create.undone', { stage: name.trim() }) })
      }
      showToast({ message: t('create.done', { stage: name.trim() }), undo: () => void undo() })
    },
    fieldOf: { 'request.invalid': 'name' },
    textOf: (refusal) =>
      refusal.fields.some(({ code }) => code === 'taken') ? t('create.taken') : problemText(refusal),
  })
  return (
    <form className={classes.dialogText} onSubmit={submit} noValidate>
      <TextInput size="md" label={t('create.name')} maxLength={60} data-autofocus {...form.getInputProps('name')} />
      <Select
        size="md"
        label={t('form.countsAs')}
        allowDeselect={false}
        data={[
          ...orderStates.map((state) => ({ value: state as string, label: t(`state.${state}`) })),
          { value: nowhere, label: t('form.noState') },
        ]}
        {...form.getInputProps('state')}
      />
      <Select
        size="md"
        label={t('create.after')}
        allowDeselect={false}
        data={pipeline.stages.map((stage) => ({ value: stage.id, label: nameOf(stage) }))}
        {...form.getInputProps('after')}
      />
      {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
      <div className={classes.dialogFoot}>
        <Button variant="quiet" onClick={onClose}>
          {t('common:ui.goBack')}
        </Button>
        <Button type="submit" variant="filled" pending={pending}>
          {t('create.action')}
        </Button>
      </div>
    </form>
  )
}
