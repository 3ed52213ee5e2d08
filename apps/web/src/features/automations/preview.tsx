import type { Automation, AutomationPreview } from '@sendocki/domain/automations/automation'
import { useQuery } from '@tanstack/react-query'
import { type ComponentType, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../lib/format.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { problemCode, problemText, refusalText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { OrderNumber, Words } from '../../ui/numbers.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { previewQuery } from './automations.api.ts'
import classes from './automations.module.css'
import { useSwitch } from './use-switch.ts'

type PreviewItem = AutomationPreview['items'][number]
/** The cards of a carousel as the buyer pushes them along. */
export type PreviewCards = ComponentType<Pick<PreviewItem, 'cards'>>

interface PreviewProps {
  readonly automation: Automation
  readonly cards: PreviewCards
  readonly onClose: () => void
}

/** What the newest orders would get, or why they would get nothing; then it is switched on. */
export const Preview = ({ automation, cards, onClose }: PreviewProps) => {
  const { t } = useTranslation(['automations', 'common'])
  const { data, error, isPending } = useQuery(previewQuery(automation.id))
  const { flip, isPending: isFlipping } = useSwitch(automation, onClose)
  return (
    <div className={classes.form}>
      <p className={classes.hint}>{t('previewHint')}</p>
      {automation.problem !== null && <p className={classes.problem}>{refusalText(automation.problem)}</p>}
      {isPending && <SkeletonRows label={t('loading')} rows={4} />}
      {error && (
        <ErrorState title={t('loadFailed')} code={problemCode(error)}>
          {problemText(error)}
        </ErrorState>
      )}
      {data?.items.length === 0 && <p className={classes.hint}>{t('previewNone')}</p>}
      <ul className={classes.orders} aria-label={t('preview')}>
        {data?.items.map((item) => (
          <Item key={item.orderId} item={item} Cards={cards} />
        ))}
      </ul>
      <div className={classes.actions}>
        <Button variant="quiet" onClick={onClose}>
          {t('common:ui.close')}
        </Button>
        {!automation.enabled && (
          <Button variant="filled" pending={isFlipping} onClick={() => flip(true)}>
            {t('switchOn')}
          </Button>
        )}
      </div>
    </div>
  )
}

const Item = ({ item, Cards }: { item: PreviewItem; Cards: PreviewCards }) => {
  const { t } = useTranslation('automations')
  const { orderNumber, customerName, text, cards, sendsAt, problem, missing } = item
  const when = sendsAt === null ? null : formatInstant(sendsAt, currentLanguage())
  const fields = new Intl.ListFormat(currentLanguage()).format(missing.map((field) => t(`field.${field}`)))
  return (
    <li className={classes.order}>
      <div className={classes.head}>
        <OrderNumber number={orderNumber} /> <Words>{customerName}</Words>
        {when === null ? (
          <Chip tone="warn">{t('notSent')}</Chip>
        ) : (
          <Chip tone={problem === null ? 'ok' : 'info'}>
            {problem === null ? t('sendsNow') : t('sendsAt', { when })}
          </Chip>
        )}
      </div>
      {problem !== null && <span className={classes.hint}>{refusalText(problem)}</span>}
      {missing.length > 0 && <span className={classes.hint}>{t('missing', { fields })}</span>}
      {text !== null && (
        <div className={classes.bubble}>
          <Words lines>{text}</Words>
        </div>
      )}
      {cards.length > 0 && (
        <Suspense fallback={<SkeletonRows label={t('loading')} rows={2} />}>
          <Cards cards={cards} />
        </Suspense>
      )}
    </li>
  )
}
