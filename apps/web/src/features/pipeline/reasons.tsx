import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { inOrder } from '@sendocki/domain/orders/editing'
import type { Pipeline, Reason } from '@sendocki/domain/orders/pipeline-schema'
import { type ReasonState, reasonStates } from '@sendocki/domain/orders/states'
import { IconArrowUp, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldText, problemCode, problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Section } from '../../ui/page.tsx'
import { showToast } from '../../ui/toast.tsx'
import { createReason, editReason } from './pipeline.api.ts'
import shared from './pipeline.module.css'
import classes from './reasons.module.css'
import { useQuickChange, useTakeOver } from './use-editing.ts'
import { nameOf } from './use-words.ts'

/** What is being written: a new reason of a state, or another name of one that is there. */
type Writing = { readonly state: ReasonState; readonly reason: Reason | null }

/** The merchant's closed lists of reasons, one a state that has them. */
export const Reasons = ({ pipeline }: { pipeline: Pipeline }) => {
  const { t } = useTranslation('pipeline')
  const [writing, setWriting] = useState<Writing | null>(null)
  return (
    <div className={classes.reasons}>
      <p className={shared.aside}>{t('reason.hint')}</p>
      {reasonStates.map((state) => (
        <Section
          key={state}
          title={<span className={classes.capital}>{t(`state.${state}`)}</span>}
          aside={
            <Button
              icon={<IconPlus size={16} stroke={1.75} />}
              aria-label={t('reason.addTo', { state: t(`state.${state}`) })}
              onClick={() => setWriting({ state, reason: null })}
            >
              {t('reason.add')}
            </Button>
          }
        >
          <ReasonList
            reasons={inOrder(pipeline.reasons.filter((reason) => reason.state === state))}
            label={t(`state.${state}`)}
            onRename={(reason) => setWriting({ state, reason })}
          />
        </Section>
      ))}
      {writing && <ReasonDialog pipeline={pipeline} writing={writing} onClose={() => setWriting(null)} />}
    </div>
  )
}

interface ReasonListProps {
  readonly reasons: readonly Reason[]
  readonly label: string
  readonly onRename: (reason: Reason) => void
}

const ReasonList = ({ reasons, label, onRename }: ReasonListProps) => {
  const { t } = useTranslation('pipeline')
  if (reasons.length === 0) return <p className={shared.aside}>{t('reason.none')}</p>
  return (
    <ol className={classes.reasonList} aria-label={label}>
      {reasons.map((reason, index) => (
        <ReasonRow key={reason.id} reason={reason} place={index + 1} onRename={() => onRename(reason)} />
      ))}
    </ol>
  )
}

const ReasonRow = ({ reason, place, onRename }: { reason: Reason; place: number; onRename: () => void }) => {
  const { t } = useTranslation('pipeline')
  const quickly = useQuickChange()
  const name = nameOf(reason)
  const change = (changes: { active?: boolean; position?: number }) =>
    quickly(async (version) => (await editReason(reason.id, { version, ...changes })) as Pipeline)
  const activate = async (active: boolean): Promise<void> => {
    if (!(await change({ active }))) return
    const message = t(active ? 'reason.restoredDone' : 'reason.archivedDone', { name })
    showToast({ message, undo: () => void activate(!active) })
  }
  return (
    <li data-off={!reason.active || undefined}>
      <span className={classes.reasonName}>
        <bdi>{name}</bdi>
        {!reason.active && <Chip>{t('reason.archived')}</Chip>}
      </span>
      {place > 1 && (
        <IconButton label={t('reason.up', { name })} size="small" onClick={() => void change({ position: place - 1 })}>
          <IconArrowUp size={16} stroke={1.75} />
        </IconButton>
      )}
      <Button size="small" variant="quiet" aria-label={t('reason.edit', { name })} onClick={onRename}>
        {t('reason.rename')}
      </Button>
      <Button
        size="small"
        variant="quiet"
        aria-label={t(reason.active ? 'reason.archiveNamed' : 'reason.restoreNamed', { name })}
        onClick={() => void activate(!reason.active)}
      >
        {t(reason.active ? 'reason.archive' : 'reason.restore')}
      </Button>
    </li>
  )
}

const ReasonDialog = ({
  pipeline,
  writing,
  onClose,
}: {
  pipeline: Pipeline
  writing: Writing
  onClose: () => void
}) => {
  const { t } = useTranslation(['pipeline', 'common'])
  const { state, reason } = writing
  const takeOver = useTakeOver()
  const form = useForm({
    initialValues: reason?.name ?? { fr: '', ar: '', en: '' },
    validate: (name) => (Object.values(name).every((word) => word.trim() === '') ? { fr: fieldText('missing') } : {}),
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: (name) => {
      const { version } = pipeline
      return reason ? editReason(reason.id, { version, name }) : createReason({ version, state, name })
    },
    onDone: (after, name) => {
      takeOver(after as Pipeline)
      showToast({ message: t('reason.saved', { name: nameOf({ name }) }) })
      onClose()
    },
    fieldOf: { 'request.invalid': 'fr' },
    textOf: (refusal) => (refusal.fields[0] ? fieldText(refusal.fields[0].code) : problemText(refusal)),
  })
  return (
    <Dialog opened onClose={onClose} title={t(reason ? 'reason.editTitle' : 'reason.newTitle')}>
      <form className={shared.dialogText} onSubmit={submit} noValidate>
        {(['fr', 'ar', 'en'] as const).map((language) => (
          <TextInput
            key={language}
            size="md"
            label={t(`form.nameIn.${language}`)}
            dir={language === 'ar' ? 'rtl' : 'ltr'}
            lang={language}
            maxLength={60}
            {...form.getInputProps(language)}
          />
        ))}
        {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
        <div className={shared.dialogFoot}>
          <Button variant="quiet" onClick={onClose}>
            {t('common:ui.goBack')}
          </Button>
          <Button type="submit" variant="filled" pending={pending}>
            {t('reason.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
