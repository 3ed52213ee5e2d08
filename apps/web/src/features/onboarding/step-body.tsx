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
import type { ReactNode, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ButtonLink } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Words } from '../../ui/numbers.tsx'
import classes from './onboarding.module.css'

/** Where a step is done. */
const places: Record<Step, string> = {
  account: '/settings/account',
  team: '/settings/members',
  pipeline: '/settings/pipeline',
  store: '/settings/stores',
  carrier: '/settings/carriers',
  whatsapp: '/settings/whatsapp',
  first_order: '/orders/new',
}

interface StepBodyProps {
  readonly step: Step
  readonly onboarding: Onboarding
  /** Takes the focus when another step is walked to. */
  readonly titleRef: Ref<HTMLHeadingElement>
}

/** What a step is about, what is there already, and the way to do it. */
export const StepBody = ({ step, onboarding, titleRef }: StepBodyProps) => {
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
      {step === 'store' && <Ways />}
      {step !== 'store' && (
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

/** Where orders come from: each opens the form of its own shop. */
const Ways = () => {
  const { t } = useTranslation('onboarding')
  return (
    <>
      <ul className={classes.ways}>
        {ways.map(([name, icon]) => (
          <li key={name}>
            <Link to={`/settings/stores?connect=${name}`}>
              <span className={classes.wayIcon}>{icon}</span>
              <b>{t(`way.${name}.title`)}</b>
              <span>{t(`way.${name}.text`)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <div>
        <Chip icon={<IconEye size={14} stroke={1.75} aria-hidden />}>{t('readOnly')}</Chip>
      </div>
    </>
  )
}
