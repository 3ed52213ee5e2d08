import type { Customer } from '@sendocki/domain/customers/customer'
import { IconPhone } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Code, Phone, Words } from '../../ui/numbers.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { PanelSection, SidePanel } from '../../ui/side-panel.tsx'
import { When } from '../../ui/when.tsx'
import { AttemptsSection } from './attempts-section.tsx'
import { BlockBanner, BlockButton } from './block.tsx'
import { BlockedChip, CityOf } from './columns.tsx'
import { ConversationsSection } from './conversations-section.tsx'
import { CustomerForm } from './customer-form.tsx'
import { customerQuery } from './customers.api.ts'
import classes from './customers.module.css'
import { MergeWith } from './merge-dialog.tsx'
import { MergedSection } from './merged-section.tsx'
import { MoreMenu } from './more-menu.tsx'
import { NotesSection } from './notes-section.tsx'
import { OrdersSection } from './orders-section.tsx'
import { StatisticsSection } from './statistics-section.tsx'

interface CustomerPanelProps {
  readonly id: string
  /** Another card that may be the same person: what a merge of both would move is shown at once. */
  readonly mergeWith: string | null
  readonly onMergeDone: () => void
  readonly onClose: () => void
}

/** The card of one customer: what became of their orders, how to reach them, what colleagues wrote. */
export const CustomerPanel = ({ id, mergeWith, onMergeDone, onClose }: CustomerPanelProps) => {
  const { t } = useTranslation('customers')
  const can = useCan()
  const { data: customer, error, isPending, refetch } = useQuery(customerQuery(id))
  const [editing, setEditing] = useState(false)
  const title = customer?.name ?? t('one')
  return (
    <SidePanel
      label={title}
      title={
        <span className={classes.named}>
          <Words>{title}</Words>
          {customer && <BlockedChip blocked={customer.blocked} />}
        </span>
      }
      onClose={onClose}
      foot={
        customer && (
          <>
            {can('customers.edit') && <Button onClick={() => setEditing(true)}>{t('edit')}</Button>}
            {can('customers.block') && <BlockButton customer={customer} />}
            {(can('customers.merge') || can('customers.anonymise')) && <MoreMenu customer={customer} />}
          </>
        )
      }
    >
      {isPending && <SkeletonRows label={t('loading')} rows={6} />}
      {error && !customer && (
        <ErrorState
          title={t('loadFailed')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {customer && (
        <>
          <BlockBanner customer={customer} />
          <StatisticsSection statistics={customer.statistics} />
          <ContactSection customer={customer} />
          <MergedSection customer={customer} />
          <OrdersSection customerId={customer.id} />
          <AttemptsSection customerId={customer.id} />
          {can('conversations.read') && <ConversationsSection customerId={customer.id} />}
          <NotesSection customerId={customer.id} writable={can('customers.note')} />
          <Dialog opened={editing} onClose={() => setEditing(false)} title={t('editOf', { name: customer.name })}>
            <CustomerForm customer={customer} onDone={() => setEditing(false)} />
          </Dialog>
          {mergeWith !== null && can('customers.merge') && (
            <Dialog opened onClose={onMergeDone} title={t('merge.of', { name: customer.name })}>
              <MergeWith customer={customer} otherId={mergeWith} onDone={onMergeDone} />
            </Dialog>
          )}
        </>
      )}
    </SidePanel>
  )
}

/** A phone that can be called and copied; a masked one is only shown, in its length. */
const CallablePhone = ({ phone, masked }: { phone: string; masked: boolean }) => {
  const { t } = useTranslation('customers')
  if (masked) return <Phone phone={phone} />
  return (
    <span className={classes.callable}>
      <a href={`tel:${phone}`} title={t('call')}>
        <IconPhone size={14} stroke={1.75} aria-hidden />
        <Phone phone={phone} />
      </a>
      <CopyButton text={phone} label={t('copyPhone')} />
    </span>
  )
}

const AddressText = ({ address }: { address: Customer['address'] }) => {
  const lines = [address.line, address.district, address.landmark].filter(Boolean).join(', ')
  return (
    <span className={classes.address}>
      {lines !== '' && <Words>{lines}</Words>}
      <CityOf address={address} />
    </span>
  )
}

const ContactSection = ({ customer }: { customer: Customer }) => {
  const { t } = useTranslation('customers')
  const { phone, phoneMasked: masked, alternatePhone, otherPhones, email, address, consent, tags } = customer
  const others = [...(alternatePhone === null ? [] : [alternatePhone]), ...otherPhones]
  const elsewhere = customer.addresses.filter((one) => JSON.stringify(one) !== JSON.stringify(address))
  return (
    <PanelSection title={t('contact')}>
      <Facts>
        <Fact label={t('column.phone')}>
          {phone === null ? t('noPhone') : <CallablePhone phone={phone} masked={masked} />}
        </Fact>
        {others.length > 0 && (
          <Fact label={t('otherPhones')}>
            {others.map((one) => (
              <CallablePhone key={one} phone={one} masked={masked} />
            ))}
          </Fact>
        )}
        {email !== null && (
          <Fact label={t('form.email')}>
            <Code>{email}</Code>
          </Fact>
        )}
        <Fact label={t('address')}>
          <AddressText address={address} />
        </Fact>
        {elsewhere.length > 0 && (
          <Fact label={t('otherAddresses')}>
            {elsewhere.map((one) => (
              <AddressText key={JSON.stringify(one)} address={one} />
            ))}
          </Fact>
        )}
        <Fact label={t('form.tags')}>
          {tags.length === 0 ? (
            '–'
          ) : (
            <span className={classes.tags}>
              {tags.map((tag) => (
                <Chip key={tag}>{tag}</Chip>
              ))}
            </span>
          )}
        </Fact>
        <Fact label={t('consent.label')}>
          {consent === null ? t('consent.unknown') : t(consent.given ? 'consent.given' : 'consent.refused')}
          {consent?.source && (
            <span className={classes.hint}>
              <Words>{consent.source}</Words>
            </span>
          )}
          {consent?.at && (
            <span className={classes.hint}>
              <When instant={consent.at} />
            </span>
          )}
        </Fact>
      </Facts>
    </PanelSection>
  )
}
