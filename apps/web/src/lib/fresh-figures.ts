import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useChanges } from './live.ts'

/** Counts and sums of orders are kept under this key: each is a question to the database, and a busy hour asks too often. */
export const figuresKey = ['orderFigures'] as const

/** However much happens, counts and sums are asked for no more often than this. */
const pauseMilliseconds = 1500

/** Counts and sums follow the news: at once in a quiet hour, at a steady pace in a busy one. */
export const useFreshFigures = (): void => {
  const queries = useQueryClient()
  const lastAsked = useRef(Number.NEGATIVE_INFINITY)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useChanges('order', () => {
    const ask = (): void => {
      timer.current = undefined
      lastAsked.current = performance.now()
      void queries.invalidateQueries({ queryKey: figuresKey })
    }
    timer.current ??= setTimeout(ask, Math.max(0, lastAsked.current + pauseMilliseconds - performance.now()))
  })
  useEffect(() => () => clearTimeout(timer.current), [])
}
