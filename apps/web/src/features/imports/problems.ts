import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../lib/api.ts'
import { problemText, refusalText } from '../../lib/problem.ts'

const faults = [
  'not_a_table',
  'old_excel',
  'locked',
  'macros',
  'damaged',
  'too_heavy',
  'too_many_rows',
  'too_many_columns',
  'empty',
] as const

/** The sentence for a file that gave no table, and for whatever else went wrong. */
export const useImportProblems = () => {
  const { t } = useTranslation('imports')
  const faultText = (why: unknown): string | null => {
    const fault = faults.find((one) => one === why)
    return fault === undefined ? null : t(`faults.${fault}`)
  }
  return {
    ofError: (error: unknown): string =>
      (error instanceof ApiProblem && error.code === 'file.unreadable' ? faultText(error.params['why']) : null) ??
      problemText(error),
    /** Of the code with which an import ended by itself. */
    ofCode: (code: string): string => faultText(code) ?? refusalText(code) ?? code,
  }
}
