import {
  type Onboarding,
  type OnboardingStep,
  type Step,
  type StepStatus,
  steps,
} from '@sendocki/domain/onboarding/onboarding'
import { IconArrowLeft, IconCheck, IconDeviceFloppy, IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { among, useUrlState } from '../../lib/url-state.ts'
import { Button } from '../../ui/button.tsx'
import { Mark } from '../../ui/glyphs.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Words } from '../../ui/numbers.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { editOnboarding, onboardingQuery, useFreshOnboarding } from './onboarding.api.ts'
import classes from './onboarding.module.css'
import { Bars, countsOf } from './progress.tsx'
import { SamplesBox } from './samples-box.tsx'
import { StepBody, type StepParts } from './step-body.tsx'

export type { StepParts }

const shape = { step: among(steps) }

/**
 * Seven steps to a shop that runs, on a window of their own: each can wait, and each is done by what is there. Closed,
 * they are one click away from every screen until they are done or put away.
 */
export const OnboardingPage = ({ parts }: { parts: StepParts }) => {
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
      {data && <Path onboarding={data} parts={parts} />}
    </div>
  )
}

/** The step that is looked at, in the address; the keys that walk; and the focus, which follows to the step's title. */
const useSteps = (onboarding: Onboarding) => {
  const { t } = useTranslation('onboarding')
  const navigate = useNavigate()
  const [state, change] = useUrlState(shape)
  const title = useRef<HTMLHeadingElement>(null)
  const walked = useRef(false)
  const current = state.step ?? onboarding.next ?? 'account'
  const go = (step: Step | undefined): void => {
    if (!step) return
    walked.current = true
    change({ step }, { push: true })
  }
  useEffect(() => {
    if (walked.current) title.current?.focus()
  }, [current])
  const at = steps.indexOf(current)
  const leave = (): void => void navigate('/')
  useShortcuts([
    { keys: 'j', label: t('key.next'), run: () => go(steps[at + 1]) },
    { keys: 'k', label: t('key.before'), run: () => go(steps[at - 1]) },
    { keys: 'Escape', label: t('close'), run: leave },
  ])
  return { current, go, leave, title }
}

const Path = ({ onboarding, parts }: { onboarding: Onboarding; parts: StepParts }) => {
  const { t } = useTranslation('onboarding')
  const { current, go, leave, title } = useSteps(onboarding)
  const [unfolded, setUnfolded] = useState(false)
  return (
    <>
      <aside className={classes.side}>
        <p className={classes.brand}>
          <Mark size={26} />
          <strong>{brand}</strong>
        </p>
        <h1>{t('title')}</h1>
        <p>{onboarding.finished ? t('finished') : t('hint')}</p>
        <Bars onboarding={onboarding} />
        <p className="visually-hidden">{t('progress', countsOf(onboarding))}</p>
        <span className={classes.fold}>
          <Button variant="quiet" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
            {t('allSteps')}
          </Button>
        </span>
        <ol className={classes.steps} data-folded={!unfolded || undefined}>
          {onboarding.steps.map((step, index) => (
            <li key={step.key}>
              <button
                type="button"
                data-status={step.status}
                aria-current={step.key === current ? 'step' : undefined}
                onClick={() => {
                  setUnfolded(false)
                  go(step.key)
                }}
              >
                <Sign number={index + 1} status={step.status} />
                <span className={classes.stepWords}>
                  <b>{t(`step.${step.key}.name`)}</b>
                  <StepState step={step} merchantName={onboarding.merchantName} />
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
      <div className={classes.paper}>
        <span className={classes.close}>
          <IconButton label={t('close')} keyHint="Escape" onClick={leave}>
            <IconX size={18} stroke={1.75} aria-hidden />
          </IconButton>
        </span>
        <section className={classes.body} aria-live="polite">
          <p className={classes.where}>{t('where', { number: steps.indexOf(current) + 1, count: steps.length })}</p>
          <StepBody step={current} onboarding={onboarding} parts={parts} titleRef={title} />
          <Foot step={current} onboarding={onboarding} onGo={go} />
          <SamplesBox />
        </section>
      </div>
    </>
  )
}

/** A name, the same in every language. */
const brand = 'Sendocki'

/** Under a step's name: what is there already, how long it takes, or that it was put off. */
const StepState = ({ step: { key, status, count }, merchantName }: { step: OnboardingStep; merchantName: string }) => {
  const { t } = useTranslation('onboarding')
  if (status === 'skipped') return <span>{t('status.skipped')}</span>
  if (status === 'todo') return <span>{t(`step.${key}.promise.effort`)}</span>
  return (
    <span>
      <span className="visually-hidden">{t('status.done')} </span>
      {key === 'account' ? <Words>{merchantName}</Words> : t(`there.${key}`, { count })}
    </span>
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
        <Button
          variant="quiet"
          icon={<IconArrowLeft size={16} stroke={1.75} aria-hidden className="mirror" />}
          onClick={() => onGo(before)}
        >
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
