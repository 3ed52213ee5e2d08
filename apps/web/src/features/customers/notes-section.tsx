import { Textarea } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Words } from '../../ui/numbers.tsx'
import { PanelSection } from '../../ui/side-panel.tsx'
import { showToast } from '../../ui/toast.tsx'
import { When } from '../../ui/when.tsx'
import { addNote, customerKeys, notesQuery } from './customers.api.ts'
import classes from './customers.module.css'

/** What colleagues wrote of a customer, the newest first. A note is never changed. */
export const NotesSection = ({ customerId, writable }: { customerId: string; writable: boolean }) => {
  const { t } = useTranslation('customers')
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(notesQuery(customerId))
  const notes = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <PanelSection title={t('notes.title')}>
      {writable && <NoteForm customerId={customerId} />}
      {error && <p role="alert">{problemText(error)}</p>}
      {data && notes.length === 0 && <p className={classes.hint}>{t('notes.none')}</p>}
      <ul className={classes.notes}>
        {notes.map(({ id, text, author, at }) => (
          <li key={id}>
            <Words lines>{text ?? t('notes.erased')}</Words>
            <span className={classes.hint}>
              {author !== null && <Words>{author}</Words>} <When instant={at} />
            </span>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="quiet" pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </PanelSection>
  )
}

/** What was typed stays in the field until it is kept. */
const NoteForm = ({ customerId }: { customerId: string }) => {
  const { t } = useTranslation('customers')
  const queries = useQueryClient()
  const [text, setText] = useState('')
  const add = useMutation({
    mutationFn: (typed: string) => addNote(customerId, typed),
    onSuccess: async () => {
      setText('')
      await queries.invalidateQueries({ queryKey: customerKeys.notes(customerId) })
    },
    onError: (problem) => showToast({ tone: 'refused', message: problemText(problem) }),
  })
  return (
    <form
      className={classes.noteForm}
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '' && !add.isPending) add.mutate(text.trim())
      }}
    >
      <Textarea
        aria-label={t('notes.write')}
        placeholder={t('notes.write')}
        dir="auto"
        autosize
        minRows={1}
        maxRows={6}
        maxLength={2_000}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Button type="submit" pending={add.isPending} disabled={text.trim() === ''}>
        {t('notes.add')}
      </Button>
    </form>
  )
}
