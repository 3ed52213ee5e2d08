import { ApiProblem } from '@sendocki/client/problem'
import type { Pipeline, Stage } from '@sendocki/domain/orders/pipeline-schema'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { changesOf, type Draft, draftOf, isChanged, isDisturbed, mineOver } from './draft.ts'
import { conflictOf, editStage } from './pipeline.api.ts'
import { errorsOf } from './stage-form.tsx'
import { useTakeOver } from './use-editing.ts'

interface Options {
  readonly pipeline: Pipeline
  readonly stage: Stage
  readonly onSaved: (before: Draft, after: Pipeline) => void
}

/**
 * What is being written of a stage, over what it was when the writing began. A change by somebody else elsewhere in the
 * pipeline is taken over without a word; one of the same stage is put to the person: keep theirs or take mine.
 */
export const useStageDraft = ({ pipeline, stage, onSaved }: Options) => {
  const takeOver = useTakeOver()
  const theirs = draftOf(pipeline, stage)
  const [base, setBase] = useState(theirs)
  const [draft, setDraft] = useState(theirs)
  const [who, setWho] = useState<string | null>(null)
  const changed = isChanged(draft, base)
  const disturbed = isDisturbed(base, theirs)
  if (disturbed && !changed) {
    setBase(theirs)
    setDraft(theirs)
  }

  const save = useMutation({
    mutationFn: async (): Promise<Pipeline | null> => {
      const settings = changesOf(draft, base)
      try {
        return (await editStage(stage.id, pipeline.version, settings)).pipeline as Pipeline | null
      } catch (problem) {
        const conflict = conflictOf(problem)
        if (!conflict) throw problem
        takeOver(conflict.current)
        setWho(conflict.who)
        const now = conflict.current.stages.find(({ id }) => id === stage.id)
        if (!now || isDisturbed(base, draftOf(conflict.current, now))) return null
        return (await editStage(stage.id, conflict.current.version, settings)).pipeline as Pipeline | null
      }
    },
    onSuccess: (after) => {
      const now = after?.stages.find(({ id }) => id === stage.id)
      if (!after || !now) return
      takeOver(after)
      setBase(draftOf(after, now))
      setDraft(draftOf(after, now))
      onSaved(base, after)
    },
  })
  const { error } = save
  return {
    draft,
    base,
    changed,
    // The stream may tell of my own change before its answer is here.
    conflict: disturbed && changed && !save.isPending ? { who } : null,
    saving: save.isPending,
    problem: error instanceof ApiProblem && error.fields.length > 0 ? null : error,
    errors: error instanceof ApiProblem ? errorsOf(error.fields) : {},
    change: (changes: Partial<Draft>) => {
      if (error) save.reset()
      setDraft((now) => ({ ...now, ...changes }))
    },
    reset: () => {
      save.reset()
      setBase(theirs)
      setDraft(theirs)
    },
    keepTheirs: () => {
      setBase(theirs)
      setDraft(theirs)
    },
    takeMine: () => {
      setDraft(mineOver(theirs, draft, base))
      setBase(theirs)
    },
    save: () => {
      if (!save.isPending) save.mutate()
    },
  }
}
