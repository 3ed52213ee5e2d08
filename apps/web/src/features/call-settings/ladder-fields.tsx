import { NumberInput, Select } from '@mantine/core'
import { type RetriedOutcome, retriedOutcomes } from '@sendocki/domain/calls/outcomes'
import { type CallSettings, type RetryStep, wantedParts } from '@sendocki/domain/calls/settings'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Section } from '../../ui/page.tsx'
import classes from './call-settings.module.css'
import type { FieldsProps } from './settings-form.tsx'

const mostSteps = 10

/** When an order is called again after each outcome, and how often at most. */
export const LadderFields = ({ settings, onChange }: FieldsProps) => {
  const { t } = useTranslation('callSettings')
  const { ladder } = settings
  const set = (change: Partial<CallSettings['ladder']>): void => onChange({ ladder: { ...ladder, ...change } })
  return (
    <Section title={t('ladder.title')} hint={t('ladder.hint')}>
      {retriedOutcomes.map((outcome) => (
        <Steps
          key={outcome}
          outcome={outcome}
          steps={ladder[outcome]}
          onChange={(steps) => set({ [outcome]: steps })}
        />
      ))}
      <div className={classes.pair}>
        <NumberInput
          label={t('ladder.capPerDay')}
          min={1}
          max={10}
          allowDecimal={false}
          value={ladder.capPerDay}
          onChange={(value) => typeof value === 'number' && set({ capPerDay: value })}
        />
        <NumberInput
          label={t('ladder.capInAll')}
          description={t('ladder.capInAllHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={1}
          max={30}
          allowDecimal={false}
          value={ladder.capInAll}
          onChange={(value) => typeof value === 'number' && set({ capInAll: value })}
        />
      </div>
    </Section>
  )
}

interface StepsProps {
  readonly outcome: RetriedOutcome
  readonly steps: readonly RetryStep[]
  readonly onChange: (steps: RetryStep[]) => void
}

const Steps = ({ outcome, steps, onChange }: StepsProps) => {
  const { t } = useTranslation('callSettings')
  const change = (index: number, part: Partial<RetryStep>): void =>
    onChange(steps.map((step, at) => (at === index ? { ...step, ...part } : step)))
  const last = steps.at(-1)
  return (
    <div role="group" aria-label={t(`outcome.${outcome}`)} className={classes.steps}>
      <h3>{t(`outcome.${outcome}`)}</h3>
      <ol>
        {steps.map((step, index) => (
          <li key={index}>
            <NumberInput
              className={classes.wait}
              aria-label={t('ladder.wait', { step: index + 1 })}
              suffix={` ${t('ladder.minutes')}`}
              min={1}
              max={20_160}
              allowDecimal={false}
              value={step.afterMinutes}
              onChange={(value) => typeof value === 'number' && change(index, { afterMinutes: value })}
            />
            <Select
              aria-label={t('ladder.part', { step: index + 1 })}
              data={wantedParts.map((value) => ({ value, label: t(`part.${value}`) }))}
              allowDeselect={false}
              value={step.dayPart}
              onChange={(value) => value && change(index, { dayPart: value as RetryStep['dayPart'] })}
            />
            {steps.length > 1 && (
              <IconButton
                size="small"
                label={t('ladder.remove', { step: index + 1 })}
                onClick={() => onChange(steps.filter((_, at) => at !== index))}
              >
                <IconX size={14} stroke={1.75} />
              </IconButton>
            )}
          </li>
        ))}
      </ol>
      {last && steps.length < mostSteps && (
        <div>
          <Button
            size="small"
            icon={<IconPlus size={14} stroke={1.75} />}
            onClick={() => onChange([...steps, last])}
            aria-label={t('ladder.addTo', { outcome: t(`outcome.${outcome}`) })}
          >
            {t('ladder.add')}
          </Button>
        </div>
      )}
    </div>
  )
}
