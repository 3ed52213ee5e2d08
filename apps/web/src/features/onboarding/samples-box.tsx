import type { Samples } from '@sendocki/domain/samples/sample'
import { IconFlask } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCan } from '../../lib/me.ts'
import { problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmModal } from '../../ui/dialog.tsx'
import { Count } from '../../ui/numbers.tsx'
import { showToast } from '../../ui/toast.tsx'
import { addSamples, removeSamples, samplesQuery } from './onboarding.api.ts'
import classes from './onboarding.module.css'

/** Sample orders one click away, and away again by another. Owners only: it is their account that fills. */
export const SamplesBox = () => {
  const can = useCan()
  const { data } = useQuery({ ...samplesQuery, enabled: can('samples.edit') })
  return data ? <Box samples={data} /> : null
}

const Box = ({ samples }: { samples: Samples }) => {
  const { t } = useTranslation('onboarding')
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const keep = {
    onSuccess: (answer: Samples) => queries.setQueryData(samplesQuery.queryKey, answer),
    onError: (error: unknown) => showToast({ message: problemText(error), tone: 'refused' }),
    onSettled: () => setAsking(false),
  }
  const add = useMutation({ mutationFn: addSamples, ...keep })
  const remove = useMutation({ mutationFn: removeSamples, ...keep })
  const { status, orders, customers, wanted } = samples
  const text = {
    none: t('samples.offer'),
    adding: t('samples.adding', { count: orders, wanted }),
    there: t('samples.there', { count: orders }),
    removing: t('samples.removing', { count: orders }),
  }[status]
  return (
    <div className={classes.samples} data-pending={status === 'adding' || status === 'removing' || undefined}>
      <IconFlask size={18} stroke={1.75} aria-hidden />
      <p role="status">{text}</p>
      {status === 'there' && <Link to="/orders/table?sample=true">{t('samples.see')}</Link>}
      {status === 'none' && (
        <Button pending={add.isPending} onClick={() => add.mutate()}>
          {t('samples.add')}
        </Button>
      )}
      {(status === 'there' || status === 'adding') && (
        <Button onClick={() => setAsking(true)}>{t('samples.remove')}</Button>
      )}
      <ConfirmModal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('samples.question')}
        facts={[
          { label: t('samples.orders'), value: <Count count={orders} /> },
          { label: t('samples.customers'), value: <Count count={customers} /> },
        ]}
        action={t('samples.removeAll')}
        variant="danger"
        pending={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        {t('samples.nothingReal')}
      </ConfirmModal>
    </div>
  )
}
