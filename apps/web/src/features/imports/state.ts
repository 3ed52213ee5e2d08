import { importKinds, importOutcomes } from '@sendocki/domain/imports/import'
import { among, oneOf, text } from '../../lib/url-state.ts'

/** What the address of the screen says: what is to be loaded, which import is open, and which of its rows. */
export const importsShape = { kind: oneOf(importKinds, 'customers'), import: text, outcome: among(importOutcomes) }

export type ImportsState = {
  readonly [Name in keyof typeof importsShape]: ReturnType<(typeof importsShape)[Name]['read']>
}
