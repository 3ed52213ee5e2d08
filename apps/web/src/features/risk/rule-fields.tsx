import { NumberInput, Switch } from '@mantine/core'
import { type RiskRule, type RiskSettings, riskRules } from '@sendocki/domain/risk/settings'
import { useTranslation } from 'react-i18next'
import { Section } from '../../ui/page.tsx'
import classes from './risk.module.css'
import type { FieldsProps } from './risk-form.tsx'

/** The numbers of any rule; a rule has those that its sentence needs. */
interface Numbers {
  readonly on: boolean
  readonly points: number
  readonly least?: number
  readonly percent?: number
}

/** What the fields of a number accept, as the API does. */
const limits: Partial<
  Record<RiskRule, { readonly least?: readonly [number, number]; readonly percent?: readonly [number, number] }>
> = {
  amount_high: { percent: [110, 2_000] },
  ordered_often: { least: [2, 20] },
}

/** Each rule as a sentence, with its points and the history that it needs. */
export const RuleFields = ({ settings, onChange }: FieldsProps) => {
  const { t } = useTranslation('risk')
  const set = (code: RiskRule, change: Partial<Numbers>): void => {
    const rules = { ...settings.rules, [code]: { ...settings.rules[code], ...change } }
    onChange({ rules: rules as RiskSettings['rules'] })
  }
  return (
    <Section title={t('rules.title')} hint={t('rules.hint')}>
      <ul className={classes.rules}>
        {riskRules.map((code) => (
          <Rule key={code} code={code} rule={settings.rules[code]} onChange={(change) => set(code, change)} />
        ))}
      </ul>
    </Section>
  )
}

interface RuleProps {
  readonly code: RiskRule
  readonly rule: Numbers
  readonly onChange: (change: Partial<Numbers>) => void
}

const Rule = ({ code, rule, onChange }: RuleProps) => {
  const { t } = useTranslation('risk')
  const name = t(`rule.${code}.name`)
  const { least, percent } = rule
  const [leastFrom, leastTo] = limits[code]?.least ?? [1, 1_000]
  const [percentFrom, percentTo] = limits[code]?.percent ?? [1, 100]
  return (
    <li className={classes.rule} data-off={!rule.on || undefined}>
      <Switch
        label={name}
        description={t(`rule.${code}.text`, { least, percent })}
        checked={rule.on}
        onChange={({ currentTarget }) => onChange({ on: currentTarget.checked })}
      />
      <div className={classes.numbers} role="group" aria-label={name}>
        {percent !== undefined && (
          <NumberInput
            label={t('percent')}
            suffix=" %"
            min={percentFrom}
            max={percentTo}
            allowDecimal={false}
            disabled={!rule.on}
            value={percent}
            onChange={(value) => typeof value === 'number' && onChange({ percent: value })}
          />
        )}
        {least !== undefined && (
          <NumberInput
            label={t('least')}
            min={leastFrom}
            max={leastTo}
            allowDecimal={false}
            disabled={!rule.on}
            value={least}
            onChange={(value) => typeof value === 'number' && onChange({ least: value })}
          />
        )}
        <NumberInput
          label={t('pointsLabel')}
          min={0}
          max={100}
          allowDecimal={false}
          disabled={!rule.on}
          value={rule.points}
          onChange={(value) => typeof value === 'number' && onChange({ points: value })}
        />
      </div>
    </li>
  )
}
