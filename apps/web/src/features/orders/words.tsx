import { wordIn } from '@sendocki/domain/language'
import type { OrderAddress } from '@sendocki/domain/orders/order'
import type { EffectKind, RequirableField, Stage } from '@sendocki/domain/orders/pipeline-schema'
import { useTranslation } from 'react-i18next'
import type { Static } from 'typebox'
import { currentLanguage } from '../../lib/i18n.ts'
import type { Closed } from './moves.ts'
import { useStageName } from './use-own-changes.ts'

type Address = Static<typeof OrderAddress>

/** What the merchant calls a stage, in the reader's language. */
export const nameOf = (stage: Pick<Stage, 'name'>): string => wordIn(stage.name, currentLanguage())

/** "Casablanca · Maârif", with the city as it was written while it is not known. */
export const placeOf = (
  { city, cityText, district }: Address,
  cityName: (city: { id: string; name: string }) => string,
): string => [city ? cityName(city) : cityText, district].filter(Boolean).join(' · ')

/** Sentences about moves, in the reader's language. */
export const useMoveWords = () => {
  const { t } = useTranslation('orders')
  const stageName = useStageName()
  const list = (words: readonly string[]): string =>
    new Intl.ListFormat(currentLanguage(), { type: 'conjunction' }).format(words)

  const closed = (why: Closed, stage: string): string => {
    switch (why.rule) {
      case 'passes_by':
        return t('closed.passesBy', { stage: stageName(why.stageId) })
      case 'no_return':
        return t('closed.noReturn', { stage })
      case 'no_way':
        return t('closed.noWay', { stage })
      case 'role':
        return t('closed.role')
      case 'missing':
        return t('closed.missing', { fields: list(why.fields.map((field: RequirableField) => t(`field.${field}`))) })
      case 'test_order':
        return t('closed.testOrder')
      case 'foreign_money':
        return t('closed.foreignMoney')
      case 'live_parcel':
        return t('closed.liveParcel')
    }
  }
  const effects = (kinds: readonly EffectKind[]): string =>
    kinds.length === 0 ? t('effect.none') : kinds.map((kind) => t(`effect.${kind}`)).join(' ')
  return { closed, effects }
}
