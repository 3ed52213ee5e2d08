import { IconFilterOff, IconPackages } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Empty } from '../../ui/screen-states.tsx'
import { isFiltered, type ListFilters, noFilters } from './filters.ts'
import { useRights } from './rights.ts'

interface NoRowsProps {
  readonly filters: ListFilters
  readonly onFilters: (changes: Partial<ListFilters>) => void
}

/** Nothing matches, or nothing has come yet: each says what to do. */
export const NoRows = ({ filters, onFilters }: NoRowsProps) => {
  const { t } = useTranslation('orders')
  const rights = useRights()
  if (isFiltered(filters))
    return (
      <Empty
        icon={<IconFilterOff size={22} stroke={1.75} />}
        title={t('empty.filtered')}
        action={<Button onClick={() => onFilters(noFilters)}>{t('empty.clear')}</Button>}
      >
        {t('empty.filteredHint')}
      </Empty>
    )
  return (
    <Empty
      icon={<IconPackages size={22} stroke={1.75} />}
      title={t('empty.title')}
      action={rights.can('stores.edit') && <ButtonLink to="/settings/stores">{t('empty.connect')}</ButtonLink>}
    >
      {t('empty.hint')}
    </Empty>
  )
}
