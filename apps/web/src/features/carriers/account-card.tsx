import { ApiProblem } from '@sendocki/client/problem'
import type { AccountStatus, CarrierAccount } from '@sendocki/domain/carriers/account'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemText } from '../../lib/problem.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Chip, type Tone } from '../../ui/chip.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Code, Words } from '../../ui/numbers.tsx'
import { When } from '../../ui/when.tsx'
import { AccountActions } from './account-actions.tsx'
import { carriersQuery } from './carriers.api.ts'
import classes from './carriers.module.css'
import { type AccountPart, lacksPickupPlace } from './parts.ts'

const tones: Record<AccountStatus, Tone> = {
  connecting: 'info',
  connected: 'ok',
  reconnect: 'bad',
  disabled: 'neutral',
}

interface AccountCardProps {
  readonly account: CarrierAccount
  readonly onPart: (part: AccountPart) => void
}

const useCarrier = ({ carrier }: CarrierAccount) =>
  useQuery(carriersQuery).data?.items.find(({ carrier: code }) => code === carrier)

/** Which carrier it is, whether it works, and what keeps it from working. */
export const AccountHead = ({ account }: { account: CarrierAccount }) => {
  const { t } = useTranslation('carriers')
  const carrier = useCarrier(account)
  return (
    <>
      <header className={classes.head}>
        <h2>
          <Words>{account.name}</Words>
        </h2>
        <span className={classes.carrier}>{t(`form.carriers.${account.carrier}`)}</span>
        {account.driverMemberId && <Chip tone="accent">{t('manual.driven')}</Chip>}
        <Chip tone={tones[account.status]}>{t(`status.${account.status}`)}</Chip>
      </header>
      {account.problem && (
        <p className={classes.problem} role="status">
          {problemText(new ApiProblem({ status: 422, code: account.problem }, null))}
        </p>
      )}
      {lacksPickupPlace(account, carrier?.capabilities) && (
        <p className={classes.problem} role="status">
          {t('pickupMissing')}
        </p>
      )}
    </>
  )
}

/** One carrier account: whether it works, what it knows, and what waits for somebody. */
export const AccountCard = ({ account, onPart }: AccountCardProps) => {
  const { t } = useTranslation('carriers')
  const can = useCan()
  const carrier = useCarrier(account)
  return (
    <article className={classes.card} aria-label={account.name}>
      <AccountHead account={account} />
      <AccountFacts account={account} webhook={carrier?.capabilities.webhook ?? false} />
      <Reviews account={account} onPart={onPart} />
      {account.carrier === 'manual' && account.placeCount === 0 && (
        <p className={classes.hint}>{t('manual.anywhere')}</p>
      )}
      {can('carriers.edit') && <AccountActions account={account} />}
    </article>
  )
}

const Fact = ({ label, wide = false, children }: { label: string; wide?: boolean; children: ReactNode }) => (
  <div data-wide={wide || undefined}>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

const AccountFacts = ({ account, webhook }: { account: CarrierAccount; webhook: boolean }) => {
  const { t } = useTranslation('carriers')
  const { settings, placesSyncedAt, placeCount, lastEventAt, webhookUrl } = account
  return (
    <dl className={classes.facts}>
      <Fact label={t('fact.lastEvent')}>{lastEventAt ? <When instant={lastEventAt} /> : t('fact.never')}</Fact>
      <Fact label={t('fact.synced')}>
        {placesSyncedAt ? <When instant={placesSyncedAt} /> : t('fact.never')} ·{' '}
        {t('fact.places', { count: placeCount })}
      </Fact>
      {account.carrier !== 'manual' && (
        <Fact label={t('fact.pickup')}>
          {settings.pickupAddress ? <Words>{settings.pickupAddress}</Words> : t('fact.unset')}
        </Fact>
      )}
      <Fact label={t('fact.payout')}>
        {settings.payoutDays === null ? t('fact.unset') : t('fact.payoutDays', { count: settings.payoutDays })}
      </Fact>
      {webhook && account.status !== 'disabled' && (
        <Fact label={t('fact.webhook')} wide>
          <span className={classes.address}>
            <Code>{webhookUrl}</Code>
            <CopyButton text={webhookUrl} />
          </span>
          <p className={classes.hint}>{t(`webhookHint.${account.carrier}`)}</p>
        </Fact>
      )}
    </dl>
  )
}

/** What waits for a person is said with its count and in colour; the rest is one click away. */
const Reviews = ({ account, onPart }: AccountCardProps) => {
  const { t } = useTranslation('carriers')
  const { weakMatchCount, unknownStatusCount } = account
  return (
    <div className={classes.actions}>
      <Button size="small" variant={weakMatchCount > 0 ? 'accent' : 'outline'} onClick={() => onPart('cities')}>
        {weakMatchCount > 0 ? t('action.citiesToReview', { count: weakMatchCount }) : t('action.cities')}
      </Button>
      <Button size="small" variant={unknownStatusCount > 0 ? 'accent' : 'outline'} onClick={() => onPart('words')}>
        {unknownStatusCount > 0 ? t('action.wordsToExplain', { count: unknownStatusCount }) : t('action.words')}
      </Button>
      <Button size="small" onClick={() => onPart('fees')}>
        {t('action.fees')}
      </Button>
      {account.carrier === 'manual' && (
        <>
          <ButtonLink size="small" to={`/carrier-files?kind=places&account=${account.id}`}>
            {t('manual.load')}
          </ButtonLink>
          <ButtonLink size="small" to={`/carrier-files?kind=tracking&account=${account.id}`}>
            {t('manual.files')}
          </ButtonLink>
        </>
      )}
    </div>
  )
}
