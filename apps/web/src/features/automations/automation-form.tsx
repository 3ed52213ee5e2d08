import { NumberInput, Select, Switch, TextInput } from '@mantine/core'
import { type Automation, silenceStarts } from '@sendocki/domain/automations/automation'
import type { WhatsAppTemplate } from '@sendocki/domain/whatsapp/template'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { Words } from '../../ui/numbers.tsx'
import { showToast } from '../../ui/toast.tsx'
import { createAutomation, editAutomation } from './automations.api.ts'
import classes from './automations.module.css'
import { type Draft, draftOf, isWhole, wantedOf } from './draft.ts'
import { useReadAgain } from './use-switch.ts'
import { useWords } from './use-words.ts'

interface FormProps {
  readonly automation: Automation | null
  readonly numbers: readonly { readonly id: string; readonly name: string }[]
  readonly templates: readonly WhatsAppTemplate[]
  readonly onClose: () => void
  readonly onSaved: (automation: Automation) => void
}

/** The five fields on one screen: stage, template, delay, buttons, silence. */
export const AutomationForm = ({ automation, numbers, templates, onClose, onSaved }: FormProps) => {
  const { t } = useTranslation(['automations', 'common'])
  const { stages, stage } = useWords()
  const readAgain = useReadAgain()
  const [draft, setDraft] = useState<Draft>(() => draftOf(automation, numbers))
  const change = (changes: Partial<Draft>): void => setDraft((now) => ({ ...now, ...changes }))
  const choices = templates.filter(
    ({ id, numberIds, state }) =>
      numberIds.includes(draft.numberId) && (state === 'approved' || id === automation?.templateId),
  )
  const template = choices.find(({ id }) => id === draft.templateId)
  const whole = isWhole(draft) && template !== undefined
  const save = useMutation({
    mutationFn: () => {
      const wanted = wantedOf(draft, template?.buttons ?? [])
      return automation === null
        ? createAutomation(wanted)
        : editAutomation(automation.id, { version: automation.version, ...wanted })
    },
    onSuccess: async (saved) => {
      showToast({ message: t('saved', { name: saved.name }) })
      onSaved(saved)
      await readAgain()
    },
  })
  const stageChoices = stages.map(({ id }) => ({ value: id, label: stage(id) }))
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (whole && !save.isPending) save.mutate()
      }}
    >
      <div className={classes.pair}>
        <TextInput
          label={t('form.name')}
          dir="auto"
          maxLength={60}
          data-autofocus
          value={draft.name}
          onChange={({ currentTarget }) => change({ name: currentTarget.value })}
        />
        <Select
          label={t('form.number')}
          data={numbers.map(({ id, name }) => ({ value: id, label: name }))}
          value={draft.numberId}
          allowDeselect={false}
          onChange={(numberId) => numberId && change({ numberId, templateId: null })}
        />
        <Select
          label={t('form.stage')}
          data={stageChoices}
          value={draft.stageId}
          allowDeselect={false}
          onChange={(stageId) => change({ stageId })}
        />
        <Select
          label={t('form.template')}
          data={choices.map(({ id, name, language }) => ({ value: id, label: `${name} · ${language}` }))}
          value={draft.templateId}
          allowDeselect={false}
          nothingFoundMessage={t('form.noTemplate')}
          placeholder={choices.length === 0 ? t('form.noTemplate') : ''}
          onChange={(templateId) => change({ templateId, buttons: {} })}
        />
      </div>
      {template && (
        <div className={classes.body}>
          <Words lines>{template.body}</Words>
        </div>
      )}
      <NumberInput
        label={t('form.delay')}
        description={t('form.delayHint')}
        suffix={` ${t('form.minutes')}`}
        min={0}
        max={43_200}
        value={draft.delayMinutes}
        onChange={(minutes) => typeof minutes === 'number' && change({ delayMinutes: Math.round(minutes) })}
      />
      {template && <ButtonFields template={template} draft={draft} choices={stageChoices} onChange={change} />}
      <SilenceFields draft={draft} choices={stageChoices} onChange={change} />
      <Switch
        label={t('form.retrigger')}
        checked={draft.retrigger}
        onChange={({ currentTarget }) => change({ retrigger: currentTarget.checked })}
      />
      {save.error && <FormProblem code={problemCode(save.error)}>{problemText(save.error)}</FormProblem>}
      <div className={classes.actions}>
        {!whole && <span className={classes.hint}>{t('form.incomplete')}</span>}
        <Button variant="quiet" onClick={onClose}>
          {t('common:ui.cancel')}
        </Button>
        <Button type="submit" variant="filled" disabled={!whole} pending={save.isPending}>
          {t('form.save')}
        </Button>
      </div>
    </form>
  )
}

interface FieldsProps {
  readonly draft: Draft
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (changes: Partial<Draft>) => void
}

const stays = 'stays'

/** Where each button leads; the buyer's words are decided by people. */
const ButtonFields = ({
  template,
  draft,
  choices,
  onChange,
}: FieldsProps & { template: Pick<WhatsAppTemplate, 'buttons' | 'cards'> }) => {
  const { t } = useTranslation('automations')
  if (template.buttons.length === 0) return <p className={classes.hint}>{t('form.noButtons')}</p>
  return (
    <fieldset className={classes.fields}>
      <legend>{t('form.buttons')}</legend>
      {template.cards.length > 0 && <p className={classes.hint}>{t('form.cards')}</p>}
      {template.buttons.map((text, index) => (
        <Select
          key={text}
          label={t('form.button', { text })}
          data={[{ value: stays, label: t('form.stays') }, ...choices]}
          value={draft.buttons[index] ?? stays}
          allowDeselect={false}
          onChange={(value) => onChange({ buttons: { ...draft.buttons, [index]: value === stays ? null : value } })}
        />
      ))}
    </fieldset>
  )
}

const SilenceFields = ({ draft, choices, onChange }: FieldsProps) => {
  const { t } = useTranslation('automations')
  const { silence } = draft
  return (
    <fieldset className={classes.fields}>
      <legend>{t('form.silence')}</legend>
      <Select
        label={t('form.silenceStage')}
        data={[{ value: stays, label: t('form.silenceOff') }, ...choices]}
        value={silence?.stageId ?? stays}
        allowDeselect={false}
        onChange={(stageId) =>
          onChange({
            silence: !stageId || stageId === stays ? null : { from: 'delivered', hours: 24, ...silence, stageId },
          })
        }
      />
      {silence && (
        <div className={classes.pair}>
          <NumberInput
            label={t('form.silenceHours')}
            min={1}
            max={168}
            value={silence.hours}
            onChange={(hours) =>
              typeof hours === 'number' && onChange({ silence: { ...silence, hours: Math.round(hours) } })
            }
          />
          <Select
            label={t('form.silenceFrom')}
            data={silenceStarts.map((value) => ({ value, label: t(`form.silenceFroms.${value}`) }))}
            value={silence.from}
            allowDeselect={false}
            onChange={(from) => onChange({ silence: { ...silence, from: from === 'sent' ? 'sent' : 'delivered' } })}
          />
        </div>
      )}
    </fieldset>
  )
}
