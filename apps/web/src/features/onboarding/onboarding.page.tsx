import { type Onboarding, type Step, type StepStatus, steps } from '@sendocki/domain/onboarding/onboarding'
import { IconCheck, IconDeviceFloppy } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { among, useUrlState } from '../../lib/url-state.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { editOnboarding, onboardingQuery, useFreshOnboarding } from './onboarding.api.ts'
import classes from './onboarding.module.css'
import { Bars, countsOf } from './progress.tsx'
import { SamplesBox } from './samples-box.tsx'
import { StepBody } from './step-body.tsx'

const shape = { step: among(steps) }

/** Seven steps to a shop that runs, always in view: each can wait, and each is done by what is there. */
export const OnboardingPage = () => {
  const { t } = useTranslation('onboarding')
  const { data, error, isPending, refetch } = useQuery(onboardingQuery)
  useFreshOnboarding(data)
  return (
    <div className={classes.page}>
      {isPending && <SkeletonRows label={t('loading')} rows={7} />}
      {error && !data && (
        <ErrorState
          title={t('loadFailed')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {data && <Path onboarding={data} />}
    </div>
  )
}

const Path = ({ onboarding }: { onboarding: Onboarding }) => {
  const { t } = useTranslation('onboarding')
  const [state, change] = useUrlState(shape)
  const current = state.step ?? onboarding.next ?? 'account'
  const go = (step: Step): void => change({ step }, { push: true })
  return (
    <>
      <aside className={classes.side}>
        <h1>{t('title')}</h1>
        <p>{onboarding.finished ? t('finished') : t('hint')}</p>
        <Bars onboarding={onboarding} />
        <p className="visually-hidden">{t('progress', countsOf(onboarding))}</p>
        <ol className={classes.steps}>
          {onboarding.steps.map((step, index) => (
            <li key={step.key}>
              <button
                type="button"
                data-status={step.status}
                aria-current={step.key === current ? 'step' : undefined}
                onClick={() => go(step.key)}
              >
                <Sign number={index + 1} status={step.status} />
                <span className={classes.stepWords}>
                  <b>{t(`step.${step.key}.name`)}</b>
                  <span>{t(`status.${step.status}`)}</span>
                </span>
                {step.status === 'done' && <span className={classes.review}>{t('review')}</span>}
              </button>
            </li>
          ))}
        </ol>
        <p className={classes.promise}>
          <IconDeviceFloppy size={16} stroke={1.75} aria-hidden />
          {t('resumable')}
        </p>
      </aside>
      <section className={classes.body} aria-live="polite">
        <p className={classes.where}>{t('where', { number: steps.indexOf(current) + 1, count: steps.length })}</p>
        <StepBody step={current} onboarding={onboarding} />
        <Foot step={current} onboarding={onboarding} onGo={go} />
        <SamplesBox />
      </section>
    </>
  )
}

const Sign = ({ number, status }: { number: number; status: StepStatus }) => (
  <span className={classes.sign} aria-hidden="true">
    {status === 'done' ? <IconCheck size={14} stroke={2.5} /> : number}
  </span>
)

interface FootProps {
  readonly step: Step
  readonly onboarding: Onboarding
  readonly onGo: (step: Step) => void
}

/** Back, later, and on: what waits is skipped for everybody who leads the shop, and can be asked for again. */
const Foot = ({ step, onboarding, onGo }: FootProps) => {
  const { t } = useTranslation('onboarding')
  const queries = useQueryClient()
  const index = steps.indexOf(step)
  const [before, after] = [steps[index - 1], steps[index + 1]]
  const status = onboarding.steps[index]?.status
  const { mutate, isPending } = useMutation({
    mutationFn: editOnboarding,
    onSuccess: (answer, { skip }) => {
      queries.setQueryData(onboardingQuery.queryKey, answer)
      if (skip && after) onGo(after)
    },
    onError: (error) => showToast({ message: problemText(error), tone: 'refused' }),
  })
  return (
    <div className={classes.foot}>
      {before && (
        <Button variant="quiet" onClick={() => onGo(before)}>
          {t('back', { step: t(`step.${before}.name`) })}
        </Button>
      )}
      <span className={classes.gap} />
      {status === 'todo' && (
        <Button variant="quiet" size="form" pending={isPending} onClick={() => mutate({ skip: [step] })}>
          {t('later')}
        </Button>
      )}
      {status === 'skipped' && (
        <Button variant="quiet" size="form" pending={isPending} onClick={() => mutate({ resume: [step] })}>
          {t('resume')}
        </Button>
      )}
      {after && (
        <Button size="form" onClick={() => onGo(after)}>
          {t('continue')}
        </Button>
      )}
    </div>
  )
}
