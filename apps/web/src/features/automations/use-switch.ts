import type { Automation } from '@sendocki/domain/automations/automation'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/problem.ts'
import { showToast } from '../../ui/toast.tsx'
import { automationKeys, editAutomation } from './automations.api.ts'

/** Reads automations again, and the pipeline, which names those that are on. */
export const useReadAgain = () => {
  const queries = useQueryClient()
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: automationKeys.all }),
      queries.invalidateQueries({ queryKey: automationKeys.pipeline }),
    ])
}

/** Switches an automation on or off; undo switches it back. */
export const useSwitch = ({ id, name, version }: Automation, onDone?: () => void) => {
  const { t } = useTranslation('automations')
  const readAgain = useReadAgain()
  const { mutate, isPending } = useMutation({
    mutationFn: (wanted: { readonly enabled: boolean; readonly version: number }) => editAutomation(id, wanted),
    onSuccess: async (now, { enabled }) => {
      showToast({
        message: t(enabled ? 'switchedOn' : 'switchedOff', { name }),
        undo: () => mutate({ enabled: !enabled, version: now.version }),
      })
      onDone?.()
      await readAgain()
    },
    onError: (problem: unknown) => showToast({ tone: 'refused', message: problemText(problem) }),
  })
  return { flip: (enabled: boolean) => mutate({ enabled, version }), isPending }
}
