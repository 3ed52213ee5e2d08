import { IconBrandWhatsapp, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Empty, ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { NumberCard } from './number-card.tsx'
import { NumberForm } from './number-form.tsx'
import { Templates } from './templates.tsx'
import { numbersQuery } from './whatsapp.api.ts'
import classes from './whatsapp.module.css'

/** Settings → WhatsApp: the numbers with their checks, and the templates that Meta approves. */
export const WhatsAppPage = () => {
  const { t } = useTranslation('whatsapp')
  const [connecting, setConnecting] = useState(false)
  const { data, error, isPending, refetch } = useQuery(numbersQuery)
  const numbers = data?.items ?? []
  const connect = (
    <Button
      variant="filled"
      icon={<IconPlus size={16} stroke={1.75} aria-hidden />}
      onClick={() => setConnecting(true)}
    >
      {t('connect')}
    </Button>
  )
  return (
    <Page title={t('title')} actions={numbers.length > 0 && connect}>
      {isPending && <SkeletonRows label={t('loading')} rows={3} />}
      {error && !data && (
        <ErrorState
          title={t('loadFailed')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('tryAgain')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {data && numbers.length === 0 && (
        <>
          <Empty icon={<IconBrandWhatsapp size={22} stroke={1.75} />} title={t('none')} action={connect}>
            {t('noneHint')}
          </Empty>
          <Prerequisites />
        </>
      )}
      {numbers.map((number) => (
        <NumberCard key={number.id} number={number} />
      ))}
      {numbers.length > 0 && <Templates numbers={numbers} />}
      {connecting && <NumberForm onClose={() => setConnecting(false)} />}
    </Page>
  )
}

/** What only the merchant can do at Meta, said before anything is asked. */
const Prerequisites = () => {
  const { t } = useTranslation('whatsapp')
  return (
    <Section title={t('before.title')}>
      <ul className={classes.list}>
        <li>{t('before.number')}</li>
        <li>{t('before.manager')}</li>
        <li>{t('before.fees')}</li>
      </ul>
    </Section>
  )
}
