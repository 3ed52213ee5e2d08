import type { RiskTrial } from '@sendocki/domain/risk/risk'
import type { RiskSettings } from '@sendocki/domain/risk/settings'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useRiskWords } from '../../lib/risk.ts'
import { Button } from '../../ui/button.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { OrderNumber } from '../../ui/numbers.tsx'
import { Section } from '../../ui/page.tsx'
import { Progress } from '../../ui/progress.tsx'
import { RiskBars } from '../../ui/states.tsx'
import { When } from '../../ui/when.tsx'
import { startTrial, trialQuery } from './risk.api.ts'
import classes from './risk.module.css'

type Became = Pick<RiskTrial['levels'][number], 'orders' | 'delivered' | 'returned' | 'cancelled'>

interface TrialProps {
  readonly settings: RiskSettings
  readonly sound: boolean
  readonly editable: boolean
}

/** What these settings would have said of the past 90 days, before anything is switched on. */
export const TrialSection = ({ settings, sound, editable }: TrialProps) => {
  const { t } = useTranslation('risk')
  const queries = useQueryClient()
  const { data, error } = useQuery(trialQuery)
  const start = useMutation({
    mutationFn: () => startTrial(settings),
    onSuccess: (trial) => queries.setQueryData(trialQuery.queryKey, { trial }),
  })
  const trial = (data?.trial ?? null) as RiskTrial | null
  const problem = start.error ?? (data ? null : error)
  return (
    <Section
      title={t('trial.title')}
      hint={t('trial.hint')}
      aside={
        editable && (
          <Button
            pending={start.isPending || trial?.status === 'running'}
            disabled={!sound}
            onClick={() => start.mutate()}
          >
            {t('trial.start')}
          </Button>
        )
      }
    >
      {problem && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
      {trial?.status === 'running' && <Progress value={trial.percentDone} max={100} label={t('trial.running')} />}
      {trial?.status === 'failed' && <p className={classes.fault}>{t('trial.failed')}</p>}
      {trial?.status === 'done' && <Result trial={trial} asShown={isSame(trial.settings, settings)} />}
    </Section>
  )
}

/** Whether two settings say the same of an order; being switched on is not tried. */
const isSame = (one: RiskSettings, other: RiskSettings): boolean => {
  const rulesOf = ({ rules, thresholds, windowDays }: RiskSettings) => JSON.stringify({ rules, thresholds, windowDays })
  return rulesOf(one) === rulesOf(other)
}

const Result = ({ trial, asShown }: { trial: RiskTrial; asShown: boolean }) => {
  const { t } = useTranslation('risk')
  const seen = trial.levels.reduce((sum, { orders }) => sum + orders, 0)
  if (seen === 0) return <p className={classes.hint}>{t('trial.nothing')}</p>
  return (
    <div className={classes.result}>
      <p>
        {t('trial.seen', { seen, ended: trial.endedOrders })} <When instant={trial.startedAt} />
      </p>
      {!asShown && <p className={classes.warn}>{t('trial.otherSettings')}</p>}
      <LevelTable trial={trial} />
      <RuleTable trial={trial} />
      <Examples trial={trial} />
    </div>
  )
}

/** Of the parcels that ended, the share that came back; a dash where none ended. */
const shareOf = ({ delivered, returned }: Became): number | null =>
  delivered + returned === 0 ? null : Math.round((100 * returned) / (delivered + returned))

const Heads = ({ first }: { first: string }) => {
  const { t } = useTranslation('risk')
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {(['orders', 'delivered', 'returned', 'cancelled', 'share'] as const).map((name) => (
          <th key={name} scope="col" className={classes.figure}>
            {t(`trial.column.${name}`)}
          </th>
        ))}
      </tr>
    </thead>
  )
}

const Figures = ({ row }: { row: Became }) => {
  const { t } = useTranslation('risk')
  const share = shareOf(row)
  return (
    <>
      {(['orders', 'delivered', 'returned', 'cancelled'] as const).map((name) => (
        <td key={name} className={classes.figure}>
          {t('trial.figure', { value: row[name] })}
        </td>
      ))}
      <td className={classes.figure}>{share === null ? '–' : t('trial.percent', { share })}</td>
    </>
  )
}

const LevelTable = ({ trial }: { trial: RiskTrial }) => {
  const { t } = useTranslation(['risk', 'common'])
  const words = useRiskWords()
  return (
    <div className={classes.scroll} role="region" aria-label={t('trial.byLevel')} tabIndex={0}>
      <table className={classes.table}>
        <Heads first={t('trial.level')} />
        <tbody>
          {trial.levels.map((row) => (
            <tr key={row.level ?? 'unknown'}>
              <th scope="row">
                {row.level === null ? t('trial.unknown') : <RiskBars level={row.level} word={words.level(row.level)} />}
              </th>
              <Figures row={row} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const RuleTable = ({ trial }: { trial: RiskTrial }) => {
  const { t } = useTranslation('risk')
  const rules = trial.rules.filter(({ orders }) => orders > 0).toSorted((one, other) => other.orders - one.orders)
  if (rules.length === 0) return null
  return (
    <div className={classes.scroll} role="region" aria-label={t('trial.byRule')} tabIndex={0}>
      <table className={classes.table}>
        <Heads first={t('trial.rule')} />
        <tbody>
          {rules.map((row) => (
            <tr key={row.code}>
              <th scope="row">{t(`rule.${row.code}.name`)}</th>
              <Figures row={row} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Orders with the most points, and what became of them. */
const Examples = ({ trial }: { trial: RiskTrial }) => {
  const { t } = useTranslation(['risk', 'orders'])
  const words = useRiskWords()
  if (trial.examples.length === 0) return null
  return (
    <section className={classes.examples} aria-labelledby="risk-examples">
      <h3 id="risk-examples">{t('trial.examples')}</h3>
      <ul>
        {trial.examples.map(({ orderId, number, state, risk }) => (
          <li key={orderId}>
            <Link to={`/orders/${orderId}`}>
              <OrderNumber number={number} />
            </Link>
            <RiskBars level={risk.level} word={words.level(risk.level)} />
            <span className={classes.became}>{t(`orders:state.${state}`)}</span>
            <span className={classes.why}>{risk.reasons.map(words.reason).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
