import { carrierFileKinds } from '@sendocki/domain/carrier-files/columns'
import { oneOf, text } from '../../lib/url-state.ts'

/** What the address of the screen says: a link from another screen chooses the carrier and the kind of file. */
export const filesShape = {
  account: text,
  kind: oneOf(carrierFileKinds, 'tracking'),
  file: text,
}

export type FilesState = {
  readonly [Name in keyof typeof filesShape]: ReturnType<(typeof filesShape)[Name]['read']>
}
