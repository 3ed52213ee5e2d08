import { Select, Switch } from '@mantine/core'
import { effectKinds } from '@sendocki/domain/orders/pipeline-schema'
import { IconPackage } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Draft } from './draft.ts'
import classes from './effects-field.module.css'
import { carrierAccountsQuery } from './pipeline.api.ts'
import shared from './pipeline.module.css'

interface EffectsFieldProps {
  readonly draft: Draft
  readonly error: string | undefined
  readonly onChange: (changes: Partial<Draft>) => void
}

/** What happens when an order enters; nothing does where orders end. */
export const EffectsField = ({ draft, error, onChange }: EffectsFieldProps) => {
  const { t } = useTranslation('pipeline')
  if (draft.terminal) return null
  return (
    <section className={classes.effects} aria-labelledby="stage-effects">
      <h3 id="stage-effects">{t('form.effects')}</h3>
      <ul>
        {effectKinds.map((kind) => (
          <EffectRow key={kind} kind={kind} draft={draft} onChange={onChange} />
        ))}
      </ul>
      {error && (
        <p className={shared.error} role="alert">
          {error}
        </p>
      )}
    </section>
  )
}

const defaultCarrier = 'default'

const EffectRow = ({
  kind,
  draft,
  onChange,
}: Pick<EffectsFieldProps, 'draft' | 'onChange'> & { kind: (typeof effectKinds)[number] }) => {
  const { t } = useTranslation('pipeline')
  const { data } = useQuery(carrierAccountsQuery)
  const effect = draft.effects.find((one) => one.kind === kind)
  const others = draft.effects.filter((one) => one.kind !== kind)
  const put = (carrierAccountId: string | null) => onChange({ effects: [...others, { kind, carrierAccountId }] })
  return (
    <li className={classes.effect} data-on={effect !== undefined || undefined}>
      <IconPackage size={16} stroke={1.75} aria-hidden />
      <span className={classes.effectWords}>
        <strong>{t(`effect.${kind}`)}</strong> <span>{t(`effect.${kind}_hint`)}</span>
      </span>
      {effect && (
        <Select
          size="sm"
          aria-label={t('effect.carrier')}
          allowDeselect={false}
          data={[
            { value: defaultCarrier, label: t('effect.anyCarrier') },
            ...(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={effect.carrierAccountId ?? defaultCarrier}
          onChange={(value) => put(value === defaultCarrier ? null : value)}
        />
      )}
      <Switch
        aria-label={t(`effect.${kind}`)}
        checked={effect !== undefined}
        onChange={({ currentTarget }) => (currentTarget.checked ? put(null) : onChange({ effects: others }))}
      />
    </li>
  )
}
