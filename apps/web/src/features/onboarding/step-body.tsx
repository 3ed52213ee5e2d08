import type { Onboarding, Step } from '@sendocki/domain/onboarding/onboarding'
import {
  IconBrandWordpress,
  IconCheck,
  IconEye,
  IconFilter,
  IconShoppingBag,
  IconShoppingCart,
  IconTable,
  IconWebhook,
} from '@tabler/icons-react'
import { type ComponentType, type ReactNode, type Ref, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Words } from '../../ui/numbers.tsx'
import { SkeletonRows } from '../../ui/screen-states.tsx'
import classes from './step.module.css'

/** What other features do inside a step; the app hands it in. */
export interface StepParts {
  readonly store: ComponentType<{ readonly way: Way | null; readonly onDone: () => void }>
  readonly carrier: ComponentType
}

/** Where a step is done that is not done here. */
const places: Record<Exclude<Step, keyof StepParts>, string> = {
  account: '/settings/account',
  team: '/settings/members',
  pipeline: '/settings/pipeline',
  whatsapp: '/settings/whatsapp',
  first_order: '/orders/new',
}

interface StepBodyProps {
  readonly step: Step
  readonly onboarding: Onboarding
  readonly parts: StepParts
  /** Takes the focus when another step is walked to. */
  readonly titleRef: Ref<HTMLHeadingElement>
}

/** What a step is about, what is there already, and the way to do it. */
export const StepBody = ({ step, onboarding, parts, titleRef }: StepBodyProps) => {
  const { t } = useTranslation('onboarding')
  const own = onboarding.steps.find(({ key }) => key === step)
  return (
    <div className={classes.step}>
      <h2 ref={titleRef} tabIndex={-1}>
        {t(`step.${step}.title`)}
      </h2>
      <p className={classes.lead}>{t(`step.${step}.text`)}</p>
      {own?.status === 'done' && (
        <p className={classes.there}>
          <IconCheck size={16} stroke={2} aria-hidden />
          {step === 'account' ? <Words>{onboarding.merchantName}</Words> : t(`there.${step}`, { count: own.count })}
        </p>
      )}
      {step === 'store' && <Ways Part={parts.store} />}
      {step === 'carrier' && (
        <Fetched>
          <parts.carrier />
        </Fetched>
      )}
      {step !== 'store' && step !== 'carrier' && (
        <div>
          <ButtonLink to={places[step]} variant="filled" size="form">
            {t(`step.${step}.action`)}
          </ButtonLink>
        </div>
      )}
      <ul className={classes.promises}>
        {(['effort', 'calm'] as const).map((kind) => (
          <li key={kind}>
            <IconCheck size={16} stroke={1.75} aria-hidden />
            {t(`step.${step}.promise.${kind}`)}
          </li>
        ))}
      </ul>
    </div>
  )
}

const ways: readonly (readonly [name: Way, icon: ReactNode])[] = [
  ['youcan', <IconShoppingCart key="youcan" size={20} stroke={1.75} aria-hidden />],
  ['shopify', <IconShoppingBag key="shopify" size={20} stroke={1.75} aria-hidden />],
  ['woocommerce', <IconBrandWordpress key="woocommerce" size={20} stroke={1.75} aria-hidden />],
  ['lightfunnels', <IconFilter key="lightfunnels" size={20} stroke={1.75} aria-hidden />],
  ['sheet', <IconTable key="sheet" size={20} stroke={1.75} aria-hidden />],
  ['generic', <IconWebhook key="generic" size={20} stroke={1.75} aria-hidden />],
]
type Way = 'youcan' | 'shopify' | 'woocommerce' | 'lightfunnels' | 'sheet' | 'generic'

/** A part of another feature, once it is there. */
const Fetched = ({ children }: { children: ReactNode }) => {
  const { t } = useTranslation('onboarding')
  return <Suspense fallback={<SkeletonRows label={t('loadingStep')} rows={3} />}>{children}</Suspense>
}

/** On a phone the form begins below what is seen. */
const reveal = (heading: HTMLElement | null): void => heading?.scrollIntoView({ block: 'nearest' })

/** Where orders come from: the form of the chosen shop opens below, and all of them stay in view. */
const Ways = ({ Part }: { Part: StepParts['store'] }) => {
  const { t } = useTranslation('onboarding')
  const [way, setWay] = useState<Way | null>(null)
  return (
    <>
      <fieldset className={classes.ways}>
        <legend className="visually-hidden">{t('step.store.title')}</legend>
        {ways.map(([name, icon]) => (
          <label key={name}>
            <span className={classes.wayIcon}>{icon}</span>
            <input type="radio" name="way" value={name} checked={way === name} onChange={() => setWay(name)} />
            <b>{t(`way.${name}.title`)}</b>
            <span>{t(`way.${name}.text`)}</span>
          </label>
        ))}
      </fieldset>
      {way !== null && (
        <h3 ref={reveal} className={classes.connecting}>
          {t(`way.${way}.connect`)}
          <Chip icon={<IconEye size={14} stroke={1.75} aria-hidden />}>{t('readOnly')}</Chip>
        </h3>
      )}
      <Fetched>
        <Part way={way} onDone={() => setWay(null)} />
      </Fetched>
    </>
  )
}
