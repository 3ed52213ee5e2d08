import type { WhatsAppNumber } from '@sendocki/domain/whatsapp/number'
import {
  type TemplateState,
  templateCategories,
  templateProblem,
  type WhatsAppTemplate,
} from '@sendocki/domain/whatsapp/template'
import { IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText, refusalText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Chip, type Tone } from '../../ui/chip.tsx'
import { Code } from '../../ui/numbers.tsx'
import { Section } from '../../ui/page.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { CompleteTemplate } from './complete-template.tsx'
import { NewTemplate } from './new-template.tsx'
import { TemplateBubble } from './template-bubble.tsx'
import { templatesQuery } from './whatsapp.api.ts'
import classes from './whatsapp.module.css'

const tones: Partial<Record<TemplateState, Tone>> = {
  approved: 'ok',
  rejected: 'bad',
  paused: 'warn',
  disabled: 'bad',
  limited: 'bad',
  submitting: 'info',
  pending: 'info',
}

/** The templates with what Meta says of each. */
export const Templates = ({ numbers }: { numbers: readonly WhatsAppNumber[] }) => {
  const { t } = useTranslation('whatsapp')
  const [writing, setWriting] = useState(false)
  const { data, error, isPending, hasNextPage, fetchNextPage } = useInfiniteQuery(templatesQuery)
  const templates = data?.pages.flatMap(({ items }) => items) ?? []
  const usable = numbers.filter(({ status }) => status !== 'disconnected')
  const write = usable.length > 0 && (
    <Button icon={<IconPlus size={16} stroke={1.75} aria-hidden />} onClick={() => setWriting(true)}>
      {t('templates.new')}
    </Button>
  )
  return (
    <Section title={t('templates.title')} hint={t('templates.hint')} aside={write}>
      {isPending && <SkeletonRows label={t('templates.loading')} rows={3} />}
      {error && !data && (
        <ErrorState title={t('loadFailed')} code={problemCode(error)}>
          {problemText(error)}
        </ErrorState>
      )}
      {data && templates.length === 0 && <p className={classes.hint}>{t('templates.none')}</p>}
      <ul className={classes.templates}>
        {templates.map((template) => (
          <Template key={template.id} template={template} />
        ))}
      </ul>
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>{t('more')}</Button>}
      {writing && <NewTemplate numbers={usable} onClose={() => setWriting(false)} />}
    </Section>
  )
}

const Template = ({ template }: { template: WhatsAppTemplate }) => {
  const { t } = useTranslation('whatsapp')
  const [choosing, setChoosing] = useState(false)
  const problem = templateProblem(template)
  const mayChoose = problem !== 'template.cards_unsupported' && (problem !== null || template.cards.length > 0)
  const category = templateCategories.find((known) => known === template.category) ?? 'other'
  return (
    <li className={classes.template}>
      <div className={classes.head}>
        <Code>{template.name}</Code>
        <Chip>{template.language}</Chip>
        <Chip>{t(`templates.category.${category}`)}</Chip>
        <Chip tone={tones[template.state] ?? 'neutral'}>{t(`templates.state.${template.state}`)}</Chip>
      </div>
      <TemplateBubble template={template} />
      {problem && <p className={classes.problem}>{refusalText(problem)}</p>}
      {mayChoose && (
        <Button size="small" onClick={() => setChoosing(true)}>
          {t(problem ? 'templates.complete' : 'cards.change')}
        </Button>
      )}
      {choosing && <CompleteTemplate template={template} onClose={() => setChoosing(false)} />}
      {template.reason && <p className={classes.problem}>{t('templates.reason', { reason: template.reason })}</p>}
    </li>
  )
}
