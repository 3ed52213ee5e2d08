import { importOutcomes } from '@sendocki/domain/imports/import'
import { among, text } from '../../lib/url-state.ts'

/** What the address of the screen says: which import is open, and which of its rows. */
export const importsShape = { import: text, outcome: among(importOutcomes) }

export type ImportsState = {
  readonly [Name in keyof typeof importsShape]: ReturnType<(typeof importsShape)[Name]['read']>
}
