import type { CallLease } from '@sendocki/domain/calls/call-schema'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Words } from '../../ui/numbers.tsx'
import classes from './calls.module.css'
import { Ring } from './ring.tsx'
import type { CallState } from './use-call.ts'

interface DeskHeadProps {
  readonly lease: CallLease
  readonly name: string
  readonly state: CallState
  /** What one should know of the call, beside whose it is. */
  readonly children?: ReactNode
}

/** Who is on the line, for how long, and the way to let go of them. */
export const DeskHead = ({ lease, name, state, children }: DeskHeadProps) => {
  const { t } = useTranslation('calls')
  const release = (): void => state.release.mutate(lease.id)
  useShortcuts([{ keys: 'l', label: t('release'), run: release }])
  return (
    <header className={classes.deskHead}>
      <Ring lease={lease} />
      <div>
        <h2>
          <Words>{name}</Words>
        </h2>
        <p>
          <Chip tone="accent">{t(lease.dialledAt === null ? 'yours' : 'onCall')}</Chip>
          {children}
        </p>
      </div>
      <Button variant="quiet" keyHint="l" pending={state.release.isPending} onClick={release}>
        {t('release')}
      </Button>
    </header>
  )
}

/** The hand is gone: said at once and aloud, with what is kept and what to do. */
export const LostBand = ({ state }: { state: CallState }) => {
  const { t } = useTranslation('calls')
  const { lost, claim, show } = state
  return (
    <div role="alert" className={classes.lost}>
      <p>{lost?.holder ? t('lost.taken', { name: lost.holder }) : t('lost.ended')}</p>
      <Button
        variant="filled"
        onClick={() => {
          show(null)
          claim.mutate({})
        }}
      >
        {t('next')}
      </Button>
    </div>
  )
}
