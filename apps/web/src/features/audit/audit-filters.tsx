import { Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { messages } from '../../messages/fr/audit.ts'
import { FilterPill } from '../../ui/chip.tsx'
import { actorsQuery } from './audit.api.ts'

interface AuditFiltersProps {
  readonly actorId: string | null
  readonly subjectKind: string | null
  readonly onChange: (changes: { actorId?: string | null; subjectKind?: string | null }) => void
}

const kinds = Object.keys(messages.noun) as (keyof typeof messages.noun)[]

export const AuditFilters = ({ actorId, subjectKind, onChange }: AuditFiltersProps) => {
  const { t } = useTranslation('audit')
  const { data: actors } = useQuery(actorsQuery)
  const chosen = actors?.items.find(({ id }) => id === actorId)
  const kind = kinds.find((candidate) => candidate === subjectKind)
  return (
    <>
      <Menu>
        <Menu.Target>
          <FilterPill
            label={t('filterWho')}
            value={actorId ? (chosen?.fullName ?? '…') : t('everyone')}
            active={actorId !== null}
            onClear={() => onChange({ actorId: null })}
          />
        </Menu.Target>
        <Menu.Dropdown mah={320}>
          {actors?.items.map(({ id, fullName }) => (
            <Menu.Item key={id} onClick={() => onChange({ actorId: id })}>
              <bdi>{fullName}</bdi>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Menu>
        <Menu.Target>
          <FilterPill
            label={t('filterWhat')}
            value={kind ? t(`noun.${kind}`) : t('everything')}
            active={subjectKind !== null}
            onClear={() => onChange({ subjectKind: null })}
          />
        </Menu.Target>
        <Menu.Dropdown>
          {kinds.map((candidate) => (
            <Menu.Item key={candidate} onClick={() => onChange({ subjectKind: candidate })}>
              {t(`noun.${candidate}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
