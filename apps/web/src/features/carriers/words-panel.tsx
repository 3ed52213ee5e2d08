import { Select } from '@mantine/core'
import type { CarrierAccount } from '@sendocki/domain/carriers/account'
import { mappableStatuses, type UnknownStatus } from '@sendocki/domain/parcels/parcel-schema'
import { IconMessageCheck } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Words } from '../../ui/numbers.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { PanelSection, SidePanel } from '../../ui/side-panel.tsx'
import { showToast } from '../../ui/toast.tsx'
import { When } from '../../ui/when.tsx'
import { carrierKeys, mapWord, wordsQuery } from './carriers.api.ts'
import classes from './carriers.module.css'

/** Words of the carrier that moved nothing yet, and what somebody said that they mean. */
export const WordsPanel = ({ account, onClose }: { account: CarrierAccount; onClose: () => void }) => {
  const { t } = useTranslation('carriers')
  const { data, error, isPending, refetch } = useQuery(wordsQuery(account.id))
  const title = t('words.title', { name: account.name })
  return (
    <SidePanel label={title} title={title} onClose={onClose}>
      {isPending && <SkeletonRows label={t('words.loading')} rows={4} />}
      {error && !data && (
        <ErrorState
          title={t('loadFailed')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {data?.items.length === 0 && (
        <Empty icon={<IconMessageCheck size={22} stroke={1.75} />} title={t('words.none')}>
          {t('words.noneHint')}
        </Empty>
      )}
      {data && data.items.length > 0 && (
        <>
          <PanelSection>
            <p className={classes.hint}>{t('words.hint')}</p>
          </PanelSection>
          <ul>
            {data.items.map((word) => (
              <WordItem key={word.carrierStatus} accountId={account.id} word={word} />
            ))}
          </ul>
        </>
      )}
    </SidePanel>
  )
}

const WordItem = ({ accountId, word }: { accountId: string; word: UnknownStatus }) => {
  const { t } = useTranslation(['carriers', 'orders'])
  const can = useCan()
  const queries = useQueryClient()
  const { carrierStatus, count, lastSeenAt, mappedTo } = word
  const { mutate, isPending } = useMutation({
    mutationFn: (status: (typeof mappableStatuses)[number]) => mapWord(accountId, { carrierStatus, status }),
    onSuccess: (_, status) => {
      showToast({ message: t('words.mapped', { word: carrierStatus, status: t(`orders:parcel.${status}`) }) })
      void queries.invalidateQueries({ queryKey: ['parcel'] })
      return queries.invalidateQueries({ queryKey: carrierKeys.all })
    },
    onError: (error) => showToast({ message: problemText(error), tone: 'refused' }),
  })
  return (
    <li className={classes.item}>
      <strong>
        <Words>{carrierStatus}</Words>
      </strong>
      <span className={classes.hint}>
        {t('words.seen', { count })} <When instant={lastSeenAt} />
      </span>
      {can('carriers.edit') ? (
        <Select
          aria-label={t('words.meaning', { word: carrierStatus })}
          placeholder={t('words.choose')}
          data={mappableStatuses.map((value) => ({ value, label: t(`orders:parcel.${value}`) }))}
          value={mappedTo}
          disabled={isPending}
          allowDeselect={false}
          onChange={(value) => {
            const status = mappableStatuses.find((known) => known === value)
            if (status) mutate(status)
          }}
        />
      ) : (
        mappedTo && <span>{t(`orders:parcel.${mappedTo}`)}</span>
      )}
    </li>
  )
}
