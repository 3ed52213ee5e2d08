import type { CallQueue } from '@sendocki/domain/calls/call-schema'
import { useTranslation } from 'react-i18next'

type Why = Pick<CallQueue['items'][number], 'kind' | 'lacks' | 'attemptCount'>

/** Why a call is next, in words; of a yes in writing, what it still lacks. */
export const useWhy = () => {
  const { t } = useTranslation('calls')
  return ({ kind, lacks, attemptCount }: Why): string =>
    kind === 'said_yes' ? t(`saidYes.${lacks ?? 'nothing'}`) : t(`why.${kind}`, { count: attemptCount + 1 })
}
