import { NumberInput, type NumberInputProps, Select, Switch } from '@mantine/core'
import { ApiProblem } from '@sendocki/client/problem'
import {
  type AutomationSettings,
  areDefaultRates,
  defaultRatesDay,
  type KeptAutomationSettings,
  type MessageRate,
  pricedCategories,
  settingsFault,
} from '@sendocki/domain/automations/settings'
import { isDay } from '@sendocki/domain/time'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay } from '../../lib/format.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { useFormats } from '../../ui/formats.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Section } from '../../ui/page.tsx'
import { showToast } from '../../ui/toast.tsx'
import { automationKeys, saveSettings, settingsQuery } from './automations.api.ts'
import classes from './automations.module.css'

const microsInDirham = 1_000_000
const mostRates = 60

/** Saves the settings in a version, and offers to put back what was there. */
const useSaving = (onKept: (kept: KeptAutomationSettings) => void) => {
  const { t } = useTranslation('automations')
  const queries = useQueryClient()
  const take = async (kept: KeptAutomationSettings): Promise<void> => {
    queries.setQueryData(settingsQuery.queryKey, kept)
    onKept(kept)
    await queries.invalidateQueries({ queryKey: automationKeys.runs })
  }
  const restore = useMutation({
    mutationFn: saveSettings,
    onSuccess: async (kept) => {
      await take(kept)
      showToast({ message: t('cost.restored') })
    },
    onError: (problem: unknown) => showToast({ tone: 'refused', message: problemText(problem) }),
  })
  const save = useMutation({
    mutationFn: ({ before, settings }: { before: KeptAutomationSettings; settings: AutomationSettings }) =>
      saveSettings({ settings, version: before.version }),
    onSuccess: async (kept, { before }) => {
      await take(kept)
      showToast({
        message: t('cost.saved'),
        undo: () => restore.mutate({ settings: before.settings, version: kept.version }),
      })
    },
  })
  return { save, take }
}

/** Budget, cap and Meta's prices, replaced as a whole. */
export const SettingsForm = ({ kept }: { kept: KeptAutomationSettings }) => {
  const { t } = useTranslation(['automations', 'common'])
  const editable = useCan()('automations.edit')
  const [base, setBase] = useState(kept)
  const [draft, setDraft] = useState(kept.settings)
  const { save, take } = useSaving((now) => {
    setBase(now)
    setDraft(now.settings)
  })
  const change = (changes: Partial<AutomationSettings>): void => setDraft((now) => ({ ...now, ...changes }))
  const dirty = JSON.stringify(draft) !== JSON.stringify(base.settings)
  const fault = settingsFault(draft)
  const sound = fault === null && draft.rates.every(({ from }) => isDay(from))
  const current =
    save.error instanceof ApiProblem ? (save.error.current as KeptAutomationSettings | undefined) : undefined
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (dirty && sound && !save.isPending) save.mutate({ before: base, settings: draft })
      }}
    >
      <fieldset className={classes.fields} disabled={!editable}>
        <Limits settings={draft} onChange={change} />
        <Rates rates={draft.rates} onRates={(rates) => change({ rates: [...rates] })} />
      </fieldset>
      {fault && <p className={classes.problem}>{t('cost.repeated')}</p>}
      {save.error !== null && (
        <FormProblem code={problemCode(save.error)}>
          {problemText(save.error)}{' '}
          {current && (
            <Button
              size="small"
              onClick={() => {
                void take(current)
                save.reset()
              }}
            >
              {t('tryAgain')}
            </Button>
          )}
        </FormProblem>
      )}
      {editable && (
        <div className={classes.actions}>
          <span className={classes.hint} role="status">
            {dirty && t('cost.unsaved')}
          </span>
          {dirty && (
            <Button variant="quiet" onClick={() => setDraft(base.settings)}>
              {t('cost.discard')}
            </Button>
          )}
          <Button type="submit" variant="filled" disabled={!dirty || !sound} pending={save.isPending}>
            {t('common:ui.save')}
          </Button>
        </div>
      )}
    </form>
  )
}

