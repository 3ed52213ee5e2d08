import type { ReactNode } from 'react'
import classes from './timeline.module.css'

export interface TimelineEntry {
  readonly id: string
  /** A 23-pixel sign: avatar, carrier, shop, machine. */
  readonly sign: ReactNode
  readonly tone?: 'neutral' | 'ok' | 'bad'
  /** "**who** did what", written as one sentence. */
  readonly title: ReactNode
  readonly time: ReactNode
  /** Before → after, a note, a carrier's own word. */
  readonly detail?: ReactNode
}

/** What happened, newest first. `day` lines are the caller's: pass several lists with headings between. */
export const Timeline = ({ label, entries }: { label: string; entries: readonly TimelineEntry[] }) => (
  <ol className={classes.list} aria-label={label}>
    {entries.map(({ id, sign, tone = 'neutral', title, time, detail }) => (
      <li key={id} className={classes.entry}>
        <span className={classes.sign} data-tone={tone} aria-hidden="true">
          {sign}
        </span>
        <div className={classes.text}>
          <div className={classes.head}>
            <span>{title}</span>
            <span className={classes.time}>{time}</span>
          </div>
          {detail && <div className={classes.detail}>{detail}</div>}
        </div>
      </li>
    ))}
  </ol>
)

/** What it was, struck, and what it is. */
export const BeforeAfter = ({ before, after }: { before: ReactNode; after: ReactNode }) => (
  <span className={classes.change}>
    <del>{before}</del>
    <span className="mirror" aria-hidden="true">
      →
    </span>
    <ins>{after}</ins>
  </span>
)
