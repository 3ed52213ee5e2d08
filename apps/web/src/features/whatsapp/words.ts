import { wordIn } from '@sendocki/domain/language'
import type { Stage } from '@sendocki/domain/orders/pipeline-schema'
import type { Conversation } from '@sendocki/domain/whatsapp/conversation'
import type { MessageKind } from '@sendocki/domain/whatsapp/message'
import { currentLanguage } from '../../lib/i18n.ts'

/** What the merchant calls a stage, in the reader's language. */
export const stageWord = (stage: Pick<Stage, 'name'>): string => wordIn(stage.name, currentLanguage())

/** The name of the buyer; null where only a number, or nothing, is known. */
export const nameOf = ({ contact }: Conversation): string | null => contact.name

const worded = [
  'image',
  'audio',
  'video',
  'document',
  'sticker',
  'location',
  'contacts',
  'reaction',
  'system',
  'unsupported',
] as const

/** The word for what a message without words is. */
export const kindWord = (kind: MessageKind): (typeof worded)[number] | 'other' =>
  worded.find((known) => known === kind) ?? 'other'

/** Hours and minutes left of the window; null when it is closed. */
export const windowLeft = (endsAt: string | null, now: Date): { hours: number; minutes: string } | null => {
  const millis = endsAt === null ? 0 : Date.parse(endsAt) - now.getTime()
  if (millis <= 0) return null
  const minutes = Math.floor(millis / 60_000)
  return { hours: Math.floor(minutes / 60), minutes: String(minutes % 60).padStart(2, '0') }
}
