import { NumberInput, Select, Switch } from '@mantine/core'
import { ApiProblem } from '@sendocki/client/problem'
import { type KeptRiskSettings, queueOrders, type RiskSettings, riskFault } from '@sendocki/domain/risk/settings'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { Section } from '../../ui/page.tsx'
import { RiskBars } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { When } from '../../ui/when.tsx'
import { riskSettingsQuery, saveRiskSettings } from './risk.api.ts'
import classes from './risk.module.css'
import { RuleFields } from './rule-fields.tsx'
import { TrialSection } from './trial.tsx'

export interface FieldsProps {
  readonly settings: RiskSettings
  readonly onChange: (change: Partial<RiskSettings>) => void
}

/** Saves the settings in a version, offers to put back what was there, and shows what is kept now. */
const useSaving = (onKept: (kept: KeptRiskSettings) => void) => {
  const { t } = useTranslation('risk')
  const queries = useQueryClient()
  const take = (kept: KeptRiskSettings): void => {
    queries.setQueryData(riskSettingsQuery.queryKey, kept as never)
    onKept(kept)
  }
  const save = useMutation({
    mutationFn: ({ before, settings }: { before: KeptRiskSettings; settings: RiskSettings }) =>
      saveRiskSettings({ settings, version: before.version }),
    onSuccess: (answer, { before }) => {
      const kept = answer as KeptRiskSettings
      take(kept)
      const undo = (): void => {
        saveRiskSettings({ settings: before.settings, version: kept.version }).then(
          (restored) => {
            take(restored as KeptRiskSettings)
            showToast({ message: t('restored') })
          },
          (problem: unknown) => showToast({ tone: 'refused', message: problemText(problem) }),
        )
      }
      showToast({ message: t('saved'), undo })
    },
  })
  return { save, take }
}

/** The settings as they are edited, and a trial of exactly these on the past. */
export const RiskForm = ({ kept }: { kept: KeptRiskSettings }) => {
  const { t } = useTranslation(['risk', 'common'])
  const editable = useCan()('risk.edit')
  const [base, setBase] = useState(kept)
  const [draft, setDraft] = useState(kept.settings)
  const { save, take } = useSaving((now) => {
    setBase(now)
    setDraft(now.settings)
  })
  const fault = riskFault(draft)
  const dirty = JSON.stringify(draft) !== JSON.stringify(base.settings)
  // Somebody else saved while nothing was typed here: their settings are shown at once.
  if (!dirty && kept.version > base.version) {
    setBase(kept)
    setDraft(kept.settings)
  }
  const fields: FieldsProps = { settings: draft, onChange: (change) => setDraft((now) => ({ ...now, ...change })) }
  const current = save.error instanceof ApiProblem ? (save.error.current as KeptRiskSettings | undefined) : undefined
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!fault && dirty && !save.isPending) save.mutate({ before: base, settings: draft })
      }}
    >
      <fieldset className={classes.fields} disabled={!editable} aria-label={t('title')}>
        <SwitchedOn {...fields} countedAt={kept.countedAt} />
        <RuleFields {...fields} />
        <LevelFields {...fields} />
      </fieldset>
      <TrialSection settings={draft} sound={fault === null} editable={editable} />
      {save.error !== null && (
        <FormProblem code={problemCode(save.error)}>
          {problemText(save.error)}{' '}
          {current && (
            <Button
              size="small"
              onClick={() => {
                take(current)
                save.reset()
              }}
            >
              {t('readAgain')}
            </Button>
          )}
        </FormProblem>
      )}
      {editable && (
        <div className={classes.foot}>
          <Button type="submit" variant="filled" pending={save.isPending} disabled={!dirty || fault !== null}>
            {t('common:ui.save')}
          </Button>
          {dirty && (
            <Button variant="quiet" onClick={() => setDraft(base.settings)}>
              {t('discard')}
            </Button>
          )}
          <p className={fault ? classes.fault : classes.hint} role="status">
            {fault ? t(`fault.${fault.code}`) : dirty ? t('unsaved') : ''}
          </p>
        </div>
      )}
    </form>
  )
}

const SwitchedOn = ({ settings, onChange, countedAt }: FieldsProps & { countedAt: string | null }) => {
  const { t } = useTranslation('risk')
  return (
    <section className={classes.intro}>
      <ul>
        {(['own', 'orders', 'unknown'] as const).map((fact) => (
          <li key={fact}>{t(`intro.${fact}`)}</li>
        ))}
      </ul>
      <Switch
        label={t('enabled')}
        description={t(settings.enabled ? 'enabledHint' : 'disabledHint')}
        checked={settings.enabled}
        onChange={({ currentTarget }) => onChange({ enabled: currentTarget.checked })}
      />
      {countedAt !== null && settings.enabled && (
        <p className={classes.hint}>
          {t('countedAt')} <When instant={countedAt} />
        </p>
      )}
    </section>
  )
}

/** From how many points on a risk is medium or high, how far back is looked, and what risk does to the calls. */
const LevelFields = ({ settings, onChange }: FieldsProps) => {
  const { t } = useTranslation(['risk', 'common'])
  const { thresholds } = settings
  return (
    <Section title={t('levels.title')} hint={t('levels.hint')}>
      <div className={classes.levels}>
        {(['medium', 'high'] as const).map((level) => (
          <NumberInput
            key={level}
            label={<RiskBars level={level} word={t(`common:risk.level.${level}`)} />}
            suffix={` ${t('points')}`}
            min={1}
            max={1_000}
            allowDecimal={false}
            value={thresholds[level]}
            onChange={(value) =>
              typeof value === 'number' && onChange({ thresholds: { ...thresholds, [level]: value } })
            }
          />
        ))}
        <NumberInput
          label={t('levels.window')}
          suffix={` ${t('levels.days')}`}
          min={30}
          max={730}
          allowDecimal={false}
          value={settings.windowDays}
          onChange={(value) => typeof value === 'number' && onChange({ windowDays: value })}
        />
      </div>
      <Switch
        label={t('levels.twice')}
        description={t('levels.twiceHint')}
        checked={settings.secondConfirmation}
        onChange={({ currentTarget }) => onChange({ secondConfirmation: currentTarget.checked })}
      />
      <Select
        label={t('levels.queue')}
        description={t('levels.queueHint')}
        className={classes.queue ?? ''}
        data={queueOrders.map((order) => ({ value: order, label: t(`levels.queueOrder.${order}`) }))}
        value={settings.queueOrder}
        allowDeselect={false}
        onChange={(queueOrder) => queueOrder && onChange({ queueOrder })}
      />
    </Section>
  )
}