/** An amount with the unit and the decimal sign of the language, whichever of the signs is typed. */
const DirhamInput = (props: NumberInputProps) => {
  const { number: zero, unit, unitFirst } = useFormats().money(0, 'always')
  return (
    <NumberInput
      {...(unitFirst ? { prefix: `${unit}\u00A0` } : { suffix: `\u00A0${unit}` })}
      decimalSeparator={zero.charAt(1)}
      allowedDecimalSeparators={[',', '.', '٫']}
      min={0}
      hideControls
      {...props}
    />
  )
}

interface LimitsProps {
  readonly settings: AutomationSettings
  readonly onChange: (changes: Partial<AutomationSettings>) => void
}

const Limits = ({ settings, onChange }: LimitsProps) => {
  const { t } = useTranslation('automations')
  const { monthlyBudgetCentimes, stopConfirmations, cap } = settings
  return (
    <Section title={t('cost.settings')} hint={t('cost.settingsHint')}>
      <div className={classes.form}>
        <DirhamInput
          label={t('cost.budget')}
          description={t('cost.budgetHint')}
          max={999_999_999}
          decimalScale={2}
          value={monthlyBudgetCentimes === null ? '' : monthlyBudgetCentimes / 100}
          onChange={(value) =>
            onChange({ monthlyBudgetCentimes: typeof value === 'number' ? Math.round(value * 100) : null })
          }
        />
        <Switch
          label={t('cost.stopConfirmations')}
          checked={stopConfirmations}
          onChange={({ currentTarget }) => onChange({ stopConfirmations: currentTarget.checked })}
        />
        <div className={classes.pair}>
          <NumberInput
            label={t('cost.capMessages')}
            min={1}
            max={20}
            value={cap.messages}
            onChange={(value) =>
              typeof value === 'number' && onChange({ cap: { ...cap, messages: Math.round(value) } })
            }
          />
          <NumberInput
            label={t('cost.capHours')}
            min={1}
            max={168}
            value={cap.hours}
            onChange={(value) => typeof value === 'number' && onChange({ cap: { ...cap, hours: Math.round(value) } })}
          />
        </div>
      </div>
    </Section>
  )
}

interface RatesProps {
  readonly rates: readonly MessageRate[]
  readonly onRates: (rates: readonly MessageRate[]) => void
}

const Rates = ({ rates, onRates }: RatesProps) => {
  const { t } = useTranslation('automations')
  // Seen from far away it is written with its year.
  const day = formatDay(defaultRatesDay, new Date(0), currentLanguage())
  const put = (at: number, changes: Partial<MessageRate>): void =>
    onRates(rates.map((rate, index) => (index === at ? { ...rate, ...changes } : rate)))
  const add = () =>
    onRates([...rates, { category: 'utility', from: rates.at(-1)?.from ?? '2026-01-01', microDirhams: 0 }])
  return (
    <Section title={t('cost.rates')} hint={t('cost.ratesHint')}>
      <div className={classes.form}>
        {areDefaultRates(rates) && <p className={classes.hint}>{t('cost.ratesDefault', { day })}</p>}
        {rates.map(({ category, from, microDirhams }, index) => (
          <div
            // A price has no identity but its place.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={index}
            className={classes.rate}
            role="group"
            aria-label={t('cost.rate', { number: index + 1 })}
          >
            <Select
              label={t('cost.category')}
              data={pricedCategories.map((value) => ({ value, label: t(`cost.categories.${value}`) }))}
              value={category}
              allowDeselect={false}
              onChange={(value) => value && put(index, { category: value as MessageRate['category'] })}
            />
            <DayField label={t('cost.from')} value={from} onChange={(from) => put(index, { from })} />
            <DirhamInput
              label={t('cost.price')}
              max={100}
              decimalScale={6}
              value={microDirhams / microsInDirham}
              onChange={(value) =>
                typeof value === 'number' && put(index, { microDirhams: Math.round(value * microsInDirham) })
              }
            />
            <IconButton label={t('cost.removeRate')} onClick={() => onRates(rates.filter((_rate, at) => at !== index))}>
              <IconX size={16} stroke={1.75} />
            </IconButton>
          </div>
        ))}
        {rates.length < mostRates && (
          <Button size="small" icon={<IconPlus size={14} stroke={1.75} aria-hidden />} onClick={add}>
            {t('cost.addRate')}
          </Button>
        )}
      </div>
    </Section>
  )
}
