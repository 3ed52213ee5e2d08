import { Select } from '@mantine/core'
import { conversationFilters } from '@sendocki/domain/whatsapp/conversation'
import type { WhatsAppNumber } from '@sendocki/domain/whatsapp/number'
import { IconBrandWhatsapp, IconEdit } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { oneOf, text, useUrlState } from '../../lib/url-state.ts'
import { Button } from '../../ui/button.tsx'
import { Code, Words } from '../../ui/numbers.tsx'
import { Page } from '../../ui/page.tsx'
import { ConversationList } from './conversation-list.tsx'
import classes from './inbox.module.css'
import { NewConversation } from './new-conversation.tsx'
import { Thread } from './thread.tsx'
import { numbersQuery } from './whatsapp.api.ts'

const shape = { filter: oneOf(conversationFilters, 'all'), q: text, number: text, open: text }

/** All that buyers write on WhatsApp: who waits, what was said, who the buyer is. */
export const InboxPage = () => {
  const { t } = useTranslation('whatsapp')
  const can = useCan()
  const [state, change] = useUrlState(shape)
  const [starting, setStarting] = useState(false)
  const { data } = useQuery(numbersQuery)
  const numbers = data?.items ?? []
  const [only] = numbers
  const actions = (
    <>
      {only && numbers.length === 1 && <Line number={only} />}
      {numbers.length > 1 && (
        <Select
          size="sm"
          aria-label={t('inbox.number')}
          data={[
            { value: '', label: t('inbox.allNumbers') },
            ...numbers.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={state.number ?? ''}
          allowDeselect={false}
          onChange={(value) => change({ number: value || null })}
        />
      )}
      {numbers.length > 0 && can('conversations.write') && (
        <Button
          variant="filled"
          icon={<IconEdit size={16} stroke={1.75} aria-hidden />}
          onClick={() => setStarting(true)}
        >
          {t('inbox.new')}
        </Button>
      )}
    </>
  )
  return (
    <Page title={t('inbox.title')} actions={actions} layout="edge">
      <div
        className={classes.columns}
        data-open={state.open !== null || undefined}
        data-toasts={state.open === null ? undefined : 'beside'}
      >
        <ConversationList
          filters={{ filter: state.filter, q: state.q, numberId: state.number }}
          open={state.open}
          hasNumbers={data === undefined || numbers.length > 0}
          onFilter={(filter) => change({ filter })}
          onSearch={(q) => change({ q })}
          onOpen={(open) => change({ open }, { push: true })}
        />
        {state.open === null ? (
          <p className={classes.choose}>{t('inbox.choose')}</p>
        ) : (
          <Thread key={state.open} id={state.open} onBack={() => change({ open: null })} />
        )}
      </div>
      {starting && (
        <NewConversation
          numbers={numbers.filter(({ status }) => status !== 'disconnected')}
          onClose={() => setStarting(false)}
          onOpen={(open) => change({ open }, { push: true })}
        />
      )}
    </Page>
  )
}

/** The number that customers write to, and whether Meta delivers what they write. */
const Line = ({ number }: { number: WhatsAppNumber }) => {
  const { t } = useTranslation('whatsapp')
  const { name, displayPhone, status } = number
  return (
    <span className={classes.line}>
      <IconBrandWhatsapp size={16} stroke={1.75} aria-hidden />
      <strong>
        <Words>{name}</Words>
      </strong>
      {displayPhone !== null && (
        <span>
          <Code>{displayPhone}</Code>
        </span>
      )}
      <span className={classes.dot} data-ok={status === 'connected' || undefined} />
      <span className="visually-hidden">{t(`status.${status}`)}</span>
    </span>
  )
}
