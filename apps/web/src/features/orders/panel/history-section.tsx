import { IconNote } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay } from '../../../lib/format.ts'
import { currentLanguage } from '../../../lib/i18n.ts'
import { problemCode, problemText } from '../../../lib/problem.ts'
import { useShortcuts } from '../../../lib/shortcuts.ts'
import { Button } from '../../../ui/button.tsx'
import { useNow } from '../../../ui/clock.ts'
import { FormProblem } from '../../../ui/form-problem.tsx'
import { Key } from '../../../ui/key.tsx'
import { ErrorState, SkeletonRows } from '../../../ui/screen-states.tsx'
import { Timeline } from '../../../ui/timeline.tsx'
import { addNote, eventsQuery, orderKeys } from '../orders.api.ts'
import classes from './history.module.css'
import { daysOf, eventsOf, type Voice, voices } from './history.ts'
import { lineOf } from './history-line.tsx'
import shared from './panel.module.css'

const Voices = ({ voice, onVoice }: { voice: Voice | null; onVoice: (voice: Voice | null) => void }) => {
  const { t } = useTranslation('orders')
  return (
    <div className={classes.voices} role="group" aria-label={t('history.voices')}>
      {[null, ...voices].map((one) => (
        <button key={one ?? 'all'} type="button" aria-pressed={one === voice} onClick={() => onVoice(one)}>
          {t(`voice.${one ?? 'all'}`)}
        </button>
      ))}
    </div>
  )
}

/** A note is kept in the history under one's name; `Enter` adds it, `Shift Enter` goes to a new line. */
export const NoteField = ({ orderId }: { orderId: string }) => {
  const { t } = useTranslation('orders')
  const queries = useQueryClient()
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState('')
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => addNote(orderId, text.trim()),
    onSuccess: () => {
      setText('')
      return queries.invalidateQueries({ queryKey: orderKeys.events(orderId) })
    },
  })
  const add = (): void => {
    if (text.trim() && !isPending) mutate()
  }
  useShortcuts([{ keys: 'n', label: t('keys.note'), run: () => field.current?.focus() }])
  return (
    <form
      className={classes.noteForm}
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      {error && <FormProblem code={problemCode(error)}>{problemText(error)}</FormProblem>}
      <div className={classes.noteField}>
        <IconNote size={16} stroke={1.75} aria-hidden />
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          value={text}
          maxLength={2000}
          aria-label={t('history.addNote')}
          placeholder={t('history.addNote')}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
            event.preventDefault()
            add()
          }}
        />
        {text.trim() === '' ? (
          <Key keys="n" />
        ) : (
          <Button type="submit" size="small" pending={isPending}>
            {t('history.add')}
          </Button>
        )}
      </div>
    </form>
  )
}

/** One timeline of people, carriers, shops and machines. */
export const HistorySection = ({ orderId, level }: { orderId: string; level: 2 | 3 }) => {
  const { t } = useTranslation('orders')
  const Heading = `h${level}` as const
  const now = useNow()
  const [voice, setVoice] = useState<Voice | null>(null)
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    eventsQuery(orderId),
  )
  const events = eventsOf(data?.pages.flatMap(({ items }) => items) ?? [], voice)
  return (
    <section className={classes.history} aria-label={t('history.title')}>
      <header className={classes.historyHead}>
        <Heading>{t('history.title')}</Heading>
        <Voices voice={voice} onVoice={setVoice} />
      </header>
      {error && !data && (
        <ErrorState
          title={t('history.unread')}
          code={problemCode(error)}
          actions={<Button onClick={() => void refetch()}>{t('board.readAgain')}</Button>}
        >
          {problemText(error)}
        </ErrorState>
      )}
      {!data && !error && <SkeletonRows rows={3} label={t('history.title')} />}
      {daysOf(events).map(({ day, events: ofDay }) => (
        <div key={day}>
          <p className={shared.day}>{formatDay(ofDay[0]?.at ?? day, now, currentLanguage())}</p>
          <Timeline label={t('history.title')} entries={ofDay.map(lineOf)} />
        </div>
      ))}
      {data && events.length === 0 && <p className={shared.hint}>{t('history.nobody')}</p>}
      {hasNextPage && (
        <Button variant="quiet" pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('history.more')}
        </Button>
      )}
    </section>
  )
}
