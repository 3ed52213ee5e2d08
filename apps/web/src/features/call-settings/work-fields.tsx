import { Checkbox, NumberInput, Select, Switch } from '@mantine/core'
import { type CallSettings, distributions, mustAskFields } from '@sendocki/domain/calls/settings'
import { useTranslation } from 'react-i18next'
import { Section } from '../../ui/page.tsx'
import classes from './call-settings.module.css'
import type { FieldsProps } from './settings-form.tsx'

const callbackTo = ['same_agent', 'anyone'] as const

/** What must be asked before an order is confirmed, whom orders go to, and the manners of the screen. */
export const WorkFields = ({ settings, onChange }: FieldsProps) => {
  const { t } = useTranslation('callSettings')
  return (
    <Section title={t('work.title')}>
      <Checkbox.Group
        label={t('work.mustAsk')}
        description={t('work.mustAskHint')}
        value={[...settings.mustAsk]}
        onChange={(values) => onChange({ mustAsk: mustAskFields.filter((field) => values.includes(field)) })}
      >
        <div className={classes.checks}>
          {mustAskFields.map((field) => (
            <Checkbox key={field} value={field} label={t(`mustAsk.${field}`)} />
          ))}
        </div>
      </Checkbox.Group>
      <div className={classes.pair}>
        <Select
          label={t('work.distribution')}
          data={distributions.map((value) => ({ value, label: t(`distribution.${value}`) }))}
          allowDeselect={false}
          value={settings.distribution}
          onChange={(value) => value && onChange({ distribution: value as CallSettings['distribution'] })}
        />
        {settings.distribution === 'assignee_first' && (
          <NumberInput
            label={t('work.assigneeFirst')}
            suffix={` ${t('ladder.minutes')}`}
            min={1}
            max={1440}
            allowDecimal={false}
            value={settings.assigneeFirstMinutes}
            onChange={(value) => typeof value === 'number' && onChange({ assigneeFirstMinutes: value })}
          />
        )}
        <Select
          label={t('work.callbackTo')}
          data={callbackTo.map((value) => ({ value, label: t(`callbackTo.${value}`) }))}
          allowDeselect={false}
          value={settings.callbackTo}
          onChange={(value) => value && onChange({ callbackTo: value as CallSettings['callbackTo'] })}
        />
        <NumberInput
          label={t('work.wrapUp')}
          suffix={` ${t('work.seconds')}`}
          min={0}
          max={600}
          allowDecimal={false}
          value={settings.wrapUpSeconds}
          onChange={(value) => typeof value === 'number' && onChange({ wrapUpSeconds: value })}
        />
      </div>
      <Switch
        label={t('work.digitKeys')}
        checked={settings.digitKeys}
        onChange={({ currentTarget }) => onChange({ digitKeys: currentTarget.checked })}
      />
      <Switch
        label={t('work.answerHours')}
        checked={settings.useAnswerHours}
        onChange={({ currentTarget }) => onChange({ useAnswerHours: currentTarget.checked })}
      />
    </Section>
  )
}
