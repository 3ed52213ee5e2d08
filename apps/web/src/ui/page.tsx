import type { ReactNode } from 'react'
import classes from './page.module.css'

interface PageProps {
  readonly title: ReactNode
  /** Switch between views of the same thing, beside the title. */
  readonly views?: ReactNode
  /** At the end of the title's row; the last one is the primary action. */
  readonly actions?: ReactNode
  /** One row of filters. */
  readonly toolbar?: ReactNode
  /** A panel that shares the sheet with the content. */
  readonly panel?: ReactNode
  /** Content scrolls by itself to the edges of the sheet (grids under a line, boards), or flows in a column of readable width. */
  readonly layout?: 'edge' | 'board' | 'column'
  readonly children: ReactNode
}

/** A page on the sheet: title row, toolbar row, then content to the edges. */
export const Page = ({ title, views, actions, toolbar, panel, layout = 'column', children }: PageProps) => (
  <>
    <header className={classes.header}>
      <h1>{title}</h1>
      {views}
      {actions && <div className={classes.actions}>{actions}</div>}
    </header>
    {toolbar && <div className={classes.toolbar}>{toolbar}</div>}
    <div className={classes.content} data-layout={layout}>
      <div className={classes.main} data-layout={layout}>
        {layout === 'column' ? <div className={classes.column}>{children}</div> : children}
      </div>
      {panel}
    </div>
  </>
)

/** A titled part of a settings page. */
export const Section = ({
  title,
  hint,
  aside,
  children,
}: {
  title: ReactNode
  hint?: ReactNode
  aside?: ReactNode
  children: ReactNode
}) => (
  <section className={classes.section}>
    <div className={classes.sectionHead}>
      <div>
        <h2>{title}</h2>
        {hint && <p>{hint}</p>}
      </div>
      {aside}
    </div>
    {children}
  </section>
)
