import type { TryCarrierFile } from '@sendocki/domain/carrier-files/carrier-file'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { fileKeys, tryFile } from './carrier-files.api.ts'

/** Tries the file anew, and shows what it would do now. */
export const useTry = (id: string) => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: TryCarrierFile) => tryFile(id, body),
    onSuccess: (file) => {
      queries.setQueryData(fileKeys.one(id), file)
      return queries.invalidateQueries({ queryKey: ['carrier_file', 'rows', id] })
    },
  })
}
