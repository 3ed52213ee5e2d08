import { useTranslation } from 'react-i18next'
import type { messages } from '../../messages/fr/audit.ts'
import type { AuditEntry } from './audit.api.ts'

/** Names of who acted and on what; a word that this version does not know is shown as it came. */
export const useAuditWords = () => {
  const { t, i18n } = useTranslation('audit')
  const known = (key: string): boolean => i18n.exists(key, { ns: 'audit' })
  return {
    actorWord: ({ actor }: AuditEntry): string =>
      actor.name ??
      (known(`actor.${actor.kind}`) ? t(`actor.${actor.kind as keyof typeof messages.actor}`) : actor.kind),
    subjectWord: ({ subject }: AuditEntry): string =>
      known(`noun.${subject.kind}`) ? t(`noun.${subject.kind as keyof typeof messages.noun}`) : subject.kind,
  }
}
