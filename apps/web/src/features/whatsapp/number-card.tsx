import { MultiSelect } from '@mantine/core'
import { ApiProblem } from '@sendocki/client/problem'
import type {
  CheckResult,
  NumberStatus,
  Quality,
  WhatsAppNumber,
  WhatsAppNumberDetail,
} from '@sendocki/domain/whatsapp/number'
import { IconCheck, IconClock, IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Chip, type Tone } from '../../ui/chip.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ConfirmModal } from '../../ui/dialog.tsx'
import { Code, Words } from '../../ui/numbers.tsx'
import { SkeletonRows } from '../../ui/screen-states.tsx'
import { showToast } from '../../ui/toast.tsx'
import { When } from '../../ui/when.tsx'
import { ChangeKeys } from './number-form.tsx'
import { disconnectNumber, editNumber, numberQuery, storesQuery, testNumber, whatsappKeys } from './whatsapp.api.ts'
import classes from './whatsapp.module.css'

const tones: Record<NumberStatus, Tone> = {
  connecting: 'info',
  connected: 'ok',
  reconnect: 'bad',
  action_needed: 'bad',
  disconnected: 'neutral',
}
const qualityTones: Record<Quality, Tone> = { green: 'ok', yellow: 'warn', red: 'bad', unknown: 'neutral' }

/** One number: whether it works, what Meta thinks of it, each check in words. */
export const NumberCard = ({ number }: { number: WhatsAppNumber }) => {
  const { t } = useTranslation('whatsapp')
  const { data: detail } = useQuery(numberQuery(number.id))
  return (
    <article className={classes.card} aria-label={number.name}>
      <header className={classes.head}>
        <h2>
          <Words>{number.name}</Words>
        </h2>
        {number.displayPhone && <Code>{number.displayPhone}</Code>}
        <Chip tone={tones[number.status]}>{t(`status.${number.status}`)}</Chip>
        <Chip tone={qualityTones[number.quality]}>{t(`quality.${number.quality}`)}</Chip>
        <span className={classes.hint}>
          {number.dailyLimit === null ? t('noLimit') : t('limit', { most: number.dailyLimit })}
        </span>
      </header>
      {number.problem && (
        <p className={classes.problem} role="status">
          {problemText(new ApiProblem({ status: 422, code: number.problem }, null))}
        </p>
      )}
      {number.pausedUntil && Date.parse(number.pausedUntil) > Date.now() && (
        <p className={classes.hint} role="status">
          {t('paused')} <When instant={number.pausedUntil} />
        </p>
      )}
      {detail ? (
        <>
          <Checks detail={detail} />
          {number.status !== 'disconnected' && <Stores detail={detail} />}
          <Actions detail={detail} />
        </>
      ) : (
        <SkeletonRows label={t('loading')} rows={3} />
      )}
    </article>
  )
}

const signs: Record<CheckResult, typeof IconCheck> = { passed: IconCheck, failed: IconX, waiting: IconClock }

/** Each check, its result in a word and a sign, and what repairs it. */
const Checks = ({ detail }: { detail: WhatsAppNumberDetail }) => {
  const { t } = useTranslation('whatsapp')
  const shown = detail.checks.some(({ result }) => result !== 'passed')
  return (
    <section aria-label={t('checks.title')}>
      <ul className={classes.checks}>
        {detail.checks.map(({ kind, result, code }) => {
          const Sign = signs[result]
          return (
            <li key={kind} data-result={result}>
              <Sign size={16} stroke={1.75} aria-hidden />
              <div>
                <strong>{t(`checks.${kind}`)}</strong> <span className={classes.hint}>{t(`checks.${result}`)}</span>
                {result !== 'passed' && <p className={classes.hint}>{t(`checks.${kind}Hint`)}</p>}
                {code !== null && <p className={classes.hint}>{t('checks.meta', { code })}</p>}
              </div>
            </li>
          )
        })}
      </ul>
      {shown && (
        <dl className={classes.facts}>
          <Pasted label={t('webhookUrl')} text={detail.webhookUrl} />
          <Pasted label={t('verifyToken')} text={detail.verifyToken} />
        </dl>
      )}
    </section>
  )
}

const Pasted = ({ label, text }: { label: string; text: string }) => (
  <div>
    <dt>{label}</dt>
    <dd className={classes.address}>
      <Code>{text}</Code>
      <CopyButton text={text} />
    </dd>
  </div>
)

const Stores = ({ detail }: { detail: WhatsAppNumberDetail }) => {
  const { t } = useTranslation('whatsapp')
  const queries = useQueryClient()
  const { data } = useQuery(storesQuery)
  const save = useMutation({
    mutationFn: (storeIds: string[]) => editNumber(detail.id, { version: detail.version, storeIds }),
    onSuccess: async () => {
      showToast({ message: t('storesSaved') })
      await queries.invalidateQueries({ queryKey: whatsappKeys.numbers })
    },
  })
  const stores = data?.items ?? []
  if (stores.length === 0) return null
  return (
    <MultiSelect
      label={t('stores')}
      data={stores.map(({ id, name }) => ({ value: id, label: name }))}
      value={save.isPending ? save.variables : detail.storeIds}
      onChange={(storeIds) => save.mutate(storeIds)}
      error={save.error ? problemText(save.error) : null}
    />
  )
}

const Actions = ({ detail }: { detail: WhatsAppNumberDetail }) => {
  const { t } = useTranslation('whatsapp')
  const queries = useQueryClient()
  const [open, setOpen] = useState<'keys' | 'disconnect' | null>(null)
  const fresh = () => queries.invalidateQueries({ queryKey: whatsappKeys.numbers })
  const test = useMutation({
    mutationFn: () => testNumber(detail.id),
    onSuccess: async () => {
      showToast({ message: t('tested') })
      await fresh()
    },
  })
  const disconnect = useMutation({
    mutationFn: () => disconnectNumber(detail.id),
    onSuccess: async () => {
      setOpen(null)
      showToast({ message: t('disconnected') })
      await fresh()
    },
  })
  const failed = test.error ?? disconnect.error
  return (
    <>
      <div className={classes.actions}>
        {detail.status !== 'disconnected' && (
          <Button size="small" pending={test.isPending} onClick={() => test.mutate()}>
            {t('test')}
          </Button>
        )}
        <Button size="small" onClick={() => setOpen('keys')}>
          {t('keys')}
        </Button>
        {detail.status !== 'disconnected' && (
          <Button size="small" variant="quiet" onClick={() => setOpen('disconnect')}>
            {t('disconnect')}
          </Button>
        )}
      </div>
      {failed && (
        <p className={classes.problem} role="alert">
          {problemText(failed)}
        </p>
      )}
      {open === 'keys' && <ChangeKeys number={detail} onClose={() => setOpen(null)} />}
      <ConfirmModal
        opened={open === 'disconnect'}
        onClose={() => setOpen(null)}
        title={t('disconnectTitle', { name: detail.name })}
        action={t('disconnect')}
        variant="danger"
        pending={disconnect.isPending}
        onConfirm={() => disconnect.mutate()}
      >
        {t('disconnectHint')}
      </ConfirmModal>
    </>
  )
}
