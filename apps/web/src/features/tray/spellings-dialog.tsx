import { IconTrash } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { CityName } from '../../lib/places.ts'
import { problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Words } from '../../ui/numbers.tsx'
import { SkeletonRows } from '../../ui/screen-states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { explainCity, forgetSpelling, spellingsQuery, trayKeys } from './tray.api.ts'
import classes from './tray.module.css'

/** The spellings that people explained: how orders are read, and the way to have them asked about again. */
export const SpellingsDialog = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation('tray')
  return (
    <Dialog opened onClose={onClose} title={t('spellings.title')}>
      <Spellings />
    </Dialog>
  )
}

const Spellings = () => {
  const { t } = useTranslation('tray')
  const queries = useQueryClient()
  const { data, error, isPending, hasNextPage, fetchNextPage } = useInfiniteQuery(spellingsQuery)
  const again = () => queries.invalidateQueries({ queryKey: trayKeys.spellings })
  const onError = (problem: unknown): void => showToast({ tone: 'refused', message: problemText(problem) })
  const remember = useMutation({ mutationFn: explainCity, onSuccess: again, onError })
  const forget = useMutation({
    mutationFn: async ({ id }: { id: string; text: string; city: string }) => forgetSpelling(id),
    onSuccess: async (_, { text, city }) => {
      showToast({ message: t('spellings.forgotten', { text }), undo: () => remember.mutate({ text, city }) })
      await again()
    },
    onError,
  })
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <div className={classes.spellings}>
      <p className={classes.hint}>{t('spellings.hint')}</p>
      {isPending && <SkeletonRows label={t('loading')} rows={3} />}
      {error && !data && <p role="alert">{problemText(error)}</p>}
      {data && rows.length === 0 && <p>{t('spellings.none')}</p>}
      <ul className={classes.lines}>
        {rows.map(({ id, text, city, orderCount }) => (
          <li key={id}>
            <span>
              <Words>{text}</Words>
              {' → '}
              <CityName {...city} />
            </span>
            <span>
              {t('spellings.orders', { count: orderCount })}
              <IconButton
                label={t('spellings.forget', { text })}
                onClick={() => forget.mutate({ id, text, city: city.id })}
              >
                <IconTrash size={16} stroke={1.75} aria-hidden />
              </IconButton>
            </span>
          </li>
        ))}
      </ul>
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>{t('more')}</Button>}
    </div>
  )
}
