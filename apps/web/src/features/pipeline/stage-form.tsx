import { NumberInput, Select, Switch, TextInput } from '@mantine/core'
import { type Pipeline, requirableFields, type Stage, stageColours } from '@sendocki/domain/orders/pipeline-schema'
import { type OrderState, orderStates, reasonStates } from '@sendocki/domain/orders/states'
import type { RoleKey } from '@sendocki/domain/permissions'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldText } from '../../lib/problem.ts'
import { StateDrawing } from '../../ui/glyphs.tsx'
import { paletteStyle } from '../../ui/palette.ts'
import { StageGlyph } from '../../ui/states.tsx'
import { ChipList } from './chip-list.tsx'
import { type Draft, inPlace } from './draft.ts'
import { EffectsField } from './effects-field.tsx'
import shared from './pipeline.module.css'
import classes from './stage-form.module.css'
import { nameOf } from './use-words.ts'

/** Roles that move orders at all. */
const movingRoles: readonly RoleKey[] = ['owner', 'manager', 'confirmation_agent', 'delivery_agent']

interface StageFormProps {
  readonly pipeline: Pipeline
  readonly stage: Stage
  readonly draft: Draft
  /** What is wrong, by path of the field. */
  readonly errors: Readonly<Record<string, string>>
  readonly onChange: (changes: Partial<Draft>) => void
}

const Field = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className={classes.field}>
    <span className={classes.label}>{label}</span>
    <div className={classes.value}>{children}</div>
  </div>
)

/** Everything that a merchant sets on a stage. */
export const StageForm = (props: StageFormProps) => {
  const { t } = useTranslation('pipeline')
  const { draft, errors, onChange } = props
  return (
    <div className={classes.form}>
      <Field label={t('form.name')}>
        <Names {...props} />
      </Field>
      <Field label={t('form.description')}>
        <TextInput
          size="md"
          aria-label={t('form.description')}
          placeholder={t('form.descriptionHint')}
          maxLength={500}
          value={draft.description ?? ''}
          onChange={({ currentTarget }) => onChange({ description: currentTarget.value || null })}
        />
      </Field>
      <Field label={t('form.colour')}>
        <Colours draft={draft} onChange={onChange} />
      </Field>
      <Field label={t('form.countsAs')}>
        <StateField {...props} />
      </Field>
      <Ways {...props} />
      <Conditions {...props} />
      <EffectsField draft={draft} error={errors['effects']} onChange={onChange} />
    </div>
  )
}

const Names = ({ draft, errors, onChange }: StageFormProps) => {
  const { t } = useTranslation('pipeline')
  return (
    <div className={classes.names}>
      {(['fr', 'ar', 'en'] as const).map((language) => (
        <TextInput
          key={language}
          size="md"
          dir={language === 'ar' ? 'rtl' : 'ltr'}
          lang={language}
          aria-label={t(`form.nameIn.${language}`)}
          rightSection={<span className={classes.tongue}>{language.toUpperCase()}</span>}
          rightSectionWidth={34}
          maxLength={60}
          error={errors[`name.${language}`]}
          value={draft.name[language]}
          onChange={({ currentTarget }) => onChange({ name: { ...draft.name, [language]: currentTarget.value } })}
        />
      ))}
    </div>
  )
}

const Colours = ({ draft, onChange }: Pick<StageFormProps, 'draft' | 'onChange'>) => {
  const { t } = useTranslation('pipeline')
  return (
    <fieldset className={classes.colours}>
      <legend className="visually-hidden">{t('form.colour')}</legend>
      {stageColours.map((colour) => (
        <label key={colour} className={classes.colour} style={paletteStyle(colour)} title={t(`colourName.${colour}`)}>
          <input
            type="radio"
            name="stage-colour"
            value={colour}
            aria-label={t(`colourName.${colour}`)}
            checked={draft.colour === colour}
            onChange={() => onChange({ colour })}
          />
          <span aria-hidden />
        </label>
      ))}
    </fieldset>
  )
}

const nowhere = 'none'

