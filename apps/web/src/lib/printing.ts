import { useSyncExternalStore } from 'react'

/** What somebody wants on paper: orders, or parcels. */
export interface PrintWish {
  readonly orderIds?: readonly string[]
  readonly parcelIds?: readonly string[]
}

let wish: PrintWish | null = null
const listeners = new Set<() => void>()

const wishFor = (next: PrintWish | null): void => {
  wish = next
  for (const listener of listeners) listener()
}

/** Opens the dialog of papers over any screen. */
export const askToPrint = (wanted: PrintWish): void => wishFor(wanted)
export const leavePrinting = (): void => wishFor(null)

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What is to be printed now; null while nothing is. */
export const usePrintWish = (): PrintWish | null => useSyncExternalStore(subscribe, () => wish)
