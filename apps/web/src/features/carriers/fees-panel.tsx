import type { CarrierAccount, CarrierFee, SetCarrierFee } from '@sendocki/domain/carriers/account'
import { feesAheadDays } from '@sendocki/domain/carriers/fees'
import { addDays, dayOf } from '@sendocki/domain/time'
import { IconCalendarPlus, IconCoins } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dayShown } from '../../lib/format.ts'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Amount, Words } from '../../ui/numbers.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { PanelSection, SidePanel } from '../../ui/side-panel.tsx'
import { showToast } from '../../ui/toast.tsx'
import { feesQuery } from './carriers.api.ts'
import classes from './carriers.module.css'
import { useCities } from './cities.ts'
import { CityField } from './city-field.tsx'
import { ComingFees, useComingFees } from './coming-fees.tsx'
import { FeeForm } from './fee-form.tsx'

/** What a delivery costs with this carrier and how long it takes, city by city. */
export const FeesPanel = ({ account, onClose }: { account: CarrierAccount; onClose: () => void }) => {
  const { t } = useTranslation('carriers')
  const { nameOf } = useCities()
  const can = useCan()
  const today = dayOf(new Date())
  const manual = account.carrier === 'manual'
  const editable = manual && can('carriers.edit')
  const [planned, setPlanned] = useState<CarrierFee | null>(null)
  const announce = useAnnounced(account.id)
  const [cityId, setCityId] = useState<string | null>(null)
  const [on, setOn] = useState(today)
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    feesQuery(account.id, { cityId, on: on === '' || on === today ? null : on }),
  )
  const fees = data?.pages.flatMap(({ items }) => items) ?? []
  const title = t('fees.title', { name: account.name })
  return (
    <SidePanel label={title} title={title} onClose={onClose}>
      <PanelSection>
        <div className={classes.feesFilter}>
          <CityField label={t('fees.find')} onCity={setCityId} />
          {manual && (
            <DayField size="sm" label={t('fees.on')} max={addDays(today, feesAheadDays)} value={on} onChange={setOn} />
          )}
        </div>
      </PanelSection>
      {isPending && <SkeletonRows label={t('fees.loading')} rows={8} />}
      {error && !data && (
        <ErrorState
          title={t('loadFailed')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {data && fees.length === 0 && (
        <Empty icon={<IconCoins size={22} stroke={1.75} />} title={t('fees.none')}>
          {t('fees.noneHint')}
        </Empty>
      )}
      {manual && <ComingFees accountId={account.id} />}
      {fees.length > 0 && (
        <PanelSection>
          <table className={classes.fees}>
            <thead>
              <tr>
                <th scope="col">{t('fees.city')}</th>
                <th scope="col">{t('fees.fee')}</th>
                <th scope="col">{t('fees.refusedFee')}</th>
                <th scope="col">{t('fees.returnedFee')}</th>
                <th scope="col">{t('fees.delay')}</th>
                {editable && (
                  <th scope="col">
                    <span className="visually-hidden">{t('fees.ahead')}</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {fees.map((fee) => (
                <tr key={fee.placeId}>
                  <th scope="row">
                    {fee.cityId === '' ? '–' : <Words>{nameOf(fee.cityId)}</Words>}
                    {fee.placeName !== nameOf(fee.cityId) && (
                      <span className={classes.feesFrom}>
                        <Words>{fee.placeName}</Words>
                      </span>
                    )}
                    {fee.feesFrom !== null && (
                      <span className={classes.feesFrom}>{t('fees.from', { day: dayShown(fee.feesFrom) })}</span>
                    )}
                  </th>
                  {([fee.deliveredFeeCentimes, fee.refusedFeeCentimes, fee.returnedFeeCentimes] as const).map(
                    (centimes, at) => (
                      <td key={at}>{typeof centimes === 'number' ? <Amount centimes={centimes} /> : '–'}</td>
                    ),
                  )}
                  <td>{fee.delay ? <Words>{fee.delay}</Words> : '–'}</td>
                  {editable && (
                    <td>
                      <IconButton
                        size="small"
                        label={t('fees.aheadFor', { place: fee.placeName })}
                        onClick={() => setPlanned(fee)}
                      >
                        <IconCalendarPlus size={16} stroke={1.75} aria-hidden />
                      </IconButton>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
          {hasNextPage && (
            <Button pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t('more')}
            </Button>
          )}
        </PanelSection>
      )}
      {planned && (
        <FeeForm
          accountId={account.id}
          fee={planned}
          onClose={() => setPlanned(null)}
          onSaved={(said) => {
            setPlanned(null)
            announce(planned, said)
          }}
        />
      )}
    </SidePanel>
  )
}

/** Says from when a fee holds; one that is still to come can be taken back at once. */
const useAnnounced = (accountId: string) => {
  const { t } = useTranslation('carriers')
  const { remove, readAgain } = useComingFees(accountId)
  return ({ placeName }: CarrierFee, { placeId, validFrom }: SetCarrierFee): void => {
    const isComing = validFrom > dayOf(new Date())
    showToast({
      message: t('fees.saved', { place: placeName, day: dayShown(validFrom) }),
      ...(isComing ? { undo: () => remove.mutate({ placeId, validFrom }) } : {}),
    })
    void readAgain()
  }
}
