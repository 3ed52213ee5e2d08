import { parsePhone } from '@sendocki/domain/phone'
import { mediaKinds } from '@sendocki/domain/whatsapp/media'
import { type MessageKind, messageKinds } from '@sendocki/domain/whatsapp/message'
import { digestOf, hmacSha256, signedByOne } from '../../signature.ts'
import type { MessageNews, MessagingMap, News, Person, StatusNews, TemplateNews } from '../port.ts'
import { failureOf } from './failures.ts'
import { asFields, asList, asNumber, asText, type Fields, jsonOf } from './reading.ts'
import { reasonOf, stateOf } from './templates.ts'

/** Digits with their country code, as Meta writes a phone. */
const phoneOf = (digits: string | null): string | null =>
  digits !== null && /^\d{6,15}$/.test(digits) ? (parsePhone(`+${digits}`).e164 ?? `+${digits}`) : null

const secondsOf = (value: unknown): string | null => {
  const seconds = asNumber(value)
  return seconds !== null && seconds > 0 && seconds < 32_503_680_000 ? new Date(seconds * 1000).toISOString() : null
}

const statuses = ['sent', 'delivered', 'read', 'failed'] as const

const statusOf = (lineId: string, value: unknown): StatusNews[] => {
  const row = asFields(value)
  const messageId = asText(row.id)
  // `played` says that a voice note was heard, which is at least read.
  const word = row.status === 'played' ? 'read' : row.status
  const status = statuses.find((one) => one === word)
  const at = secondsOf(row.timestamp)
  if (messageId === null || status === undefined || at === null) return []
  const code = asNumber(asFields(asList(row.errors)[0]).code)
  return [
    {
      kind: 'status',
      lineId,
      messageId,
      status,
      at,
      ownId: asText(row.biz_opaque_callback_data),
      person: { phone: phoneOf(asText(row.recipient_id)), userId: asText(row.recipient_user_id) },
      failure: status === 'failed' ? failureOf(code ?? 131_000) : null,
      billedAs: asText(asFields(row.pricing).category),
    },
  ]
}

interface Content {
  readonly is: MessageKind
  readonly text: string | null
  readonly payload: string | null
  readonly location: MessageNews['location']
  readonly media: MessageNews['media']
}
const bare = { text: null, payload: null, location: null, media: null }

/** The file of a message; without an id of Meta's there is nothing to fetch. */
const mediaOf = (type: string, inner: Fields): MessageNews['media'] => {
  const kind = mediaKinds.find((one) => one === type)
  const metaId = asText(inner.id)
  return kind && metaId !== null ? { kind, metaId, fileName: asText(inner.filename)?.slice(0, 200) ?? null } : null
}

const contentOf = (row: Fields): Content => {
  const type = asText(row.type) ?? 'unsupported'
  const inner = asFields(row[type])
  switch (type) {
    case 'text':
      return { ...bare, is: 'text', text: asText(inner.body) }
    case 'button':
      return { ...bare, is: 'button', text: asText(inner.text), payload: asText(inner.payload) }
    case 'interactive': {
      const reply = asFields(inner[asText(inner.type) ?? ''])
      return { ...bare, is: 'button', text: asText(reply.title), payload: asText(reply.id) }
    }
    case 'reaction':
      return { ...bare, is: 'reaction', text: asText(inner.emoji) }
    case 'location': {
      const [latitude, longitude] = [asNumber(inner.latitude), asNumber(inner.longitude)]
      if (latitude === null || longitude === null) return { ...bare, is: 'unsupported' }
      return { ...bare, is: 'location', location: { latitude, longitude, name: asText(inner.name) } }
    }
    default:
      return {
        ...bare,
        is: messageKinds.find((kind) => kind === type) ?? 'unsupported',
        text: asText(inner.caption),
        media: mediaOf(type, inner),
      }
  }
}

const messageOf = (lineId: string, value: unknown, contacts: readonly Fields[]): MessageNews[] => {
  const row = asFields(value)
  const messageId = asText(row.id)
  const at = secondsOf(row.timestamp)
  const person: Person = { phone: phoneOf(asText(row.from)), userId: asText(row.from_user_id) }
  if (messageId === null || at === null || (person.phone === null && person.userId === null)) return []
  const contact = contacts.find(
    ({ wa_id: digits, user_id: userId }) =>
      (person.userId !== null && userId === person.userId) || (digits !== undefined && digits === row.from),
  )
  return [
    {
      kind: 'message',
      lineId,
      messageId,
      person,
      profileName: asText(asFields(contact?.profile).name)?.slice(0, 120) ?? null,
      at,
      ...contentOf(row),
      quotes: asText(asFields(row.context).id),
    },
  ]
}

const templateNews = (businessAccountId: string, field: string, value: Fields): TemplateNews[] => {
  const [name, language] = [asText(value.message_template_name), asText(value.message_template_language)]
  if (name === null || language === null) return []
  const id = value.message_template_id
  const common = {
    kind: 'template' as const,
    businessAccountId,
    templateId: id === undefined || id === null ? null : String(id),
    ...{ name, language, state: null, reason: null, category: null, quality: null },
  }
  if (field === 'message_template_status_update') {
    const category = asText(value.message_template_category)?.toLowerCase() ?? null
    return [{ ...common, state: stateOf(asText(value.event)), reason: reasonOf(asText(value.reason)), category }]
  }
  if (field === 'template_category_update')
    return [{ ...common, category: asText(value.new_category)?.toLowerCase() ?? null }]
  return [{ ...common, quality: asText(value.new_quality_score)?.toLowerCase() ?? null }]
}

const templateFields = ['message_template_status_update', 'template_category_update', 'message_template_quality_update']

const newsOf = (businessAccountId: string, change: Fields): News[] => {
  const field = asText(change.field) ?? ''
  const value = asFields(change.value)
  if (templateFields.includes(field)) return templateNews(businessAccountId, field, value)
  const lineId = asText(asFields(value.metadata).phone_number_id)
  if (field !== 'messages' || lineId === null) return []
  const contacts = asList(value.contacts).map(asFields)
  return [
    ...asList(value.messages).flatMap((message) => messageOf(lineId, message, contacts)),
    ...asList(value.statuses).flatMap((status) => statusOf(lineId, status)),
  ]
}

/** The signature's scheme and the reading of what Meta delivers. Source: integrations.md 4.3. */
export const whatsappMap: MessagingMap = {
  key: ({ body }) => digestOf(body),
  verify: ({ headers, body }, secrets) => {
    const given = headers['x-hub-signature-256'] ?? ''
    return signedByOne(given, secrets, (secret) => `sha256=${hmacSha256(secret, body, 'hex')}`)
  },
  parse: (body) => {
    const envelope = asFields(jsonOf(body.toString('utf8')))
    if (envelope.object !== 'whatsapp_business_account' || !Array.isArray(envelope.entry))
      return { ok: false, why: 'It is no delivery of a WhatsApp business account.' }
    const news = envelope.entry.map(asFields).flatMap((entry) => {
      const account = asText(entry.id) ?? ''
      return asList(entry.changes).flatMap((change) => newsOf(account, asFields(change)))
    })
    return { ok: true, news }
  },
}
