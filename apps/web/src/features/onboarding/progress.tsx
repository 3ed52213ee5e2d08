import type { Onboarding } from '@sendocki/domain/onboarding/onboarding'
import { IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCan } from '../../lib/me.ts'
import { problemText } from '../../lib/problem.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { showToast } from '../../ui/toast.tsx'
import { editOnboarding, onboardingQuery, useFreshOnboarding } from './onboarding.api.ts'
import classes from './onboarding.module.css'

/** One bar a step: done, the next one, or still to come. */
export const Bars = ({ onboarding: { steps, next } }: { onboarding: Onboarding }) => (
  <span className={classes.bars} aria-hidden="true">
    {steps.map(({ key, status }) => (
      <span key={key} data-status={key === next ? 'next' : status} />
    ))}
  </span>
)

export const countsOf = ({ steps }: Onboarding) => ({
  done: steps.filter(({ status }) => status === 'done').length,
  count: steps.length,
})

/** How far the shop is on its way, beside every screen, until it has arrived or the reminder was put away. */
export const OnboardingProgress = () => {
  const can = useCan()
  return can('merchant.edit') ? <Reminder /> : null
}

const Reminder = () => {
  const { t } = useTranslation('common')
  const queries = useQueryClient()
  const { data } = useQuery(onboardingQuery)
  useFreshOnboarding(data)
  const { mutate } = useMutation({
    mutationFn: (putAway: boolean) => editOnboarding({ putAway }),
    onSuccess: (onboarding, putAway) => {
      queries.setQueryData(onboardingQuery.queryKey, onboarding)
      if (putAway) showToast({ message: t('start.putAwayDone'), undo: () => mutate(false) })
    },
    onError: (error) => showToast({ message: problemText(error), tone: 'refused' }),
  })
  if (!data || data.finished || data.putAway) return null
  return (
    <aside className={classes.reminder} aria-label={t('nav.start')}>
      <Link to="/start">
        <b>{t('nav.start')}</b>
        <span>{t('start.progress', countsOf(data))}</span>
        <Bars onboarding={data} />
      </Link>
      <IconButton label={t('start.putAway')} size="small" onClick={() => mutate(true)}>
        <IconX size={14} stroke={1.75} aria-hidden />
      </IconButton>
    </aside>
  )
}
