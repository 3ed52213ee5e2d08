import { Select } from '@mantine/core'
import type { Conversation } from '@sendocki/domain/whatsapp/conversation'
import { IconArrowLeft, IconShoppingCartPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Phone, Words } from '../../ui/numbers.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { StageChip } from '../../ui/states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { useWindow } from '../../ui/use-window.ts'
import { Composer } from './composer.tsx'
import { CustomerButton, CustomerPanel } from './customer-panel.tsx'
import classes from './inbox.module.css'
import { Messages, useSeen } from './messages.tsx'
import { ProposalBand } from './proposal-band.tsx'
import { assignConversation, conversationQuery, membersQuery, pipelineQuery, whatsappKeys } from './whatsapp.api.ts'
import { nameOf, stageWord } from './words.ts'

/** The second and third columns: what was said, where one writes, who the buyer is. */
export const Thread = ({ id, onBack }: { id: string; onBack: () => void }) => {
  const { t } = useTranslation('whatsapp')
  const wide = useWindow('wide')
  const { data: conversation, error, refetch } = useQuery(conversationQuery(id))
  useSeen(conversation)
  if (error && !conversation)
    return (
      <div className={classes.choose}>
        <ErrorState
          title={t('inbox.loadFailed')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      </div>
    )
  if (!conversation) return <SkeletonRows label={t('inbox.loading')} />
  const orderId = conversation.order?.id ?? null
  return (
    <>
      <section className={classes.thread} aria-label={t('inbox.thread')}>
        <ThreadHead conversation={conversation} wide={wide} onBack={onBack} />
        {conversation.proposal && <ProposalBand conversation={conversation} proposal={conversation.proposal} />}
        <Messages conversation={conversation} orderId={orderId} />
        <Composer conversation={conversation} orderId={orderId} />
      </section>
      {wide && <CustomerPanel conversation={conversation} />}
    </>
  )
}

interface ThreadHeadProps {
  readonly conversation: Conversation
  readonly wide: boolean
  readonly onBack: () => void
}

const ThreadHead = ({ conversation, wide, onBack }: ThreadHeadProps) => {
  const { t } = useTranslation('whatsapp')
  const can = useCan()
  const { data: pipeline } = useQuery(pipelineQuery)
  const stage = pipeline?.stages.find(({ id }) => id === conversation.order?.stageId)
  const name = nameOf(conversation)
  const { phone } = conversation.contact
  return (
    <header className={classes.threadHead}>
      <span className={classes.back}>
        <IconButton label={t('inbox.back')} onClick={onBack}>
          <IconArrowLeft size={16} stroke={1.75} aria-hidden />
        </IconButton>
      </span>
      <h2 className="truncate">
        {name ? <Words>{name}</Words> : phone ? <Phone phone={phone} /> : t('inbox.unknown')}
      </h2>
      {stage && <StageChip name={stageWord(stage)} state={stage.state} colour={stage.colour} />}
      <Assignee conversation={conversation} />
      {can('orders.create') && (
        <ButtonLink
          to={`/orders/new?conversation=${conversation.id}`}
          icon={<IconShoppingCartPlus size={16} stroke={1.75} aria-hidden />}
        >
          {t('inbox.createOrder')}
        </ButtonLink>
      )}
      {!wide && <CustomerButton conversation={conversation} />}
    </header>
  )
}

const nobody = ''

const Assignee = ({ conversation }: { conversation: Conversation }) => {
  const { t } = useTranslation('whatsapp')
  const can = useCan()
  const queries = useQueryClient()
  const reads = can('members.read')
  const { data } = useQuery({ ...membersQuery, enabled: reads })
  const assign = useMutation({
    mutationFn: (memberId: string | null) => assignConversation(conversation.id, memberId),
    onSuccess: async () => {
      showToast({ message: t('inbox.assigned') })
      await queries.invalidateQueries({ queryKey: whatsappKeys.conversations })
    },
    onError: (error) => showToast({ message: problemText(error) }),
  })
  const { assignee } = conversation
  if (!reads || !can('conversations.write')) return assignee && <Words>{assignee.name}</Words>
  const known = data?.items ?? []
  const members =
    assignee && !known.some(({ id }) => id === assignee.id)
      ? [...known, { id: assignee.id, fullName: assignee.name }]
      : known
  return (
    <Select
      size="sm"
      className={classes.assignee ?? ''}
      aria-label={t('inbox.assign')}
      data={[
        { value: nobody, label: t('inbox.nobody') },
        ...members.map(({ id, fullName }) => ({ value: id, label: fullName })),
      ]}
      value={assignee?.id ?? nobody}
      allowDeselect={false}
      disabled={assign.isPending}
      onChange={(value) => assign.mutate(value || null)}
    />
  )
}
