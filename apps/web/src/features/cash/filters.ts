import { collectionSorts, collectionStatuses } from '@sendocki/domain/cash/collection'
import { ageBuckets } from '@sendocki/domain/time'
import { among, oneOf, text } from '../../lib/url-state.ts'

/** What the address of the screen says. What has waited longest comes first: it is asked for first. */
export const collectionShape = {
  status: oneOf(collectionStatuses, 'due'),
  age: among(ageBuckets),
  carrierAccountId: text,
  sort: oneOf(collectionSorts, 'deliveredAt'),
}

export type CollectionState = {
  readonly [Name in keyof typeof collectionShape]: ReturnType<(typeof collectionShape)[Name]['read']>
}
