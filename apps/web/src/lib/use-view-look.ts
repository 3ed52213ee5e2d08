import type { View, ViewScreen } from '@sendocki/domain/views/view'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { viewsQuery } from './views.ts'

/** Gives the columns and the density of a view when it is opened; what is changed afterwards is the person's own. */
export const useViewLook = (
  screen: ViewScreen,
  viewId: string | null,
  onLook: (look: Pick<View, 'columns' | 'density'>) => void,
): void => {
  const { data } = useQuery(viewsQuery(screen))
  const newest = useRef(onLook)
  const opened = useRef<string | null>(null)
  useEffect(() => {
    newest.current = onLook
  })
  useEffect(() => {
    const view = data?.items.find(({ id }) => id === viewId)
    if (viewId === null) opened.current = null
    if (!view || opened.current === view.id) return
    opened.current = view.id
    newest.current(view)
  }, [data, viewId])
}
