import type { ReactNode } from 'react'
import { Link, type To } from 'react-router'
import classes from './views.module.css'

interface View {
  readonly id: string
  readonly to: To
  readonly name: string
  /** How many rows it holds, when that is known. */
  readonly count?: ReactNode
}

interface ViewsProps {
  readonly label: string
  readonly views: readonly View[]
  readonly current: string
}

/** The views of one page as links, so that each has its address; an ink line under the one shown. */
export const Views = ({ label, views, current }: ViewsProps) => (
  <nav className={classes.views} aria-label={label}>
    {views.map(({ id, to, name, count }) => (
      <Link key={id} to={to} replace className={classes.view} aria-current={id === current ? 'page' : undefined}>
        {name}
        {count !== undefined && <span>{count}</span>}
      </Link>
    ))}
  </nav>
)
