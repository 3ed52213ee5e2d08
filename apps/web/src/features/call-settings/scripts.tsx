import type { CallScript } from '@sendocki/domain/calls/script'
import { IconMessage2, IconPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Words } from '../../ui/numbers.tsx'
import { Section } from '../../ui/page.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { createScript, deleteScript, scriptsQuery } from './call-settings.api.ts'
import classes from './call-settings.module.css'
import { ScriptDialog } from './script-dialog.tsx'

/** What agents read out, by product and tongue. */
export const Scripts = () => {
  const { t } = useTranslation(['callSettings', 'common'])
  const [editing, setEditing] = useState<CallScript | 'new' | null>(null)
  const { data, error, refetch } = useQuery(scriptsQuery)
  const scripts = data?.items as CallScript[] | undefined
  const add = (
    <Button icon={<IconPlus size={16} stroke={1.75} />} onClick={() => setEditing('new')}>
      {t('scripts.add')}
    </Button>
  )
  return (
    <Section title={t('scripts.title')} hint={t('scripts.hint')} aside={scripts && scripts.length > 0 && add}>
      {error && !scripts && (
        <ErrorState
          title={t('common:problem.readTitle')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('common:ui.retry')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {!scripts && !error && <SkeletonRows rows={4} label={t('common:ui.loading')} />}
      {scripts?.length === 0 && (
        <Empty icon={<IconMessage2 size={22} stroke={1.75} />} title={t('scripts.none')} action={add}>
          {t('scripts.noneHint')}
        </Empty>
      )}
      {scripts && scripts.length > 0 && (
        <ul className={classes.scripts}>
          {scripts.map((script) => (
            <ScriptRow key={script.id} script={script} onEdit={() => setEditing(script)} />
          ))}
        </ul>
      )}
      {editing !== null && (
        <ScriptDialog script={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </Section>
  )
}

const ScriptRow = ({ script, onEdit }: { script: CallScript; onEdit: () => void }) => {
  const { t } = useTranslation('callSettings')
  const queries = useQueryClient()
  const [pending, setPending] = useState(false)
  const name = script.productName ?? t('scripts.allProducts')
  const refused = (problem: unknown): void => showToast({ tone: 'refused', message: problemText(problem) })
  const again = () => queries.invalidateQueries({ queryKey: scriptsQuery.queryKey })
  const undo = (): void => {
    const { productId, tongue, text } = script
    createScript({ productId, tongue, text }).then(again, refused)
  }
  const remove = (): void => {
    setPending(true)
    deleteScript(script.id)
      .then(() => showToast({ message: t('scripts.deleted', { name }), undo }), refused)
      .finally(() => {
        setPending(false)
        void again()
      })
  }
  return (
    <li>
      <div className={classes.scriptHead}>
        <strong>
          <Words>{name}</Words>
        </strong>
        <span className={classes.hint}>{t(`tongue.${script.tongue}`)}</span>
        <span className={classes.actions}>
          <Button size="small" onClick={onEdit} aria-label={t('scripts.editNamed', { name })}>
            {t('scripts.edit')}
          </Button>
          <Button
            size="small"
            variant="quiet"
            pending={pending}
            onClick={remove}
            aria-label={t('scripts.deleteNamed', { name })}
          >
            {t('scripts.delete')}
          </Button>
        </span>
      </div>
      <p dir="auto" className={classes.scriptText}>
        {script.text}
      </p>
    </li>
  )
}
