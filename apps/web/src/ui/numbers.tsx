import type { ReactNode } from 'react'
import { useFormats } from './formats.ts'
import classes from './numbers.module.css'

/** Money in centimes of MAD. `always` shows two decimals (cash, panels), `auto` none when they are zero. */
export const Amount = ({ centimes, decimals = 'auto' }: { centimes: number; decimals?: 'auto' | 'always' }) => {
  const { number, unit, unitFirst } = useFormats().money(centimes, decimals)
  const sign = <span className={classes.unit}>{unit}</span>
  // The unit stands after the number in the reading direction, so the isolate takes the page's direction, and the number
  // one of its own.
  return (
    <bdi className={classes.amount} data-negative={centimes < 0 || undefined}>
      {unitFirst && <>{sign}&nbsp;</>}
      <bdi dir="ltr">{number}</bdi>
      {!unitFirst && <>&nbsp;{sign}</>}
    </bdi>
  )
}

/** A phone in pairs of digits, masked or whole as the API gave it. */
export const Phone = ({ phone }: { phone: string }) => (
  <bdi dir="ltr" className={classes.figures}>
    {useFormats().phone(phone)}
  </bdi>
)

export const OrderNumber = ({ number }: { number: number | string }) => (
  <bdi dir="ltr" className={classes.figures}>{`#${number}`}</bdi>
)

/** A code of someone else: tracking number, reference, e-mail, address of a page. Always left to right. */
export const Code = ({ children }: { children: string }) => (
  <bdi dir="ltr" className={classes.code}>
    {children}
  </bdi>
)

/** Free text of people, in its own direction. */
export const Words = ({ children, lines = false }: { children: ReactNode; lines?: boolean }) => (
  <bdi dir="auto" className={lines ? classes.lines : undefined}>
    {children}
  </bdi>
)

/** A capped or whole count, `1 000+`. */
export const Count = ({ count, capped = false }: { count: number; capped?: boolean }) => (
  <bdi dir="ltr" className={classes.figures}>
    {useFormats().count(count, capped)}
  </bdi>
)
