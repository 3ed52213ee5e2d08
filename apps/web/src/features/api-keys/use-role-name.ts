import { useTranslation } from 'react-i18next'
import type { ApiKey } from './api-keys.api.ts'

/** The built-in roles have words in each language; a merchant's own role has the name it was given. */
export const useRoleName = (): ((role: Pick<ApiKey['role'], 'key' | 'name'>) => string) => {
  const { t } = useTranslation('common')
  return ({ key, name }) => (key ? t(`role.${key}`) : name)
}
