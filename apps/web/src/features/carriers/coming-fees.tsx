import type { CarrierFee, SetCarrierFee } from '@sendocki/domain/carriers/account'
import { IconX } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { dayShown } from '../../lib/format.ts'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Amount, Words } from '../../ui/numbers.tsx'
import { ErrorState } from '../../ui/screen-states.tsx'
import { PanelSection } from '../../ui/side-panel.tsx'
import { showToast } from '../../ui/toast.tsx'
import { carrierKeys, comingFeesQuery, removeComingFee, setFee } from './carriers.api.ts'
import classes from './carriers.module.css'

/** A coming fee as it is said again, to put back what was taken away. */
const saidAgain = (fee: CarrierFee): SetCarrierFee => ({
  placeId: fee.placeId,
  validFrom: fee.feesFrom ?? '',
  deliveredFeeCentimes: fee.deliveredFeeCentimes,
  refusedFeeCentimes: fee.refusedFeeCentimes,
  returnedFeeCentimes: fee.returnedFeeCentimes,
})

/** Takes coming fees back, and puts them again where that was a mistake. */
export const useComingFees = (accountId: string) => {
  const { t } = useTranslation('carriers')
  const queries = useQueryClient()
  const readAgain = () => queries.invalidateQueries({ queryKey: carrierKeys.all })
  const refused = (problem: unknown) => showToast({ message: problemText(problem), tone: 'refused' })
  const put = useMutation({
    mutationFn: (said: SetCarrierFee) => setFee(accountId, said),
    onSuccess: readAgain,
    onError: refused,
  })
  const remove = useMutation({
    mutationFn: ({ placeId, validFrom }: { placeId: string; validFrom: string }) =>
      removeComingFee(accountId, { place: placeId, validFrom }),
    onSuccess: async (fee) => {
      showToast({ message: t('fees.removed', { place: fee.placeName }), undo: () => put.mutate(saidAgain(fee)) })
      await readAgain()
    },
    onError: refused,
  })
  return { remove, readAgain }
}

/** What places will cost: the day it begins, and each fee; taken back until then. */
export const ComingFees = ({ accountId }: { accountId: string }) => {
  const { t } = useTranslation('carriers')
  const can = useCan()
  const { remove } = useComingFees(accountId)
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    comingFeesQuery(accountId),
  )
  const fees = data?.pages.flatMap(({ items }) => items) ?? []
  if (error && !data)
    return (
      <ErrorState
        title={t('fees.comingFailed')}
        code={problemCode(error)}
        actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
      >
        {problemText(error)}
      </ErrorState>
    )
  if (fees.length === 0) return null
  return (
    <PanelSection title={t('fees.coming')}>
      <ul className={classes.coming}>
        {fees.map((fee) => (
          <li key={`${fee.placeId} ${fee.feesFrom ?? ''}`}>
            <span>
              <Words>{fee.placeName}</Words>
              <span className={classes.feesFrom}>{t('fees.willHold', { day: dayShown(fee.feesFrom ?? '') })}</span>
            </span>
            {([fee.deliveredFeeCentimes, fee.refusedFeeCentimes, fee.returnedFeeCentimes] as const).map(
              (centimes, at) => (
                <span key={at}>{centimes === null ? '–' : <Amount centimes={centimes} />}</span>
              ),
            )}
            {can('carriers.edit') && (
              <IconButton
                size="small"
                label={t('fees.remove', { place: fee.placeName })}
                onClick={() => remove.mutate({ placeId: fee.placeId, validFrom: fee.feesFrom ?? '' })}
              >
                <IconX size={14} stroke={1.75} aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </PanelSection>
  )
}
