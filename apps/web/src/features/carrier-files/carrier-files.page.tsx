import { Select } from '@mantine/core'
import type { CarrierFileKind } from '@sendocki/domain/carrier-files/columns'
import type { CarrierAccount } from '@sendocki/domain/carriers/account'
import type { Permission } from '@sendocki/domain/permissions'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useUrlState } from '../../lib/url-state.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { Views } from '../../ui/views.tsx'
import { accountsQuery } from './carrier-files.api.ts'
import classes from './carrier-files.module.css'
import { FileSteps } from './file-steps.tsx'
import { GiveFile } from './give-file.tsx'
import { type FilesState, filesShape } from './state.ts'

/** The daily ones first. */
const shownKinds: readonly CarrierFileKind[] = ['tracking', 'payout', 'places']

const permissionOf: Record<CarrierFileKind, Permission> = {
  tracking: 'parcels.edit',
  payout: 'cash.edit',
  places: 'carriers.edit',
}

/** Whose files of a kind can be loaded: what has been paid by any carrier, the rest of those without API only. */
const accountsFor = (kind: CarrierFileKind, accounts: readonly CarrierAccount[]): readonly CarrierAccount[] =>
  accounts.filter(({ carrier }) => kind === 'payout' || carrier === 'manual')

/** Delivery → Carrier files: a file or a pasted list is read, tried row by row, applied, and taken back if need be. */
export const CarrierFilesPage = () => {
  const { t } = useTranslation('carrierFiles')
  const can = useCan()
  const [state, change] = useUrlState<FilesState>(filesShape)
  const { data, error, isPending, refetch } = useQuery(accountsQuery)
  const kinds = shownKinds.filter((kind) => can(permissionOf[kind]))
  const accounts = accountsFor(state.kind, data?.items ?? [])
  const account = accounts.find(({ id }) => id === state.account) ?? accounts[0]
  return (
    <Page
      title={t('title')}
      views={
        <Views
          label={t('kindLabel')}
          current={state.kind}
          views={kinds.map((kind) => ({
            id: kind,
            to: `/carrier-files?kind=${kind}${account ? `&account=${account.id}` : ''}`,
            name: t(`kinds.${kind}`),
          }))}
        />
      }
    >
      {isPending && <SkeletonRows label={t('loading')} rows={4} />}
      {error && !data && (
        <ErrorState
          title={t('loadFailed')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {data && !account && (
        <Empty
          icon={<IconFileSpreadsheet size={22} stroke={1.75} />}
          title={t('noAccount')}
          action={
            can('carriers.edit') && (
              <ButtonLink to="/settings/carriers" variant="filled">
                {t('addAccount')}
              </ButtonLink>
            )
          }
        >
          {t('noAccountHint')}
        </Empty>
      )}
      {account && state.file === null && (
        <>
          <p className={classes.hint}>{t(`kindHints.${state.kind}`)}</p>
          <Select
            label={t('account')}
            data={accounts.map(({ id, name }) => ({ value: id, label: name }))}
            value={account.id}
            onChange={(id) => change({ account: id })}
            allowDeselect={false}
          />
          <GiveFile
            key={`${account.id} ${state.kind}`}
            accountId={account.id}
            kind={state.kind}
            onRead={({ id }) => change({ account: account.id, file: id })}
          />
        </>
      )}
      {state.file !== null && <FileSteps key={state.file} id={state.file} onAnother={() => change({ file: null })} />}
    </Page>
  )
}
