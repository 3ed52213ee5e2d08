import { Select } from '@mantine/core'
import type { MessageCosts } from '@sendocki/domain/automations/settings'
import { pricedCategories } from '@sendocki/domain/automations/settings'
import { dayOf } from '@sendocki/domain/time'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMonth } from '../../lib/format.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { text, useUrlState } from '../../lib/url-state.ts'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/clock.ts'
import { Code, Count } from '../../ui/numbers.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { costsQuery, settingsQuery } from './automations.api.ts'
import classes from './automations.module.css'
import { Price } from './price.tsx'
import { SettingsForm } from './settings-form.tsx'

const shape = { month: text }
const monthsOffered = 24

/** The running month first; one that was asked for by the address is among them, however long ago. */
const useMonths = (asked: string): readonly string[] => {
  const [year = 0, month = 0] = dayOf(useNow()).split('-').map(Number)
  const months = Array.from({ length: monthsOffered }, (_, back) =>
    new Date(Date.UTC(year, month - 1 - back)).toISOString().slice(0, 7),
  )
  return months.includes(asked) ? months : [...months, asked].toSorted().toReversed()
}

/** What messages cost, a month at a time, and what holds them back. */
export const CostsPage = () => {
  const { t } = useTranslation('automations')
  const [{ month }, change] = useUrlState(shape)
  const costs = useQuery(costsQuery(month))
  const settings = useQuery(settingsQuery)
  const error = costs.error ?? settings.error
  return (
    <Page title={t('cost.title')}>
      {(costs.isPending || settings.isPending) && !error && <SkeletonRows label={t('cost.loading')} rows={5} />}
      {error && (
        <ErrorState
          title={t('cost.loadFailed')}
          code={problemCode(error)}
          actions={
            <Button onClick={() => void Promise.all([costs.refetch(), settings.refetch()])}>{t('tryAgain')}</Button>
          }
        >
          {problemText(error)}
        </ErrorState>
      )}
      {costs.data && <Month costs={costs.data} onMonth={(next) => change({ month: next })} />}
      {settings.data && <SettingsForm kept={settings.data} />}
    </Page>
  )
}

const Month = ({ costs, onMonth }: { costs: MessageCosts; onMonth: (month: string) => void }) => {
  const { t } = useTranslation('automations')
  const { month, microDirhams, messages, orders, confirmedOrders, perConfirmedMicroDirhams, unpriced, reached } = costs
  return (
    <>
      <Select
        label={t('cost.month')}
        className={classes.month ?? ''}
        data={useMonths(month).map((value) => ({ value, label: formatMonth(value, currentLanguage()) }))}
        value={month}
        allowDeselect={false}
        onChange={(next) => next && onMonth(next)}
      />
      {reached !== null && (
        <p className={classes.warning} role="status">
          {t(reached === 100 ? 'cost.reached100' : 'cost.reached80')}
        </p>
      )}
      <dl className={classes.figures}>
        <Figure label={t('cost.spent')}>
          <Price micros={microDirhams} />
        </Figure>
        <Figure label={t('cost.messages')}>
          <Count count={messages} />
        </Figure>
        <Figure label={t('cost.perOrder')}>
          {orders === 0 ? '–' : <Price micros={Math.round(microDirhams / orders)} />}
        </Figure>
        <Figure label={t('cost.perConfirmed')} note={t('cost.orders', { count: confirmedOrders })}>
          {perConfirmedMicroDirhams === null ? '–' : <Price micros={perConfirmedMicroDirhams} />}
        </Figure>
      </dl>
      {unpriced > 0 && <p className={classes.hint}>{t('cost.unpriced', { count: unpriced })}</p>}
      <Section title={t('cost.byTemplate')}>
        {costs.templates.length === 0 ? (
          <p className={classes.hint}>{t('cost.noTemplate')}</p>
        ) : (
          <TemplateTable templates={costs.templates} />
        )}
      </Section>
    </>
  )
}

const Figure = ({ label, note, children }: { label: string; note?: string; children: ReactNode }) => (
  <div className={classes.figure}>
    <dt>{label}</dt>
    <dd>
      {children} {note && <small>{note}</small>}
    </dd>
  </div>
)

const TemplateTable = ({ templates }: Pick<MessageCosts, 'templates'>) => {
  const { t } = useTranslation('automations')
  return (
    // What scrolls is reached by keys.
    <section className={classes.scroll} tabIndex={0} aria-label={t('cost.byTemplate')}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('cost.template')}</th>
            <th scope="col">{t('cost.category')}</th>
            <th scope="col" className={classes.number}>
              {t('cost.messages')}
            </th>
            <th scope="col" className={classes.number}>
              {t('cost.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {templates.map(({ name, language, category, messages, microDirhams }) => (
            <tr key={`${name} ${language} ${category}`}>
              <td>
                <Code>{`${name} · ${language}`}</Code>
              </td>
              <td>{t(`cost.categories.${pricedCategories.find((known) => known === category) ?? 'other'}`)}</td>
              <td className={classes.number}>
                <Count count={messages} />
              </td>
              <td className={classes.number}>
                <Price micros={microDirhams} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
