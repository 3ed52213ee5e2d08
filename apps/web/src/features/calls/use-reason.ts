import type { CurveSource } from '@sendocki/domain/calls/answer-hours'
import type { SavedOutcome } from '@sendocki/domain/calls/call-schema'
import type { ClosedReason } from '@sendocki/domain/calls/hours'
import type { DayPart } from '@sendocki/domain/calls/settings'
import type { Order } from '@sendocki/domain/orders/order'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useCityName } from '../../lib/places.ts'

type City = Order['shippingAddress']['city']

/** Why a next call is at its time, in one sentence: what decided last. Null where only a wait did. */
export const useReason = (): ((because: SavedOutcome['because'], city: City) => string | null) => {
  const { t } = useTranslation('calls')
  const cityName = useCityName()
  return useCallback(
    (because, city) => {
      const last = because.at(-1)
      if (!last) return null
      const { code, params } = last
      switch (code) {
        case 'answers': {
          const { hour, percent } = params as { hour: number; percent: number }
          // A curve of a city that has no name here is the merchant's own.
          const source = params.source === 'city' && !city ? 'merchant' : (params.source as CurveSource)
          return t(`because.answers.${source}`, { hour, percent, city: city ? cityName(city) : '' })
        }
        case 'part':
          return t(`because.part.${params.part as DayPart}`)
        case 'closed':
          return t(`because.closed.${params.reason as ClosedReason}`)
        case 'cap_per_day':
          return t('because.cap_per_day')
        case 'waited':
          return null
      }
    },
    [t, cityName],
  )
}
