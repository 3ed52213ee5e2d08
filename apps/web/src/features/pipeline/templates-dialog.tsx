import { Radio } from '@mantine/core'
import { wordIn } from '@sendocki/domain/language'
import type { TemplateKey } from '@sendocki/domain/orders/pipeline-edit-schema'
import type { Pipeline } from '@sendocki/domain/orders/pipeline-schema'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from '../../lib/i18n.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { SkeletonRows } from '../../ui/screen-states.tsx'
import { StageGlyph } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { applyTemplate, templateQuery, templatesQuery } from './pipeline.api.ts'
import classes from './pipeline.module.css'
import { useTakeOver } from './use-editing.ts'
import { listOf, useWords } from './use-words.ts'

interface TemplatesDialogProps {
  readonly pipeline: Pipeline
  readonly onClose: () => void
}

/** The pipelines to start from, each drawn, with what laying it over the present one would do. */
export const TemplatesDialog = ({ pipeline, onClose }: TemplatesDialogProps) => {
  const { t } = useTranslation(['pipeline', 'common'])
  const takeOver = useTakeOver()
  const { data, error } = useQuery(templatesQuery)
  const [chosen, setChosen] = useState<TemplateKey | null>(null)
  const name = data?.items.find(({ key }) => key === chosen)?.name
  const apply = useMutation({
    mutationFn: (template: TemplateKey) => applyTemplate(pipeline.version, template),
    onSuccess: ({ pipeline: after }) => {
      if (after) takeOver(after as Pipeline)
      showToast({ message: t('template.done', { name: name ? wordIn(name, currentLanguage()) : '' }) })
      onClose()
    },
  })
  const problem = error ?? apply.error
  return (
    <Dialog opened onClose={onClose} title={t('template.title')} size="lg">
      <div className={classes.dialogText}>
        <p>{t('template.hint')}</p>
        {!data && !error && <SkeletonRows rows={4} label={t('common:ui.loading')} />}
        <Radio.Group
          aria-label={t('templates')}
          value={chosen}
          onChange={(value) => setChosen(data?.items.find(({ key }) => key === value)?.key ?? null)}
        >
          <div className={classes.templates}>
            {data?.items.map(({ key, name: called, stages }) => (
              <Radio
                key={key}
                value={key}
                label={wordIn(called, currentLanguage())}
                description={
                  <span className={classes.drawn}>
                    {stages.map((stage, index) => (
                      <StageGlyph
                        key={index}
                        name={wordIn(stage.name, currentLanguage())}
                        state={stage.state}
                        colour={stage.colour}
                        silent
                      />
                    ))}
                    <span>{t('template.stages', { count: stages.length })}</span>
                  </span>
                }
              />
            ))}
          </div>
        </Radio.Group>
        {chosen && <TemplateEffect pipeline={pipeline} template={chosen} />}
        {problem && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
        <div className={classes.dialogFoot}>
          <Button variant="quiet" onClick={onClose}>
            {t('common:ui.goBack')}
          </Button>
          <Button
            variant="filled"
            disabled={chosen === null}
            pending={apply.isPending}
            onClick={() => chosen && apply.mutate(chosen)}
          >
            {t('template.action')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

const TemplateEffect = ({ pipeline, template }: { pipeline: Pipeline; template: TemplateKey }) => {
  const { t } = useTranslation('pipeline')
  const { namesOf } = useWords()
  const { data } = useQuery(templateQuery(pipeline.version, template))
  const rows = data && {
    added: listOf(data.added.map((name) => wordIn(name, currentLanguage()))),
    changed: namesOf(pipeline, data.changedStageIds),
    kept: namesOf(pipeline, data.keptStageIds),
    removed: namesOf(pipeline, data.removedStageIds),
  }
  return (
    <section className={classes.impact} aria-live="polite" aria-label={t('template.effect')}>
      <dl>
        {(['added', 'changed', 'kept', 'removed'] as const).map((part) => (
          <div key={part}>
            <dt>{t(`template.${part}`)}</dt>
            <dd>{rows ? rows[part] || t('template.none') : '…'}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
