import { SegmentedControl, Select } from '@mantine/core'
import { languages } from '@sendocki/domain/language'
import { type Paper, paperKinds, paperSizes, papersAtOnce } from '@sendocki/domain/papers/paper'
import { IconDownload, IconPrinter } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { download } from '../../lib/download.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { keepPreference, keptPreference, preferenceKeys } from '../../lib/preferences.ts'
import { leavePrinting, type PrintWish, usePrintWish } from '../../lib/printing.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { OrderNumber } from '../../ui/numbers.tsx'
import { Progress } from '../../ui/progress.tsx'
import { ErrorState, SkeletonRows } from '../../ui/screen-states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { choiceFrom, keptChoice, leftOutGroups, type PaperChoice, paperBody } from './choice.ts'
import { askPaper, cancelPaper, paperQuery, readPaperFile } from './papers.api.ts'
import classes from './papers.module.css'

/** Papers for whatever a screen asks to print: which, in which language, how far they are, and the way to them. */
export const PrintDialog = () => {
  const { t } = useTranslation('papers')
  const wish = usePrintWish()
  if (!wish) return null
  return (
    <Dialog opened onClose={leavePrinting} title={t('title')}>
      <Printing wish={wish} />
    </Dialog>
  )
}

const Printing = ({ wish }: { wish: PrintWish }) => {
  const [id, setId] = useState<string | null>(null)
  return id === null ? (
    <Choosing wish={wish} onAsked={({ id: asked }) => setId(asked)} />
  ) : (
    <Following id={id} onAgain={() => setId(null)} />
  )
}

const Choosing = ({ wish, onAsked }: { wish: PrintWish; onAsked: (paper: Paper) => void }) => {
  const { t } = useTranslation(['papers', 'common'])
  const queries = useQueryClient()
  const [choice, setChoice] = useState(() => choiceFrom(keptPreference(preferenceKeys.paper), currentLanguage()))
  const count = (wish.parcelIds ?? wish.orderIds ?? []).length
  const tooMany = count > papersAtOnce
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => askPaper(paperBody(choice, wish)),
    onSuccess: (paper) => {
      keepPreference(preferenceKeys.paper, keptChoice(choice))
      queries.setQueryData(paperQuery(paper.id).queryKey, paper)
      onAsked(paper)
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!tooMany) mutate()
  }
  const change = (changes: Partial<PaperChoice>): void => setChoice({ ...choice, ...changes })
  return (
    <form className={classes.dialog} onSubmit={submit}>
      <p>{wish.parcelIds ? t('forParcels', { count }) : t('forOrders', { count })}</p>
      <SegmentedControl
        aria-label={t('kind')}
        data={paperKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        value={choice.kind}
        onChange={(kind) => change({ kind })}
      />
      <div className={classes.pair}>
        {choice.kind === 'label' && (
          <Select
            label={t('size')}
            allowDeselect={false}
            data={paperSizes.map((value) => ({ value, label: t(`sizes.${value}`) }))}
            value={choice.size}
            onChange={(size) => size && change({ size })}
          />
        )}
        <Select
          label={t('language')}
          allowDeselect={false}
          data={languages.map((value) => ({ value, label: t(`common:language.${value}`) }))}
          value={choice.language}
          onChange={(language) => language && change({ language })}
        />
      </div>
      <p className={classes.hint}>{t(`hints.${choice.kind}`)}</p>
      {tooMany && <FormProblem>{t('tooMany', { count, most: papersAtOnce })}</FormProblem>}
      {error && <FormProblem code={problemCode(error)}>{problemText(error)}</FormProblem>}
      <div className={classes.actions}>
        <Button variant="quiet" onClick={leavePrinting}>
          {t('common:ui.goBack')}
        </Button>
        <Button
          type="submit"
          variant="filled"
          pending={isPending}
          disabled={tooMany}
          icon={<IconPrinter size={16} stroke={1.75} aria-hidden />}
        >
          {t('print')}
        </Button>
      </div>
    </form>
  )
}

const Following = ({ id, onAgain }: { id: string; onAgain: () => void }) => {
  const { t } = useTranslation(['papers', 'common'])
  const queries = useQueryClient()
  const { data: paper, error, refetch } = useQuery(paperQuery(id))
  const refused = (problem: unknown) => showToast({ tone: 'refused', message: problemText(problem) })
  const stop = useMutation({
    mutationFn: () => cancelPaper(id),
    onSuccess: (stopped) => queries.setQueryData(paperQuery(id).queryKey, stopped),
    onError: refused,
  })
  const save = useMutation({
    mutationFn: () => readPaperFile(id),
    onSuccess: (file) => download(file, `${t(`files.${paper?.kind ?? 'label'}`)}.pdf`),
    onError: refused,
  })
  if (error && !paper)
    return (
      <ErrorState
        title={t('unread')}
        code={problemCode(error)}
        actions={<Button onClick={() => void refetch()}>{t('again')}</Button>}
      >
        {problemText(error)}
      </ErrorState>
    )
  if (!paper) return <SkeletonRows rows={2} label={t('title')} />
  const { status, done, total } = paper
  return (
    <div className={classes.dialog}>
      {status === 'running' && <Progress value={done} max={total} label={t('running', { done, total })} />}
      {status === 'ready' && <p aria-live="polite">{t('ready', { count: paper.printed })}</p>}
      {status === 'cancelled' && <p aria-live="polite">{t('cancelled')}</p>}
      {status === 'expired' && <p aria-live="polite">{t('expired')}</p>}
      {status === 'failed' && (
        <FormProblem code={paper.problem ?? 'server.failed'}>{t(failedText(paper.problem))}</FormProblem>
      )}
      <LeftOutList paper={paper} />
      <div className={classes.actions}>
        {status === 'running' ? (
          <Button pending={stop.isPending} onClick={() => stop.mutate()}>
            {t('stop')}
          </Button>
        ) : (
          <Button variant="quiet" onClick={onAgain}>
            {t('another')}
          </Button>
        )}
        {status === 'ready' && (
          <Button
            variant="filled"
            pending={save.isPending}
            icon={<IconDownload size={16} stroke={1.75} aria-hidden />}
            onClick={() => save.mutate()}
          >
            {t('download')}
          </Button>
        )}
      </div>
    </div>
  )
}

const failedText = (problem: string | null) => {
  if (problem === 'paper.nothing_to_print') return 'failed.nothing' as const
  return problem === 'auth.forbidden' ? ('failed.forbidden' as const) : ('failed.other' as const)
}

/** What is not on the paper and why, each order a link to what is missing. */
const LeftOutList = ({ paper }: { paper: Paper }) => {
  const { t } = useTranslation('papers')
  if (paper.leftOut.length === 0) return null
  return (
    <section className={classes.leftOut} aria-label={t('leftOut', { count: paper.leftOut.length })}>
      <h3>{t('leftOut', { count: paper.leftOut.length })}</h3>
      <ul>
        {leftOutGroups(paper.leftOut).map(({ reason, items }) => (
          <li key={reason}>
            <p>{t(`reasons.${reason}`)}</p>
            <span className={classes.numbers}>
              {items.map(({ orderId, parcelId, number }) =>
                orderId !== null && number !== null ? (
                  <Link key={orderId + String(parcelId)} to={`/orders/${orderId}`} onClick={leavePrinting}>
                    <OrderNumber number={number} />
                  </Link>
                ) : null,
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
