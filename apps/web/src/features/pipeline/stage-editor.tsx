import { useDebouncedValue } from '@mantine/hooks'
import type { Pipeline, Stage } from '@sendocki/domain/orders/pipeline-schema'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmModal } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { Count } from '../../ui/numbers.tsx'
import { StageGlyph } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { changesOf, type Draft } from './draft.ts'
import { editStage, impactQuery } from './pipeline.api.ts'
import classes from './pipeline.module.css'
import { Impact, PlainWords } from './plain-words.tsx'
import { RemoveStage } from './remove-stage.tsx'
import { StageForm } from './stage-form.tsx'
import { TryDialog } from './try-dialog.tsx'
import { useQuickChange } from './use-editing.ts'
import { useStageDraft } from './use-stage-draft.ts'
import { nameOf } from './use-words.ts'

interface StageEditorProps {
  readonly pipeline: Pipeline
  readonly stage: Stage
  readonly onClose: () => void
}

/** The form of one stage, and beside it the same thing in plain words with the orders that it touches. */
export const StageEditor = ({ pipeline, stage, onClose }: StageEditorProps) => {
  const { t } = useTranslation(['pipeline', 'common'])
  const quickly = useQuickChange()
  const [asking, setAsking] = useState<'reclassify' | 'remove' | 'try' | null>(null)
  const undo = async (before: Draft): Promise<void> => {
    const back = await quickly(async (version) => (await editStage(stage.id, version, before)).pipeline as Pipeline)
    if (back) showToast({ message: t('form.restored', { stage: nameOf(before) }) })
  }
  const form = useStageDraft({
    pipeline,
    stage,
    onSaved: (before, after) => {
      setAsking(null)
      const now = after.stages.find(({ id }) => id === stage.id) ?? stage
      showToast({ message: t('form.saved', { stage: nameOf(now) }), undo: () => void undo(before) })
    },
  })
  const settings = changesOf(form.draft, form.base)
  const [asked] = useDebouncedValue(settings, 300)
  const { data: impact, isError } = useQuery(impactQuery(stage.id, pipeline.version, asked))
  const save = (): void => {
    if (impact && impact.reclassified > 0 && settings.state !== undefined && !asking) setAsking('reclassify')
    else form.save()
  }
  useShortcuts([{ keys: 'mod+s', label: t('form.save'), run: save }], { on: form.changed && !form.conflict })
  return (
    <>
      <div className={classes.main}>
        <Head stage={stage} draft={form.draft} onClose={onClose} onRemove={() => setAsking('remove')} />
        {form.conflict && <Conflict who={form.conflict.who} onTheirs={form.keepTheirs} onMine={form.takeMine} />}
        {form.problem !== null && (
          <FormProblem code={problemCode(form.problem)}>{problemText(form.problem)}</FormProblem>
        )}
        <StageForm pipeline={pipeline} stage={stage} draft={form.draft} errors={form.errors} onChange={form.change} />
      </div>
      <aside className={classes.plain} aria-label={t('plain.title')}>
        <PlainWords pipeline={pipeline} stage={stage} draft={form.draft} />
        <Impact
          pipeline={pipeline}
          impact={impact}
          unread={isError}
          settings={settings}
          onTry={() => setAsking('try')}
        />
        <div className={classes.foot}>
          <Button variant="quiet" disabled={!form.changed} onClick={form.reset}>
            {t('form.back')}
          </Button>
          <Button
            variant="filled"
            keyHint="mod+s"
            pending={form.saving}
            disabled={!form.changed || form.conflict !== null}
            onClick={save}
          >
            {t('form.save')}
          </Button>
        </div>
      </aside>
      <ConfirmModal
        opened={asking === 'reclassify'}
        onClose={() => setAsking(null)}
        title={t('reclassify.title', { count: impact?.reclassified ?? 0 })}
        action={t('reclassify.action')}
        pending={form.saving}
        facts={[
          { label: t('impact.reclassified'), value: <Count count={impact?.reclassified ?? 0} /> },
          { label: t('impact.closed'), value: t('impact.unchanged') },
        ]}
        onConfirm={form.save}
      >
        {form.draft.state === null
          ? t('reclassify.textNone', { stage: nameOf(form.draft) })
          : t('reclassify.text', { stage: nameOf(form.draft), state: t(`state.${form.draft.state}`) })}
      </ConfirmModal>
      {asking === 'remove' && (
        <RemoveStage pipeline={pipeline} stage={stage} onClose={() => setAsking(null)} onRemoved={onClose} />
      )}
      {asking === 'try' && (
        <TryDialog pipeline={pipeline} stage={stage} settings={settings} onClose={() => setAsking(null)} />
      )}
    </>
  )
}

interface HeadProps {
  readonly stage: Stage
  readonly draft: Draft
  readonly onClose: () => void
  readonly onRemove: () => void
}

const Head = ({ stage, draft, onClose, onRemove }: HeadProps) => {
  const { t } = useTranslation('pipeline')
  const quickly = useQuickChange()
  const activate = async (active: boolean): Promise<void> => {
    const done = await quickly(async (version) => (await editStage(stage.id, version, { active })).pipeline as Pipeline)
    if (!done) return
    const message = t(active ? 'form.activated' : 'form.deactivated', { stage: nameOf(stage) })
    showToast({ message, undo: () => void activate(!active) })
  }
  return (
    <header className={classes.head}>
      <button type="button" className={classes.back} aria-label={t('backToList')} onClick={onClose}>
        <IconArrowLeft size={18} stroke={1.75} className="mirror" aria-hidden />
      </button>
      <h2>
        <StageGlyph name={nameOf(draft)} state={draft.state} colour={draft.colour} silent />
        <bdi className="truncate">{nameOf(draft) || nameOf(stage)}</bdi>
      </h2>
      <Button variant="quiet" onClick={() => void activate(!stage.active)}>
        {t(stage.active ? 'form.deactivate' : 'form.activate')}
      </Button>
      <Button variant="quiet" onClick={onRemove}>
        {t('form.remove_stage')}
      </Button>
    </header>
  )
}

const Conflict = ({ who, onTheirs, onMine }: { who: string | null; onTheirs: () => void; onMine: () => void }) => {
  const { t } = useTranslation('pipeline')
  return (
    <div className={classes.conflict} role="alert">
      <p>{t('form.conflict', { who: who ?? t('form.somebody') })}</p>
      <Button size="small" onClick={onTheirs}>
        {t('form.theirs')}
      </Button>
      <Button size="small" variant="filled" onClick={onMine}>
        {t('form.mine')}
      </Button>
    </div>
  )
}
