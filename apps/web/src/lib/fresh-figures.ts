import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import { useChanges } from './live.ts'

/** Counts and sums of orders are kept under this key: each is a question to the database, and a busy hour asks too often. */
export const figuresKey = ['orderFigures'] as const

/** However much happens, what follows the news is asked for no more often than this. */
const pauseMilliseconds = 1500

/** Reads again what is kept under a key: at once in a quiet hour, at a steady pace in a busy one. */
export const useReadAgain = (queryKey: readonly string[]): (() => void) => {
  const queries = useQueryClient()
  const lastAsked = useRef(Number.NEGATIVE_INFINITY)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return useCallback(() => {
    const ask = (): void => {
      timer.current = undefined
      lastAsked.current = performance.now()
      void queries.invalidateQueries({ queryKey })
    }
    timer.current ??= setTimeout(ask, Math.max(0, lastAsked.current + pauseMilliseconds - performance.now()))
  }, [queries, queryKey])
}

/** Counts and sums follow the news. */
export const useFreshFigures = (): void => useChanges('order', useReadAgain(figuresKey))
