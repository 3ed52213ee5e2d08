import type { CallAsk } from '@sendocki/domain/calls/call-schema'
import { IconHandStop } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/clock.ts'
import { showToast } from '../../ui/toast.tsx'
import classes from './ask-band.module.css'
import { handOverCall, keepCall } from './calls.api.ts'

interface AskBandProps {
  readonly ask: CallAsk
  readonly leaseId: string
  /** The customer is the colleague's now. */
  readonly onGone: () => void
}

/** A colleague asks for the customer on the phone: said aloud, answered with one press, gone after a minute. */
export const AskBand = ({ ask, leaseId, onGone }: AskBandProps) => {
  const { t } = useTranslation('calls')
  const queries = useQueryClient()
  const now = useNow()
  const answer = {
    onError: (error: unknown) => showToast({ message: problemText(error), tone: 'refused' }),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['call'] }),
  } as const
  const keep = useMutation({ ...answer, mutationFn: async () => void (await keepCall(leaseId)) })
  const handOver = useMutation({
    ...answer,
    mutationFn: async () => void (await handOverCall(leaseId)),
    onSuccess: () => {
      showToast({ message: t('ask.gone', { name: ask.by.name }) })
      onGone()
    },
  })
  if (ask.kept || Date.parse(ask.until) <= now.getTime()) return null
  return (
    <div role="alert" className={classes.ask}>
      <IconHandStop size={16} stroke={1.75} aria-hidden />
      <p>{t('ask.asks', { name: ask.by.name })}</p>
      <Button size="small" pending={keep.isPending} onClick={() => keep.mutate()}>
        {t('ask.keep')}
      </Button>
      <Button size="small" pending={handOver.isPending} onClick={() => handOver.mutate()}>
        {t('ask.handOver')}
      </Button>
    </div>
  )
}
