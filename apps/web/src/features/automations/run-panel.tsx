import type { AutomationRun } from '@sendocki/domain/automations/automation'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { problemCode, problemText, refusalText } from '../../lib/problem.ts'
import { Chip } from '../../ui/chip.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Code, OrderNumber, Words } from '../../ui/numbers.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { PanelSection, SidePanel } from '../../ui/side-panel.tsx'
import { When } from '../../ui/when.tsx'
import { runQuery } from './automations.api.ts'
import classes from './automations.module.css'
import { Price } from './price.tsx'
import { RunChip } from './run-chip.tsx'
import { useWords } from './use-words.ts'

/** One message of an automation: its exact text, its times, what was answered, what that did. */
export const RunPanel = ({ id, onClose }: { id: string; onClose: () => void }) => {
  const { t } = useTranslation('automations')
  const { data: run, error, isPending } = useQuery(runQuery(id))
  const title = run ? (
    <>
      <OrderNumber number={run.orderNumber} /> <RunChip status={run.status} />
    </>
  ) : (
    t('run.title')
  )
  return (
    <SidePanel label={t('run.title')} title={title} onClose={onClose}>
      {isPending && <SkeletonRows label={t('run.loading')} rows={4} />}
      {error && !run && (
        <ErrorState title={t('run.loadFailed')} code={problemCode(error)}>
          {problemText(error)}
        </ErrorState>
      )}
      {run && <Detail run={run} />}
    </SidePanel>
  )
}

const Detail = ({ run }: { run: AutomationRun }) => {
  const { t } = useTranslation('automations')
  const { error } = run
  return (
    <>
      {error !== null && (
        <PanelSection title={t('run.why')}>
          <p>{refusalText(error)}</p>
          <Code>{error}</Code>
        </PanelSection>
      )}
      <Context run={run} />
      <PanelSection title={t('run.text')}>
        {run.text === null ? (
          <p className={classes.hint}>{t('run.notWritten')}</p>
        ) : (
          <div className={classes.bubble}>
            <Words lines>{run.text}</Words>
          </div>
        )}
        <div className={classes.head}>
          {run.buttons.map(({ index, text, chosen }) => (
            <Chip key={index} tone={chosen ? 'accent' : 'neutral'}>
              {text}
            </Chip>
          ))}
        </div>
      </PanelSection>
      <Answers run={run} />
      <Times run={run} />
    </>
  )
}

const Context = ({ run }: { run: AutomationRun }) => {
  const { t } = useTranslation('automations')
  const words = useWords()
  return (
    <PanelSection>
      <Facts>
        <Fact label={t('run.automation')}>
          <Words>{run.automationName}</Words>
        </Fact>
        <Fact label={t('run.customer')}>
          <Words>{run.customerName}</Words>
        </Fact>
        <Fact label={t('run.stage')}>{words.stage(run.stageId)}</Fact>
      </Facts>
      <p className={classes.head}>
        <Link className={classes.link} to={`/orders/${run.orderId}`}>
          {t('run.openOrder')}
        </Link>
        {run.conversationId !== null && (
          <Link className={classes.link} to={`/conversations?open=${run.conversationId}`}>
            {t('run.openConversation')}
          </Link>
        )}
      </p>
    </PanelSection>
  )
}

const Answers = ({ run: { answers, buttons, effect } }: { run: AutomationRun }) => {
  const { t } = useTranslation('automations')
  const words = useWords()
  return (
    <PanelSection title={t('run.answers')}>
      {answers.length === 0 && <p className={classes.hint}>{t('run.noAnswer')}</p>}
      <ul className={classes.answers}>
        {answers.map(({ messageId, index, card, at, outcome }) => (
          <li key={messageId} className={classes.head}>
            <strong>{buttons.find((button) => button.index === index)?.text ?? t('outcome.text')}</strong>
            {card !== undefined && <span>{t('run.card', { number: card + 1 })}</span>}
            {index !== null && <span>{t(`outcome.${outcome}`)}</span>}
            <When instant={at} />
          </li>
        ))}
      </ul>
      {effect && (
        <Facts>
          <Fact label={t('run.effect')}>
            {effect.stageId === null
              ? t(`outcome.${effect.outcome}`)
              : t('run.to', { outcome: t(`outcome.${effect.outcome}`), stage: words.stage(effect.stageId) })}
          </Fact>
        </Facts>
      )}
    </PanelSection>
  )
}

const Times = ({ run }: { run: AutomationRun }) => {
  const { t } = useTranslation('automations')
  const times = [
    ['run.created', run.createdAt],
    ['run.scheduled', run.scheduledAt],
    ['run.sent', run.sentAt],
    ['run.delivered', run.deliveredAt],
    ['run.replied', run.repliedAt],
    ['run.expires', run.expiresAt],
  ] as const
  return (
    <PanelSection title={t('run.times')}>
      <Facts>
        {times.map(([word, at]) =>
          at === null ? null : (
            <Fact key={word} label={t(word)}>
              <When instant={at} />
            </Fact>
          ),
        )}
        <Fact label={t('run.attempts')}>{run.attempts}</Fact>
        <Fact label={t('run.cost')}>
          {run.costMicroDirhams === null ? t('cost.unknown') : <Price micros={run.costMicroDirhams} />}
        </Fact>
      </Facts>
    </PanelSection>
  )
}
