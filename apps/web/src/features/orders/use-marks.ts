import type { OrderMarks } from '@sendocki/domain/orders/marks'
import { type UseQueryResult, useQueries } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useReadAgain } from '../../lib/fresh-figures.ts'
import { useChanges } from '../../lib/live.ts'
import { marksQuery, orderKeys } from './orders.api.ts'

export type KnownMarks = ReadonlyMap<string, OrderMarks>

const answered = (results: UseQueryResult<OrderMarks | null>[]): OrderMarks[] =>
  results.flatMap(({ data }) => data ?? [])

/** Asks for the marks of these orders, and keeps those of orders that left the screen as they were last seen. */
export const useMarks = (ids: readonly string[], onKnown: (more: (known: KnownMarks) => KnownMarks) => void): void => {
  const marks = useQueries({ queries: ids.map(marksQuery), combine: answered })
  useEffect(() => {
    onKnown((known) =>
      marks.every((one) => known.get(one.orderId) === one)
        ? known
        : new Map([...known, ...marks.map((one) => [one.orderId, one] as const)]),
    )
  }, [marks, onKnown])
}

/** What is known of the marks of a list, for `useMarks` to add to. */
export const useKnownMarks = () => useState<KnownMarks>(() => new Map())

/** Marks follow calls and messages. What became of earlier orders changes with the days, and is read with the card. */
export const useFreshMarks = (): void => {
  const readAgain = useReadAgain(orderKeys.marks)
  useChanges('call', readAgain)
  useChanges('conversation', readAgain)
}
