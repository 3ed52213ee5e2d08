import { leaseSeconds, onCallSeconds } from '@sendocki/domain/calls/call'
import type { CallLease } from '@sendocki/domain/calls/call-schema'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './calls.module.css'

const radius = 24
const length = 2 * Math.PI * radius

/** The time on the call, or with the customer, and around it how much of the lease is left. */
export const Ring = ({ lease }: { lease: CallLease }) => {
  const { t } = useTranslation('calls')
  const now = useSecond()
  const since = Date.parse(lease.dialledAt ?? lease.claimedAt)
  const seconds = Math.max(0, Math.floor((now - since) / 1000))
  const whole = lease.dialledAt === null ? leaseSeconds : onCallSeconds
  const left = Math.min(1, Math.max(0, (Date.parse(lease.expiresAt) - now) / 1000 / whole))
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return (
    <span className={classes.ring} role="timer" aria-label={t(lease.dialledAt ? 'ring.onCall' : 'ring.held')}>
      <svg viewBox="0 0 56 56" width="56" height="56" aria-hidden="true">
        <circle cx="28" cy="28" r={radius} className={classes.ringGround} />
        <circle
          cx="28"
          cy="28"
          r={radius}
          className={classes.ringLeft}
          strokeDasharray={length}
          strokeDashoffset={length * (1 - left)}
        />
      </svg>
      <bdi dir="ltr">{clock}</bdi>
    </span>
  )
}

const useSecond = (): number => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}
