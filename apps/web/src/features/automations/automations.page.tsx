import type { Automation } from '@sendocki/domain/automations/automation'
import type { WhatsAppTemplate } from '@sendocki/domain/whatsapp/template'
import { IconMessageBolt, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { AutomationForm } from './automation-form.tsx'
import { AutomationRow } from './automation-row.tsx'
import { automationsQuery, numbersQuery, templatesQuery } from './automations.api.ts'
import classes from './automations.module.css'
import { Preview, type PreviewCards } from './preview.tsx'

/** What is open over the list: the form of an automation, null for a new one, or its preview. */
type Opened =
  | { readonly kind: 'form'; readonly automation: Automation | null }
  | { readonly kind: 'preview'; readonly automation: Automation }

/** The messages that stages send by themselves: each in sentences, edited and tried on the newest orders. */
export const AutomationsPage = ({ cards }: { cards: PreviewCards }) => {
  const { t } = useTranslation('automations')
  const editable = useCan()('automations.edit')
  const { data, error, isPending, refetch } = useQuery(automationsQuery)
  const { data: templates } = useQuery(templatesQuery)
  const { data: numbers } = useQuery(numbersQuery)
  const [opened, setOpened] = useState<Opened | null>(null)
  const add = () => setOpened({ kind: 'form', automation: null })
  const usable = (numbers?.items ?? []).filter(({ status }) => status !== 'disconnected')
  const mayAdd = editable && usable.length > 0 && (templates?.items.length ?? 0) > 0
  useShortcuts(mayAdd ? [{ keys: 'n', label: t('create'), run: add }] : [])
  const create = mayAdd && (
    <Button variant="filled" keyHint="n" icon={<IconPlus size={16} stroke={1.75} aria-hidden />} onClick={add}>
      {t('create')}
    </Button>
  )
  const isKnown = numbers !== undefined && templates !== undefined
  const byId = new Map((templates?.items ?? []).map((template) => [template.id, template]))
  return (
    <Page title={t('title')} actions={data && data.items.length > 0 && create}>
      <p className={classes.hint}>{t('hint')}</p>
      {isPending && <SkeletonRows label={t('loading')} rows={4} />}
      {error && !data && (
        <ErrorState
          title={t('loadFailed')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {data?.items.length === 0 && isKnown && (
        <Empty
          icon={<IconMessageBolt size={22} stroke={1.75} />}
          title={t('none')}
          action={create || (editable && <ButtonLink to="/settings/whatsapp">{t('toWhatsApp')}</ButtonLink>)}
        >
          {mayAdd ? t('noneHint') : t('noNumber')}
        </Empty>
      )}
      {data && data.items.length > 0 && (
        <ul className={classes.list} aria-label={t('title')}>
          {data.items.map((automation) => (
            <AutomationRow
              key={automation.id}
              automation={automation}
              template={byId.get(automation.templateId)}
              onEdit={editable ? () => setOpened({ kind: 'form', automation }) : null}
              onPreview={() => setOpened({ kind: 'preview', automation })}
            />
          ))}
        </ul>
      )}
      <Over
        opened={opened}
        numbers={usable}
        templates={templates?.items ?? []}
        cards={cards}
        onOpen={setOpened}
        onClose={() => setOpened(null)}
      />
    </Page>
  )
}

interface OverProps {
  readonly opened: Opened | null
  readonly numbers: readonly { readonly id: string; readonly name: string }[]
  readonly templates: readonly WhatsAppTemplate[]
  readonly cards: PreviewCards
  readonly onOpen: (opened: Opened) => void
  readonly onClose: () => void
}

/** The dialog over the list; what was saved is previewed before it is switched on. */
const Over = ({ opened, numbers, templates, cards, onOpen, onClose }: OverProps) => {
  const { t } = useTranslation('automations')
  const name = opened?.automation?.name ?? ''
  const title = opened?.kind === 'preview' ? t('previewOf', { name }) : name ? t('editOf', { name }) : t('create')
  return (
    <Dialog opened={opened !== null} onClose={onClose} title={title} size="lg">
      {opened?.kind === 'form' && (
        <AutomationForm
          key={opened.automation?.id ?? 'new'}
          automation={opened.automation}
          numbers={numbers}
          templates={templates}
          onClose={onClose}
          onSaved={(automation) => onOpen({ kind: 'preview', automation })}
        />
      )}
      {opened?.kind === 'preview' && <Preview automation={opened.automation} cards={cards} onClose={onClose} />}
    </Dialog>
  )
}
