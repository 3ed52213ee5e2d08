import type { Automation, CreateAutomation } from '@sendocki/domain/automations/automation'
import type { WhatsAppTemplate } from '@sendocki/domain/whatsapp/template'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { problemText, refusalText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Words } from '../../ui/numbers.tsx'
import { showToast } from '../../ui/toast.tsx'
import { createAutomation, deleteAutomation } from './automations.api.ts'
import classes from './automations.module.css'
import { useReadAgain, useSwitch } from './use-switch.ts'
import { useWords } from './use-words.ts'

interface RowProps {
  readonly automation: Automation
  readonly template: WhatsAppTemplate | undefined
  /** Null for who only reads. */
  readonly onEdit: (() => void) | null
  readonly onPreview: () => void
}

/** One automation in sentences, its switch, and what keeps it from sending. */
export const AutomationRow = ({ automation, template, onEdit, onPreview }: RowProps) => {
  const { t } = useTranslation('automations')
  const { id, name, enabled, problem } = automation
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <div className={classes.head}>
          <strong>
            <Words>{name}</Words>
          </strong>
          <Chip tone={enabled ? 'ok' : 'neutral'}>{t(enabled ? 'on' : 'off')}</Chip>
        </div>
        <Sentences automation={automation} template={template} />
        {problem !== null && <p className={classes.problem}>{refusalText(problem)}</p>}
        <Link className={classes.link} to={`/automation-runs?automationId=${id}`}>
          {t('runs')}
        </Link>
      </div>
      {onEdit && (
        <div className={classes.actions}>
          {enabled ? <SwitchOff automation={automation} /> : null}
          <Button size="small" onClick={onPreview}>
            {t('preview')}
          </Button>
          <Button size="small" onClick={onEdit}>
            {t('edit')}
          </Button>
          <Remove automation={automation} />
        </div>
      )}
    </li>
  )
}

/** What it does, one line for each of its fields. */
const Sentences = ({ automation, template }: Pick<RowProps, 'automation' | 'template'>) => {
  const { t } = useTranslation('automations')
  const words = useWords()
  const { stageId, delaySeconds, buttons, silence } = automation
  const delay = delaySeconds === 0 ? t('sentence.atOnce') : t('sentence.after', { wait: words.wait(delaySeconds) })
  const silenceText = silence && {
    wait: words.wait(silence.hours * 3600),
    stage: words.stage(silence.stageId),
  }
  return (
    <ul className={classes.sentences}>
      <li>{t('sentence.when', { stage: words.stage(stageId) })}</li>
      <li>{t('sentence.sends', { template: template?.name ?? '–', delay })}</li>
      {buttons.map(({ index, stageId: to }) => (
        <li key={index}>
          {t('sentence.button', {
            button: template?.buttons[index] ?? String(index + 1),
            stage: to === null ? t('sentence.nothing') : words.stage(to),
          })}
        </li>
      ))}
      {silence && silenceText && (
        <li>{t(silence.from === 'sent' ? 'sentence.silenceSent' : 'sentence.silenceDelivered', silenceText)}</li>
      )}
    </ul>
  )
}

const SwitchOff = ({ automation }: { automation: Automation }) => {
  const { t } = useTranslation('automations')
  const { flip, isPending } = useSwitch(automation)
  return (
    <Button size="small" pending={isPending} onClick={() => flip(false)}>
      {t('switchOff')}
    </Button>
  )
}

const bodyOf = ({
  name,
  numberId,
  stageId,
  templateId,
  delaySeconds,
  buttons,
  silence,
  retrigger,
}: Automation): CreateAutomation => ({
  ...{ name, numberId, stageId, templateId, delaySeconds, buttons: [...buttons], silence, retrigger },
})

/** Takes it away; undo writes it again, switched off. */
const Remove = ({ automation }: { automation: Automation }) => {
  const { t } = useTranslation('automations')
  const readAgain = useReadAgain()
  const { name, id } = automation
  const onError = (problem: unknown) => showToast({ tone: 'refused', message: problemText(problem) })
  const restore = useMutation({
    mutationFn: () => createAutomation(bodyOf(automation)),
    onSuccess: async () => {
      showToast({ message: t('restored', { name }) })
      await readAgain()
    },
    onError,
  })
  const remove = useMutation({
    mutationFn: () => deleteAutomation(id),
    onSuccess: async () => {
      showToast({ message: t('removed', { name }), undo: () => restore.mutate() })
      await readAgain()
    },
    onError,
  })
  return (
    <Button size="small" variant="quiet" pending={remove.isPending} onClick={() => remove.mutate()}>
      {t('remove')}
    </Button>
  )
}
