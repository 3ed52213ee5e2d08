import { NumberInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useRoleName } from '../../lib/role-name.ts'
import { Section } from '../../ui/page.tsx'
import { rolesQuery } from './call-settings.api.ts'
import classes from './call-settings.module.css'
import type { FieldsProps } from './settings-form.tsx'

/** How far each role may move a price while talking; an empty field is no limit. An owner has none. */
export const PriceFields = ({ settings, onChange }: FieldsProps) => {
  const { t } = useTranslation('callSettings')
  const roleName = useRoleName()
  const { data } = useQuery(rolesQuery)
  const roles = (data?.items ?? []).filter(
    ({ key, permissions }) => key !== 'owner' && permissions.includes('orders.edit'),
  )
  const setLimit = (roleId: string, value: number | string): void => {
    const others = settings.priceLimits.filter((limit) => limit.roleId !== roleId)
    onChange({ priceLimits: typeof value === 'number' ? [...others, { roleId, percent: value }] : others })
  }
  return (
    <Section title={t('price.title')}>
      <p className={classes.hint}>{t('price.hint')}</p>
      <div className={classes.pair}>
        {roles.map((role) => (
          <NumberInput
            key={role.id}
            label={roleName(role)}
            placeholder={t('price.none')}
            suffix=" %"
            min={0}
            max={100}
            allowDecimal={false}
            value={settings.priceLimits.find(({ roleId }) => roleId === role.id)?.percent ?? ''}
            onChange={(value) => setLimit(role.id, value)}
          />
        ))}
      </div>
    </Section>
  )
}
