import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { problemText } from '../../lib/problem.ts'
import { Words } from '../../ui/numbers.tsx'
import { SkeletonRows } from '../../ui/screen-states.tsx'
import { PanelSection } from '../../ui/side-panel.tsx'
import { When } from '../../ui/when.tsx'
import { conversationsQuery } from './customers.api.ts'
import classes from './customers.module.css'

/** What was written with them on WhatsApp, under any of their numbers: the last words of each conversation. */
export const ConversationsSection = ({ customerId }: { customerId: string }) => {
  const { t } = useTranslation('customers')
  const { data, error, isPending } = useInfiniteQuery(conversationsQuery(customerId))
  const conversations = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <PanelSection title={t('conversations')}>
      {isPending && <SkeletonRows label={t('loading')} rows={2} />}
      {error && <p role="alert">{problemText(error)}</p>}
      {data && conversations.length === 0 && <p className={classes.hint}>{t('noConversations')}</p>}
      <ul className={classes.list}>
        {conversations.map(({ id, last, lastAt }) => (
          <li key={id}>
            <Link to={`/conversations?open=${id}`}>{t('openConversation')}</Link>
            <span className="truncate">{last?.text ? <Words>{last.text}</Words> : '–'}</span>
            <When instant={lastAt} />
          </li>
        ))}
      </ul>
    </PanelSection>
  )
}
