import type { Proposal } from '@sendocki/domain/whatsapp/answers'
import type { Conversation } from '@sendocki/domain/whatsapp/conversation'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemText } from '../../lib/problem.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './inbox.module.css'
import { moveOrder, pipelineQuery, readOrder, settleProposal, whatsappKeys } from './whatsapp.api.ts'

interface ProposalBandProps {
  readonly conversation: Conversation
  readonly proposal: Proposal
  /** Over a call the outcome decides about the order. */
  readonly onCall?: boolean
}

/** "oui" or "non" only proposes: a person looks, then confirms, opens the order, or lets it be. */
export const ProposalBand = ({ conversation, proposal, onCall = false }: ProposalBandProps) => {
  const { t } = useTranslation('whatsapp')
  const can = useCan()
  const queries = useQueryClient()
  const { data: pipeline } = useQuery(pipelineQuery)
  const confirmed = pipeline?.stages.find(({ state, active }) => state === 'confirmed' && active)
  const { order } = conversation
  const fresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: whatsappKeys.conversations }),
      queries.invalidateQueries({ queryKey: ['order'] }),
    ])
  const confirm = useMutation({
    mutationFn: async ({ orderId, stageId }: { orderId: string; stageId: string }) => {
      const { version } = await readOrder(orderId)
      await moveOrder(orderId, { stageId, version })
      await settleProposal(conversation.id)
    },
    onSuccess: async () => {
      showToast({ message: t('inbox.confirmed') })
      await fresh()
    },
  })
  const dismiss = useMutation({ mutationFn: () => settleProposal(conversation.id), onSuccess: fresh })
  const failed = confirm.error ?? dismiss.error
  const offers =
    !onCall && proposal === 'yes' && order && confirmed && can('orders.move') && order.stageId !== confirmed.id
      ? { orderId: order.id, stageId: confirmed.id }
      : null
  return (
    <div className={classes.band} role="status">
      <span>{t(proposal === 'yes' ? 'inbox.proposalYes' : 'inbox.proposalNo')}</span>
      {offers && (
        <Button size="small" variant="accent" pending={confirm.isPending} onClick={() => confirm.mutate(offers)}>
          {t('inbox.confirmOrder')}
        </Button>
      )}
      {order && !onCall && (
        <ButtonLink size="small" to={`/orders/${order.id}`}>
          {t('inbox.openOrder')}
        </ButtonLink>
      )}
      {can('conversations.write') && (
        <Button size="small" variant="quiet" pending={dismiss.isPending} onClick={() => dismiss.mutate()}>
          {t('inbox.dismiss')}
        </Button>
      )}
      {failed && <span className={classes.problem}>{problemText(failed)}</span>}
    </div>
  )
}
