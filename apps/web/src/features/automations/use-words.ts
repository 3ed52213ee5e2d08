import { wordIn } from '@sendocki/domain/language'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from '../../lib/i18n.ts'
import { pipelineQuery } from './automations.api.ts'

export const useWords = () => {
  const { t } = useTranslation('automations')
  const { data: pipeline } = useQuery(pipelineQuery)
  const named = [...(pipeline?.stages ?? []), ...(pipeline?.pastStages ?? [])]
  return {
    stages: pipeline?.stages.filter(({ active }) => active) ?? [],
    /** What the merchant calls a stage, also one that is no more. */
    stage: (id: string): string => {
      const stage = named.find((one) => one.id === id)
      return stage ? wordIn(stage.name, currentLanguage()) : t('sentence.gone')
    },
    wait: (seconds: number): string => {
      const minutes = Math.round(seconds / 60)
      if (minutes > 0 && minutes % 1440 === 0) return t('wait.days', { count: minutes / 1440 })
      return minutes > 0 && minutes % 60 === 0
        ? t('wait.hours', { count: minutes / 60 })
        : t('wait.minutes', { count: minutes })
    },
  }
}