const StateField = ({ draft, errors, onChange }: StageFormProps) => {
  const { t } = useTranslation('pipeline')
  const choose = (state: OrderState | null): void => {
    const hasReasons = reasonStates.some((one) => one === state)
    onChange({ state, requires: draft.requires.filter((field) => field !== 'reason' || hasReasons) })
  }
  return (
    <>
      <Select
        size="md"
        className={classes.states ?? ''}
        aria-label={t('form.countsAs')}
        allowDeselect={false}
        leftSection={
          <span className={classes.glyph} style={paletteStyle(draft.colour)}>
            <StateDrawing state={draft.state} />
          </span>
        }
        data={[
          ...orderStates.map((state) => ({ value: state as string, label: capital(t(`state.${state}`)) })),
          { value: nowhere, label: t('form.noState') },
        ]}
        value={draft.state ?? nowhere}
        onChange={(value) => choose(orderStates.find((state) => state === value) ?? null)}
      />
      <Switch
        label={t('form.terminal')}
        description={t('form.terminalHint')}
        checked={draft.terminal}
        error={errors['terminal']}
        onChange={({ currentTarget: { checked } }) =>
          onChange({ terminal: checked, ...(checked ? { ageLimitMinutes: null, effects: [] } : {}) })
        }
      />
    </>
  )
}

const capital = (word: string): string => word.charAt(0).toLocaleUpperCase() + word.slice(1)

/** Where people can bring an order from here, and from where they can bring one here. */
const Ways = ({ pipeline, stage, draft, errors, onChange }: StageFormProps) => {
  const { t } = useTranslation('pipeline')
  const others = pipeline.stages
    .filter(({ id }) => id !== stage.id)
    .map((one) => ({
      value: one.id,
      label: nameOf(one),
      sign: <StageGlyph name={nameOf(one)} state={one.state} colour={one.colour} silent />,
    }))
  return (
    <>
      <Field label={t('form.next')}>
        <ChipList
          label={t('form.next')}
          add={t('form.addStage')}
          choices={others}
          value={draft.nextStageIds}
          rest={t('form.anywhere')}
          none={t('form.nowhere')}
          open={t('form.anywhere')}
          error={errors['nextStageIds']}
          onChange={(ids) => onChange({ nextStageIds: ids && inPlace(pipeline, ids) })}
        />
      </Field>
      <Field label={t('form.previous')}>
        <ChipList
          label={t('form.previous')}
          add={t('form.addStage')}
          choices={others}
          value={draft.previousStageIds}
          rest={t('form.nowhere')}
          none={t('form.nowhere')}
          error={errors['previousStageIds']}
          onChange={(ids) => onChange({ previousStageIds: inPlace(pipeline, ids ?? []) })}
        />
      </Field>
    </>
  )
}

/** How long an order may stay, who may bring it here, and what must be known before. */
const Conditions = ({ draft, errors, onChange }: StageFormProps) => {
  const { t } = useTranslation(['pipeline', 'common'])
  const asksReason = reasonStates.some((state) => state === draft.state)
  return (
    <>
      {!draft.terminal && (
        <Field label={t('form.age')}>
          <div className={classes.age}>
            <NumberInput
              size="md"
              aria-label={t('form.age')}
              placeholder={t('form.ageNone')}
              min={0}
              max={4_000}
              decimalScale={1}
              hideControls
              allowNegative={false}
              error={errors['ageLimitMinutes']}
              value={draft.ageLimitMinutes === null ? '' : draft.ageLimitMinutes / 60}
              onChange={(hours) =>
                onChange({ ageLimitMinutes: typeof hours === 'number' && hours > 0 ? Math.round(hours * 60) : null })
              }
            />
            <span>{t('form.ageUnit')}</span>
            <span className={shared.aside}>{t('form.ageThen')}</span>
          </div>
        </Field>
      )}
      <Field label={t('form.roles')}>
        <ChipList
          label={t('form.roles')}
          add={t('form.addRole')}
          choices={movingRoles.map((role) => ({ value: role, label: t(`common:role.${role}`) }))}
          value={draft.roleKeys}
          rest={t('form.rolesAny')}
          none={t('form.rolesNobody')}
          open={t('form.rolesAny')}
          onChange={(roleKeys) => onChange({ roleKeys })}
        />
      </Field>
      <Field label={t('form.requires')}>
        <ChipList
          label={t('form.requires')}
          add={t('form.addField')}
          choices={requirableFields
            .filter((field) => field !== 'reason' || asksReason)
            .map((field) => ({ value: field, label: t(`field.${field}`) }))}
          value={draft.requires}
          rest={t('form.requiresNone')}
          none={t('form.requiresNone')}
          error={errors['requires']}
          onChange={(requires) => onChange({ requires: requires ?? [] })}
        />
      </Field>
    </>
  )
}

/** The problem's fields as words beside them. */
export const errorsOf = (fields: readonly { readonly path: string; readonly code: string }[]): Record<string, string> =>
  Object.fromEntries(fields.map(({ path, code }) => [path, fieldText(code)]))
