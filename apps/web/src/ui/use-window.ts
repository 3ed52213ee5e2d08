import { useSyncExternalStore } from 'react'

const queries = {
  /** A phone: one column, bottom bar, cards instead of rows. */
  phone: '(width < 640px)',
  /** Room for a side panel beside the list. */
  wide: '(width >= 1200px)',
  /** Room for three columns that are worked in. */
  columns: '(width >= 1280px)',
} as const

/** Whether the window is of that size now. */
export const useWindow = (size: keyof typeof queries): boolean =>
  useSyncExternalStore(
    (changed) => {
      const query = matchMedia(queries[size])
      query.addEventListener('change', changed)
      return () => query.removeEventListener('change', changed)
    },
    () => matchMedia(queries[size]).matches,
  )
