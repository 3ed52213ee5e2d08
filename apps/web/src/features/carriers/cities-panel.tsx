import {
  type CarrierAccount,
  type CarrierPlaceQuery,
  type CarrierPlaceView,
  placeReviews,
} from '@sendocki/domain/carriers/account'
import { IconMapPinCheck } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Words } from '../../ui/numbers.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { PanelSection, SidePanel } from '../../ui/side-panel.tsx'
import { showToast } from '../../ui/toast.tsx'
import { carrierKeys, matchPlace, placesQuery } from './carriers.api.ts'
import classes from './carriers.module.css'
import { useCities } from './cities.ts'
import { CityField } from './city-field.tsx'

type Review = NonNullable<CarrierPlaceQuery['review']>

interface CitiesPanelProps {
  readonly account: CarrierAccount
  readonly review: Review
  readonly onReview: (review: Review) => void
  readonly onClose: () => void
}

/** The carrier's places and which of our cities each is. A likeness is asked about here and never taken by itself. */
export const CitiesPanel = ({ account, review, onReview, onClose }: CitiesPanelProps) => {
  const { t } = useTranslation('carriers')
  const [q, setQ] = useState<string | null>(null)
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    placesQuery(account.id, { review, ...(q === null ? {} : { q }) }),
  )
  const places = data?.pages.flatMap(({ items }) => items) ?? []
  const title = t('cities.title', { name: account.name })
  return (
    <SidePanel label={title} title={title} onClose={onClose}>
      <PanelSection>
        <div className={classes.actions} role="group" aria-label={t('cities.views.label')}>
          {placeReviews.map((one) => (
            <Button
              key={one}
              size="small"
              variant={one === review ? 'filled' : 'outline'}
              aria-pressed={one === review}
              onClick={() => onReview(one)}
            >
              {t(`cities.views.${one}`)}
            </Button>
          ))}
        </div>
        <SearchField label={t('cities.search')} value={q} onChange={setQ} />
      </PanelSection>
      {isPending && <SkeletonRows label={t('cities.loading')} rows={6} />}
      {error && !data && (
        <ErrorState
          title={t('loadFailed')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {data && places.length === 0 && (
        <Empty icon={<IconMapPinCheck size={22} stroke={1.75} />} title={t(`cities.none.${review}`)}>
          {t('cities.noneHint')}
        </Empty>
      )}
      <ul>
        {places.map((place) => (
          <PlaceItem key={place.placeId} accountId={account.id} place={place} />
        ))}
      </ul>
      {hasNextPage && (
        <PanelSection>
          <Button pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('more')}
          </Button>
        </PanelSection>
      )}
    </SidePanel>
  )
}

/** Says which city a place is, or that it is none of ours. */
const useMatch = (accountId: string, place: CarrierPlaceView) => {
  const { t } = useTranslation('carriers')
  const queries = useQueryClient()
  const { nameOf } = useCities()
  return useMutation({
    mutationFn: ({ cityId, district = null }: { cityId: string | null; district?: string | null }) =>
      matchPlace(accountId, { placeId: place.placeId, cityId, district }),
    onSuccess: (_, { cityId }) => {
      const message =
        cityId === null
          ? t('cities.unset', { place: place.name })
          : t('cities.set', { place: place.name, city: nameOf(cityId) })
      showToast({ message })
      return queries.invalidateQueries({ queryKey: carrierKeys.all })
    },
    onError: (error) => showToast({ message: problemText(error), tone: 'refused' }),
  })
}

const PlaceItem = ({ accountId, place }: { accountId: string; place: CarrierPlaceView }) => {
  const { t } = useTranslation('carriers')
  const can = useCan()
  const [choosing, setChoosing] = useState(false)
  const { mutate, isPending } = useMatch(accountId, place)
  const { match, vanishedAt, name, city, arabicName } = place
  return (
    <li className={classes.item}>
      <span className={classes.itemHead}>
        <strong>
          <Words>{name}</Words>
        </strong>
        {city !== name && <Words>{city}</Words>}
        {arabicName && <Words>{arabicName}</Words>}
      </span>
      {match && <Proposal match={match} />}
      {vanishedAt && <span className={classes.hint}>{t('cities.vanished')}</span>}
      {can('carriers.edit') && (
        <div className={classes.actions}>
          {match?.strength === 'weak' && (
            <Button
              size="small"
              variant="accent"
              pending={isPending}
              onClick={() => mutate({ cityId: match.cityId, district: match.district })}
            >
              {t('cities.confirm')}
            </Button>
          )}
          <Button size="small" aria-expanded={choosing} onClick={() => setChoosing(!choosing)}>
            {t(match ? 'cities.choose' : 'cities.chooseShort')}
          </Button>
          {match && (
            <Button size="small" variant="quiet" pending={isPending} onClick={() => mutate({ cityId: null })}>
              {t('cities.noCity')}
            </Button>
          )}
        </div>
      )}
      {choosing && (
        <CityField
          label={t('cities.city', { place: name })}
          onCity={(cityId) => {
            if (cityId === null) return
            setChoosing(false)
            mutate({ cityId })
          }}
        />
      )}
    </li>
  )
}

const Proposal = ({ match }: { match: NonNullable<CarrierPlaceView['match']> }) => {
  const { t } = useTranslation('carriers')
  const { nameOf } = useCities()
  const city = [nameOf(match.cityId), match.district].filter(Boolean).join(' · ')
  return (
    <span>
      {t(match.strength === 'weak' ? 'cities.meant' : 'cities.is', { city })}{' '}
      <span className={classes.hint}>({t(`cities.strength.${match.strength}`)})</span>
    </span>
  )
}
