import { Select } from '@mantine/core'
import type { WhatsAppNumber } from '@sendocki/domain/whatsapp/number'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { Phone, Words } from '../../ui/numbers.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import classes from './inbox.module.css'
import { searchQuery, startConversation, whatsappKeys } from './whatsapp.api.ts'

interface NewConversationProps {
  readonly numbers: readonly WhatsAppNumber[]
  readonly onClose: () => void
  readonly onOpen: (id: string) => void
}

/** Finds a customer and opens the conversation with them, new or old. */
export const NewConversation = ({ numbers, onClose, onOpen }: NewConversationProps) => {
  const { t } = useTranslation('whatsapp')
  const queries = useQueryClient()
  const [q, setQ] = useState<string | null>(null)
  const [numberId, setNumberId] = useState(numbers[0]?.id ?? '')
  const found = useQuery({ ...searchQuery(q ?? ''), enabled: q !== null })
  const start = useMutation({
    mutationFn: (customerId: string) => startConversation({ customerId, ...(numberId ? { numberId } : {}) }),
    onSuccess: async ({ id }) => {
      onClose()
      onOpen(id)
      await queries.invalidateQueries({ queryKey: whatsappKeys.conversations })
    },
  })
  const customers = found.data?.customers ?? []
  const failed = start.error ?? found.error
  return (
    <Dialog opened onClose={onClose} title={t('inbox.new')}>
      <div className={classes.dialog}>
        {numbers.length > 1 && (
          <Select
            label={t('inbox.from')}
            data={numbers.map(({ id, name }) => ({ value: id, label: name }))}
            value={numberId}
            allowDeselect={false}
            onChange={(value) => setNumberId(value ?? '')}
          />
        )}
        <SearchField label={t('inbox.search')} value={q} onChange={setQ} />
        {q === null && <p className={classes.quiet}>{t('inbox.newHint')}</p>}
        {found.data && customers.length === 0 && <p className={classes.quiet}>{t('inbox.newNone')}</p>}
        <ul className={classes.orders}>
          {customers.map(({ id, name, phone }) => (
            <li key={id}>
              <button type="button" className={classes.found} onClick={() => start.mutate(id)}>
                <Words>{name}</Words> {phone && <Phone phone={phone} />}
              </button>
            </li>
          ))}
        </ul>
        {failed && <FormProblem code={problemCode(failed)}>{problemText(failed)}</FormProblem>}
      </div>
    </Dialog>
  )
}
