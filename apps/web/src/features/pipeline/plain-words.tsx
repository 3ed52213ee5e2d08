import type { StageChange, StageSettings } from '@sendocki/domain/orders/pipeline-edit-schema'
import type { Pipeline, Stage } from '@sendocki/domain/orders/pipeline-schema'
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowRight,
  IconChartBar,
  IconClock,
  IconEyeOff,
  IconFlag,
  IconForms,
  IconLogin,
  IconMessageBolt,
  IconPackage,
  IconUsers,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Trans, useTranslation } from 'react-i18next'
import { Count } from '../../ui/numbers.tsx'
import type { Draft } from './draft.ts'
import { carrierAccountsQuery } from './pipeline.api.ts'
import classes from './pipeline.module.css'
import { type Sentence, sentencesOf } from './sentences.ts'
import { listOf, nameOf, useWords } from './use-words.ts'

interface PlainWordsProps {
  readonly pipeline: Pipeline
  readonly stage: Stage
  readonly draft: Draft
}

const icons: Record<Sentence['says'], typeof IconFlag> = {
  hidden: IconEyeOff,
  counts: IconChartBar,
  counts_nowhere: IconChartBar,
  first: IconLogin,
  by_rule: IconLogin,
  asks: IconForms,
  roles: IconUsers,
  nobody: IconUsers,
  closed_to_people: IconUsers,
  effect: IconPackage,
  effect_undone: IconArrowBackUp,
  message: IconMessageBolt,
  late: IconClock,
  ends: IconFlag,
  leads: IconArrowRight,
  leads_anywhere: IconArrowRight,
  leads_nowhere: IconAlertTriangle,
}
const directed: readonly Sentence['says'][] = ['first', 'by_rule', 'leads', 'leads_anywhere', 'effect_undone']

/** The stage in sentences: what will happen to an order, before it is saved. */
export const PlainWords = ({ pipeline, stage, draft }: PlainWordsProps) => {
  const { t } = useTranslation('pipeline')
  return (
    <section aria-labelledby="stage-plain">
      <h2 id="stage-plain">{t('plain.title')}</h2>
      <ul className={classes.sentences}>
        {sentencesOf(pipeline, stage, draft).map((sentence, index) => {
          const Icon = icons[sentence.says]
          return (
            <li key={index} data-warn={sentence.says === 'leads_nowhere' || undefined}>
              <span className={directed.includes(sentence.says) ? 'mirror' : undefined}>
                <Icon size={16} stroke={1.75} aria-hidden />
              </span>
              <span>
                <Say sentence={sentence} pipeline={pipeline} />
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const Say = ({ sentence, pipeline }: { sentence: Sentence; pipeline: Pipeline }) => {
  const { t } = useTranslation(['pipeline', 'common'])
  const words = useWords()
  const { data: accounts } = useQuery(carrierAccountsQuery)
  switch (sentence.says) {
    case 'counts': {
      const key = sentence.state === 'delivered' ? 'plain.counts_delivered' : 'plain.counts'
      const values = { state: t(`state.${sentence.state}`) }
      return <Trans ns="pipeline" i18nKey={key} values={values} components={{ b: <strong /> }} />
    }
    case 'by_rule':
      return <>{t('plain.by_rule', { state: t(`state.${sentence.state}`) })}</>
    case 'asks':
      return <>{t('plain.asks', { fields: listOf(sentence.fields.map((field) => t(`field.${field}`))) })}</>
    case 'roles':
      return <>{t('plain.roles', { roles: listOf(sentence.roles.map((role) => t(`common:role.${role}`))) })}</>
    case 'effect': {
      const carrier = accounts?.items.find(({ id }) => id === sentence.carrierAccountId)?.name
      return <>{carrier ? t(`plain.${sentence.kind}`, { carrier }) : t(`plain.${sentence.kind}_any`)}</>
    }
    case 'effect_undone':
      return <>{t(`plain.${sentence.kind}_undone`)}</>
    case 'message': {
      const { automation, template, minutes } = sentence
      return <>{t(minutes === 0 ? 'plain.message' : 'plain.messageLater', { automation, template, minutes })}</>
    }
    case 'late':
      return <>{t('plain.late', { hours: words.hours(sentence.minutes) })}</>
    case 'leads':
      return <>{t('plain.leads', { stages: words.namesOf(pipeline, sentence.stageIds) })}</>
    case 'hidden':
    case 'counts_nowhere':
    case 'first':
    case 'nobody':
    case 'closed_to_people':
    case 'ends':
    case 'leads_anywhere':
    case 'leads_nowhere':
      return <>{t(`plain.${sentence.says}`)}</>
  }
}

interface ImpactProps {
  readonly pipeline: Pipeline
  readonly impact: StageChange | undefined
  readonly unread: boolean
  readonly settings: StageSettings
  readonly onTry: () => void
}

/** How many orders the change touches, and what to watch. */
export const Impact = ({ pipeline, impact, unread, settings, onTry }: ImpactProps) => {
  const { t } = useTranslation('pipeline')
  return (
    <section className={classes.impact} aria-labelledby="stage-impact" aria-busy={!impact && !unread}>
      <h3 id="stage-impact">{t(Object.keys(settings).length > 0 ? 'impact.title' : 'impact.titleRest')}</h3>
      {unread ? <p className={classes.aside}>{t('impact.unread')}</p> : <ImpactFacts impact={impact} />}
      {impact && <Warnings pipeline={pipeline} impact={impact} />}
      <button type="button" className={classes.link} onClick={onTry}>
        {t('try.link')}
      </button>
    </section>
  )
}

const ImpactFacts = ({ impact }: { impact: StageChange | undefined }) => {
  const { t } = useTranslation('pipeline')
  return (
    <dl>
      <div>
        <dt>{t('impact.now')}</dt>
        <dd>{impact ? <Count count={impact.ordersNow} /> : '…'}</dd>
      </div>
      <div>
        <dt>{t('impact.ever')}</dt>
        <dd>{impact ? <Count {...impact.ordersEver} /> : '…'}</dd>
      </div>
      <div>
        <dt>{t('impact.reclassified')}</dt>
        <dd>{impact ? <Count count={impact.reclassified} /> : '…'}</dd>
      </div>
      <div>
        <dt>{t('impact.closed')}</dt>
        <dd>{t('impact.unchanged')}</dd>
      </div>
    </dl>
  )
}

/** What a merchant should know before, in sentences. */
export const Warnings = ({ pipeline, impact }: { pipeline: Pipeline; impact: StageChange }) => {
  const { t } = useTranslation('pipeline')
  const { statesWithoutStage, deadEndStageIds, inBackground } = impact
  const deadEnds = pipeline.stages.filter(({ id }) => deadEndStageIds.includes(id))
  return (
    <>
      {statesWithoutStage.length > 0 && (
        <p className={classes.warning}>
          <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
          {t('impact.stateLost', { states: listOf(statesWithoutStage.map((state) => t(`state.${state}`))) })}
        </p>
      )}
      {deadEnds.length > 0 && (
        <p className={classes.warning}>
          <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
          {t('impact.deadEnd', { stages: listOf(deadEnds.map(nameOf)) })}
        </p>
      )}
      {inBackground && <p className={classes.aside}>{t('impact.background')}</p>}
    </>
  )
}
