import type { Order, OrderSummary } from '@sendocki/domain/orders/order'
import type { ReactNode } from 'react'
import classes from './tray.module.css'
import type { Repair } from './use-repair.ts'

export interface RepairProps {
  readonly order: Order
  readonly repair: (repair: Repair) => void
  readonly pending: boolean
  /** The order has left the tray in another way, and others of the list with it. */
  readonly onGone: Gone
}

/** What has left the tray beside the order that was repaired; nothing else when it is not said. */
export type Gone = (alsoGone?: (row: OrderSummary) => boolean) => void

/** One thing that is missing, why, and the way to give it. */
export const RepairCard = ({ title, hint, children }: { title: string; hint: ReactNode; children: ReactNode }) => (
  <section className={classes.repair}>
    <h3>{title}</h3>
    <p className={classes.hint}>{hint}</p>
    {children}
  </section>
)
