import { IconCloudOff } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { CopyButton } from './copy-button.tsx'
import classes from './screen-states.module.css'

interface EmptyProps {
  readonly icon: ReactNode
  readonly title: string
  /** `h1` where it is the page itself. */
  readonly heading?: 'h1' | 'h2'
  /** What will come here. */
  readonly children?: ReactNode
  readonly action?: ReactNode
}

/** A list without rows says what will come, and offers one thing to do. */
export const Empty = ({ icon, title, heading: Heading = 'h2', children, action }: EmptyProps) => (
  <div className={classes.empty}>
    <span className={classes.emptyIcon} aria-hidden="true">
      {icon}
    </span>
    <Heading>{title}</Heading>
    {children && <p>{children}</p>}
    {action}
  </div>
)

interface ErrorStateProps {
  readonly icon?: ReactNode
  /** What happened. */
  readonly title: string
  /** What was not done, and what to do. */
  readonly children?: ReactNode
  readonly actions?: ReactNode
  /** The code and request to copy for support. */
  readonly code?: string
}

export const ErrorState = ({ icon, title, children, actions, code }: ErrorStateProps) => (
  <div className={classes.error} role="alert">
    <span className={classes.errorIcon} aria-hidden="true">
      {icon ?? <IconCloudOff size={22} stroke={1.75} />}
    </span>
    <div className={classes.errorBody}>
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      <div className={classes.errorFoot}>
        {actions}
        {code && (
          <span className={classes.code}>
            <bdi dir="ltr">{code}</bdi>
            <CopyButton text={code} />
          </span>
        )}
      </div>
    </div>
  </div>
)

/** A grey bar where a fact will stand. `width` in percent of its place. */
export const Skeleton = ({ width = 100, height = 10 }: { width?: number; height?: number }) => (
  <span className={classes.bar} style={{ width: `${width}%`, height }} />
)

/** Rows in the shape of the list to come. Nothing is drawn for the first 300 ms: most answers arrive before. */
export const SkeletonRows = ({ rows = 8, label }: { rows?: number; label: string }) => {
  const late = useLate()
  return (
    <div role="status" aria-label={label} className={classes.rows}>
      {late &&
        Array.from({ length: rows }, (_, index) => (
          <div key={index} className={classes.row}>
            <Skeleton width={8 + ((index * 7) % 5)} />
            <Skeleton width={18 + ((index * 11) % 12)} />
            <Skeleton width={12 + ((index * 5) % 9)} />
          </div>
        ))}
    </div>
  )
}

/** True once something has been awaited for longer than `after` milliseconds. */
export const useLate = (after = 300): boolean => {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), after)
    return () => clearTimeout(timer)
  }, [after])
  return late
}
