import type { Pipeline } from '@sendocki/domain/orders/pipeline-schema'
import { IconLayoutList, IconPlus, IconTemplate } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { oneOf, text, useUrlState } from '../../lib/url-state.ts'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { Views } from '../../ui/views.tsx'
import { NewStage } from './new-stage.tsx'
import { orderStages, pipelineQuery } from './pipeline.api.ts'
import classes from './pipeline.module.css'
import { Reasons } from './reasons.tsx'
import { StageEditor } from './stage-editor.tsx'
import { StageList } from './stage-list.tsx'
import { TemplatesDialog } from './templates-dialog.tsx'
import { useQuickChange } from './use-editing.ts'
import { nameOf } from './use-words.ts'

const place = { stage: text, view: oneOf(['stages', 'reasons'] as const, 'stages') }

/** How the merchant's orders go: the stages, what each does in plain words, and the reasons. */
export const PipelinePage = () => {
  const { t } = useTranslation(['pipeline', 'common'])
  const [{ stage: stageId, view }, change] = useUrlState(place)
  const [asking, setAsking] = useState<'stage' | 'templates' | null>(null)
  const { data, error, refetch } = useQuery(pipelineQuery)
  const pipeline = data as Pipeline | undefined
  useShortcuts([{ keys: 'n', label: t('create.title'), run: () => setAsking('stage') }], { on: pipeline !== undefined })
  return (
    <Page
      title={t('title')}
      layout={view === 'stages' && pipeline ? 'edge' : 'column'}
      views={
        <Views
          label={t('views')}
          current={view}
          views={[
            { id: 'stages', to: '?', name: t('stages') },
            { id: 'reasons', to: '?view=reasons', name: t('reasons') },
          ]}
        />
      }
      actions={
        pipeline && (
          <>
            <Button icon={<IconTemplate size={16} stroke={1.75} />} onClick={() => setAsking('templates')}>
              {t('templates')}
            </Button>
            <Button keyHint="n" icon={<IconPlus size={16} stroke={1.75} />} onClick={() => setAsking('stage')}>
              {t('add')}
            </Button>
          </>
        )
      }
    >
      {error && !pipeline && (
        <ErrorState
          title={t('common:problem.readTitle')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('common:ui.retry')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {!pipeline && !error && <SkeletonRows rows={10} label={t('common:ui.loading')} />}
      {pipeline && view === 'reasons' && <Reasons pipeline={pipeline} />}
      {pipeline && view === 'stages' && (
        <Editor pipeline={pipeline} stageId={stageId} onChoose={(id) => change({ stage: id }, { push: true })} />
      )}
      {pipeline && asking === 'stage' && (
        <NewStage
          pipeline={pipeline}
          after={pipeline.stages.some(({ id }) => id === stageId) ? stageId : null}
          onClose={() => setAsking(null)}
          onMade={(id) => {
            setAsking(null)
            change({ stage: id, view: 'stages' })
          }}
        />
      )}
      {pipeline && asking === 'templates' && <TemplatesDialog pipeline={pipeline} onClose={() => setAsking(null)} />}
    </Page>
  )
}

interface EditorProps {
  readonly pipeline: Pipeline
  readonly stageId: string | null
  readonly onChoose: (stageId: string | null) => void
}

/** The list, and the stage that is open; on a phone one or the other. */
const Editor = ({ pipeline, stageId, onChoose }: EditorProps) => {
  const { t } = useTranslation('pipeline')
  const quickly = useQuickChange()
  const stage = pipeline.stages.find(({ id }) => id === stageId)
  const past = pipeline.pastStages?.find(({ id }) => id === stageId)
  const reorder = async (stageIds: readonly string[], back: boolean): Promise<void> => {
    const before = pipeline.stages.map(({ id }) => id)
    if (!(await quickly(async (version) => (await orderStages(version, stageIds)) as Pipeline))) return
    if (back) showToast({ message: t('list.reorderedBack') })
    else showToast({ message: t('list.reordered'), undo: () => void reorder(before, true) })
  }
  return (
    <div className={classes.editor} data-open={stage !== undefined || undefined}>
      <StageList
        pipeline={pipeline}
        chosenId={stageId}
        onChoose={onChoose}
        onReorder={(stageIds) => void reorder(stageIds, false)}
      />
      {stage ? (
        <StageEditor key={stage.id} pipeline={pipeline} stage={stage} onClose={() => onChoose(null)} />
      ) : (
        <div className={classes.nothing}>
          <Empty
            icon={<IconLayoutList size={22} stroke={1.75} />}
            title={past ? t('gone', { stage: nameOf(past) }) : t('pick')}
          >
            {t('pickHint')}
          </Empty>
        </div>
      )}
    </div>
  )
}
