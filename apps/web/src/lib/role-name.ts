import type { RoleKey } from '@sendocki/domain/permissions'
import { useTranslation } from 'react-i18next'

/** The built-in roles have words in each language; a merchant's own role has the name it was given. */
export const useRoleName = (): ((role: { readonly key: RoleKey | null; readonly name: string }) => string) => {
  const { t } = useTranslation('common')
  return ({ key, name }) => (key ? t(`role.${key}`) : name)
}
