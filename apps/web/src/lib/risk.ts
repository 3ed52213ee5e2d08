import type { OrderRisk } from '@sendocki/domain/risk/risk'
import type { RiskLevel } from '@sendocki/domain/risk/settings'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

type Reason = OrderRisk['reasons'][number]

interface RiskWords {
  /** "Medium risk". */
  readonly level: (level: RiskLevel) => string
  /** "medium", where what it is of is said already. */
  readonly short: (level: RiskLevel) => string
  /** The sentence of a reason, with its counts. */
  readonly reason: (reason: Pick<Reason, 'code' | 'counts'>) => string
}

/** A risk in the reader's words. */
export const useRiskWords = (): RiskWords => {
  const { t } = useTranslation('common')
  return useMemo(
    () => ({
      level: (level) => t(`risk.level.${level}`),
      short: (level) => t(`risk.short.${level}`),
      reason: ({ code, counts }) => t(`risk.reason.${code}`, counts),
    }),
    [t],
  )
}
