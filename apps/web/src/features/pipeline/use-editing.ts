import type { Pipeline } from '@sendocki/domain/orders/pipeline-schema'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { problemText } from '../../lib/problem.ts'
import { showToast } from '../../ui/toast.tsx'
import { conflictOf, pipelineQuery } from './pipeline.api.ts'

/** Takes an answered pipeline over: what every screen shows of it, and the counts of the list. */
export const useTakeOver = (): ((pipeline: Pipeline) => void) => {
  const queries = useQueryClient()
  return useCallback(
    (pipeline) => {
      queries.setQueryData(pipelineQuery.queryKey, pipeline as never)
      void queries.invalidateQueries({ queryKey: ['stageCounts'] })
    },
    [queries],
  )
}

/**
 * Sends a small change by the newest version that is known, once more by the one that a refusal tells: a rename beside
 * disturbs nobody. Any other refusal is said, and nothing is changed.
 */
export const useQuickChange = () => {
  const takeOver = useTakeOver()
  const queries = useQueryClient()
  return useCallback(
    async (send: (version: number) => Promise<Pipeline | null>): Promise<boolean> => {
      const known = queries.getQueryData(pipelineQuery.queryKey)?.version ?? 1
      try {
        const answered = await send(known).catch((problem: unknown) => {
          const conflict = conflictOf(problem)
          if (!conflict) throw problem
          takeOver(conflict.current)
          return send(conflict.current.version)
        })
        if (answered) takeOver(answered)
        return true
      } catch (problem) {
        showToast({ tone: 'refused', message: problemText(problem) })
        return false
      }
    },
    [queries, takeOver],
  )
}
