import { type Language, languages } from '@sendocki/domain/language'
import {
  type CreatePaper,
  type LeftOut,
  type LeftOutReason,
  type PaperKind,
  type PaperSize,
  paperKinds,
  paperSizes,
} from '@sendocki/domain/papers/paper'
import type { PrintWish } from '../../lib/printing.ts'

/** What was printed last on this browser is what is offered first. */
export interface PaperChoice {
  readonly kind: PaperKind
  readonly size: PaperSize
  readonly language: Language
}

const among = <T extends string>(values: readonly T[], value: unknown, rest: T): T =>
  values.find((candidate) => candidate === value) ?? rest

/** A kept choice, as far as it can be read. */
export const choiceFrom = (kept: string | null, language: Language): PaperChoice => {
  const [kind, size, ofPaper] = (kept ?? '').split(' ')
  return {
    kind: among(paperKinds, kind, 'label'),
    size: among(paperSizes, size, '100x150'),
    language: among(languages, ofPaper, language),
  }
}

export const keptChoice = ({ kind, size, language }: PaperChoice): string => `${kind} ${size} ${language}`

/** The body for the API: only labels have a choice of size. */
export const paperBody = ({ kind, size, language }: PaperChoice, { orderIds, parcelIds }: PrintWish): CreatePaper => ({
  kind,
  language,
  ...(kind === 'label' ? { size } : {}),
  ...(parcelIds ? { parcelIds: [...parcelIds] } : { orderIds: [...(orderIds ?? [])] }),
})

/** What was left out, by reason, the most frequent first. */
export const leftOutGroups = (
  items: readonly LeftOut[],
): { readonly reason: LeftOutReason; readonly items: readonly LeftOut[] }[] => {
  const groups = new Map<LeftOutReason, LeftOut[]>()
  for (const item of items) groups.set(item.reason, [...(groups.get(item.reason) ?? []), item])
  return [...groups]
    .map(([reason, some]) => ({ reason, items: some }))
    .sort((one, other) => other.items.length - one.items.length)
}
