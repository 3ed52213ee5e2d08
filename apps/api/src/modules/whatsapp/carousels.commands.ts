import { Refused } from '@sendocki/domain/result'
import {
  cardBodyLongest,
  cardsFault,
  cardTypes,
  type NewCard,
  payloadOf,
  type TemplateCard,
} from '@sendocki/domain/whatsapp/carousel'
import { samplesOf } from '@sendocki/domain/whatsapp/filling'
import { isNamed, placesIn, type TemplateField } from '@sendocki/domain/whatsapp/variables'
import type { NewTemplateCard, OutgoingCard, OutgoingFile, RemoteTemplate } from '../../adapters/messaging/port.ts'
import type { Ctx, JobCtx, MerchantTx } from '../../context.ts'
import type { MessageDetails } from '../../db/schema/whatsapp.ts'
import { assertSendable, keepInLibrary, loadMedia } from './media.commands.ts'
import { findMedia, readMediaBytes } from './media.queries.ts'
import type { TemplateRow } from './templates.queries.ts'

const refuseField = (path: string, code: string): never => {
  throw new Refused('request.invalid', undefined, [{ path, code }])
}

/** What each card shows: files of the library that Meta takes on a card. An upload is kept there from now on. */
const headersOf = async (
  ctx: Ctx,
  tx: MerchantTx,
  cards: readonly { readonly mediaId: string }[],
): Promise<TemplateCard['header'][]> => {
  const headers: TemplateCard['header'][] = []
  for (const { mediaId } of cards) {
    const media = await loadMedia(tx, mediaId)
    assertSendable(media)
    const header = cardTypes[media.type ?? '']
    if (header === undefined) throw new Refused('media.type_unsupported')
    if (media.name === null) await keepInLibrary(ctx, tx, media, media.fileName ?? mediaId)
    headers.push(header)
  }
  return headers
}

/** The cards of a new carousel, as Meta would read them: media of one kind and the same buttons on each. */
export const newCards = async (ctx: Ctx, tx: MerchantTx, cards: readonly NewCard[]): Promise<TemplateCard[]> => {
  const headers = await headersOf(ctx, tx, cards)
  const other = headers.findIndex((header) => header !== headers[0])
  if (other >= 0) refuseField(`cards.${other}.mediaId`, 'cards_differ')
  const fault = cardsFault(cards)
  if (fault) refuseField(fault.path, fault.code)
  return cards.map(({ mediaId, body, variables = [], buttons }, index) => ({
    ...{ mediaId, body: body.trim(), variables: [...variables], buttons: [...buttons] },
    header: headers[index] ?? 'image',
  }))
}

/** What somebody chose for a card that Meta approved. */
interface ChosenCard {
  readonly mediaId: string
  readonly variables?: readonly TemplateField[]
}

/** The cards of a template with other files on them, each of the kind that Meta approved, and their variables named. */
export const changedCards = async (
  ctx: Ctx,
  tx: MerchantTx,
  { cards }: TemplateRow,
  chosen: readonly ChosenCard[],
): Promise<TemplateCard[]> => {
  const headers = await headersOf(ctx, tx, chosen)
  if (chosen.length !== cards.length) refuseField('cards', 'cards_differ')
  const other = cards.findIndex(({ header }, index) => header !== headers[index])
  if (other >= 0) refuseField(`cards.${other}.mediaId`, 'cards_differ')
  return cards.map((card, index) => {
    const { mediaId = null, variables } = chosen[index] ?? {}
    if (variables && !isNamed({ body: card.body, variables }))
      refuseField(`cards.${index}.variables`, 'variables_unnamed')
    return { ...card, mediaId, variables: [...(variables ?? card.variables)] }
  })
}

/** Meta's word for the cards of a template, with what was chosen for them here; it stays while the cards are the same. */
export const followedCards = (
  remote: RemoteTemplate['cards'],
  known: readonly TemplateCard[] | undefined,
): TemplateCard[] =>
  remote.map((card, index) => {
    const before = known?.length === remote.length ? known[index] : undefined
    const isCounted = before && placesIn(before.body).length === placesIn(card.body).length
    return {
      ...{ ...card, buttons: [...card.buttons], variables: isCounted ? [...before.variables] : [] },
      mediaId: before?.header === card.header ? before.mediaId : null,
    }
  })

type Shown = Pick<TemplateCard, 'mediaId'>

/** The files of cards, each once, by their id; undefined when one of them is no longer there. */
const filesOf = async (ctx: JobCtx, cards: readonly Shown[]): Promise<Map<string, OutgoingFile> | undefined> =>
  ctx.read(async (tx) => {
    const files = new Map<string, OutgoingFile>()
    for (const id of new Set(cards.map(({ mediaId }) => mediaId))) {
      const media = id === null ? undefined : await findMedia(tx, id)
      const bytes = media?.status === 'kept' ? await readMediaBytes(tx, media.id) : null
      if (!media?.type || !bytes) return undefined
      files.set(media.id, { bytes, type: media.type, fileName: media.fileName })
    }
    return files
  })

/** Hands each file in once, all at the same time, and pairs the cards with what Meta calls theirs. */
const handedIn = async <Card extends Shown>(
  ctx: JobCtx,
  cards: readonly Card[],
  hand: (file: OutgoingFile) => Promise<string>,
): Promise<{ readonly card: Card; readonly metaId: string }[] | null> => {
  const files = await filesOf(ctx, cards)
  if (!files) return null
  const given = await Promise.all([...files].map(async ([id, file]) => [id, await hand(file)] as const))
  const metaIds = new Map<string | null, string>(given)
  return cards.flatMap((card) => {
    const metaId = metaIds.get(card.mediaId)
    return metaId === undefined ? [] : [{ card, metaId }]
  })
}

/** The cards as Meta's reviewers get them; null when a file is no longer there. */
export const cardsToReview = async (
  ctx: JobCtx,
  cards: readonly TemplateCard[],
  hand: (file: OutgoingFile) => Promise<string>,
): Promise<NewTemplateCard[] | null> => {
  const given = await handedIn(ctx, cards, hand)
  return (
    given?.map(({ card: { header, body, variables, buttons }, metaId: sample }) => ({
      ...{ header, body, buttons, sample },
      examples: samplesOf({ body, variables }, cardBodyLongest),
    })) ?? null
  )
}

/** The cards of a message as Meta takes them; null when a file is no longer there. */
export const cardsToSend = async (
  ctx: JobCtx,
  messageId: string,
  cards: NonNullable<MessageDetails['cards']>,
  hand: (file: OutgoingFile) => Promise<string>,
): Promise<OutgoingCard[] | null> => {
  const given = await handedIn(ctx, cards, hand)
  if (!given) return null
  return given.map(({ card: { header, buttons, values = [] }, metaId }, card) => {
    const places = buttons.flatMap(({ kind }, place) => (kind === 'quick_reply' ? [place] : []))
    const replies = places.map((place, index) => ({ place, payload: payloadOf({ messageId, index, card }) }))
    return { header, metaId, values, replies }
  })
}
