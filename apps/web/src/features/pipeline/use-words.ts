import { wordIn } from '@sendocki/domain/language'
import type { Pipeline, Stage } from '@sendocki/domain/orders/pipeline-schema'
import type { OrderState } from '@sendocki/domain/orders/states'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from '../../lib/i18n.ts'

/** What the merchant calls a stage or a reason, in the reader's language. */
export const nameOf = ({ name }: Pick<Stage, 'name'>): string => wordIn(name, currentLanguage())

export const listOf = (words: readonly string[]): string =>
  new Intl.ListFormat(currentLanguage(), { type: 'conjunction' }).format(words)

export const useWords = () => {
  const { t } = useTranslation('pipeline')
  return {
    /** `compte comme confirmée`, or that it counts nowhere. */
    countsAs: (state: OrderState | null): string =>
      state === null ? t('countsNowhere') : t('countsAs', { state: t(`state.${state}`) }),
    namesOf: ({ stages }: Pipeline, ids: readonly string[]): string =>
      listOf(stages.filter(({ id }) => ids.includes(id)).map(nameOf)),
    /** Minutes of work as hours. */
    hours: (minutes: number): string => t('hours', { count: Math.round((minutes / 60) * 10) / 10 }),
  }
}
