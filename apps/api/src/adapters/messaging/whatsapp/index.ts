import { whatsappDigits } from '@sendocki/domain/phone-format'
import {
  type Line,
  type MessagingPort,
  MessagingUnavailable,
  type Outgoing,
  type OutgoingCard,
  type OutgoingFile,
  type Person,
} from '../port.ts'
import { fetchFile, formOf } from './files.ts'
import { AnswerLost, type Call, callGraph } from './http.ts'
import { asFields, asList, asText, type Fields } from './reading.ts'
import { bodyOfTemplate, stateOf, templateOf } from './templates.ts'

/** A stop for a pager that never ends; an account has at most 6,000 templates. */
const pagesMax = 60
const pageSize = 100

/** By phone where it is known; Meta's id of a person reaches those who hide it. */
const toOf = ({ phone, userId }: Person): object =>
  phone === null ? { recipient: userId } : { to: whatsappDigits(phone) }

const replyOf = (payload: string, index: number): object => ({
  ...{ type: 'button', sub_type: 'quick_reply', index: String(index) },
  parameters: [{ type: 'payload', payload }],
})

/** The values of a text; none where it has no variables. */
const valuesOf = (values: readonly string[]): object[] =>
  values.length > 0 ? [{ type: 'body', parameters: values.map((text) => ({ type: 'text', text })) }] : []

const cardOf = ({ header, metaId, values, replies }: OutgoingCard, index: number): object => ({
  card_index: index,
  components: [
    { type: 'header', parameters: [{ type: header, [header]: { id: metaId } }] },
    ...valuesOf(values),
    ...replies.map(({ place, payload }) => replyOf(payload, place)),
  ],
})

const contentOf = (content: Outgoing): object => {
  if (content.kind === 'text') return { type: 'text', text: { body: content.text, preview_url: false } }
  if (content.kind === 'media') {
    const { media, metaId, caption, fileName, isVoice } = content
    const words = caption === null ? {} : { caption }
    const named = media === 'document' && fileName !== null ? { filename: fileName } : {}
    return { type: media, [media]: { id: metaId, ...words, ...named, ...(isVoice ? { voice: true } : {}) } }
  }
  const { name, language, values, payloads, cards } = content
  const carousel = { type: 'carousel', cards: cards.map(cardOf) }
  const components = [...valuesOf(values), ...payloads.map(replyOf), ...(cards.length > 0 ? [carousel] : [])]
  return {
    type: 'template',
    template: { name, language: { code: language }, ...(components.length > 0 ? { components } : {}) },
  }
}

/** In two steps: the token's own app opens an upload, which takes the bytes and gives a handle. */
const uploadSample = async (
  { bytes, type, fileName }: OutgoingFile,
  ask: (call: Omit<Call, 'token'>) => Promise<Fields>,
): Promise<string> => {
  const about = new URLSearchParams({
    file_length: String(bytes.length),
    file_type: type,
    file_name: fileName ?? 'file',
  })
  const session = asText((await ask({ method: 'POST', path: `/app/uploads?${about}` })).id)
  if (session === null || !/^upload:\S+$/.test(session)) throw new MessagingUnavailable('Meta opened no upload.')
  const handle = asText((await ask({ method: 'POST', path: `/${session}`, bytes })).h)
  if (handle === null) throw new MessagingUnavailable('Meta gave no handle of the file.')
  return handle
}

/** Meta's Cloud API. Source: integrations.md 4.1, 4.2. */
export const createWhatsApp = (baseUrl: string, sandboxUrl: string | null): MessagingPort => {
  const send = (line: Line, call: Omit<Call, 'token'>): Promise<Fields> =>
    callGraph(baseUrl, { ...call, token: line.accessToken })
  /** A call that may be repeated: a lost answer counts as an outage. */
  const ask = (line: Line, call: Omit<Call, 'token'>): Promise<Fields> =>
    send(line, call).catch((error: unknown) => {
      throw error instanceof AnswerLost ? new MessagingUnavailable(error.message) : error
    })
  const everyPage = async (line: Line, path: string): Promise<readonly unknown[]> => {
    const rows: unknown[] = []
    let after: string | null = ''
    for (let page = 0; page < pagesMax && after !== null; page += 1) {
      const next: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`
      const answer = await ask(line, { method: 'GET', path: `${path}${next}` })
      if (!Array.isArray(answer.data)) throw new MessagingUnavailable('Meta sent no list.')
      rows.push(...answer.data)
      const paging = asFields(answer.paging)
      after = asText(paging.next) === null ? null : asText(asFields(paging.cursors).after)
    }
    return rows
  }
  return {
    line: async (line) => {
      const fields = 'display_phone_number,verified_name,quality_rating,messaging_limit_tier'
      const found = await ask(line, { method: 'GET', path: `/${line.lineId}?fields=${fields}` })
      return {
        displayPhone: asText(found.display_phone_number),
        verifiedName: asText(found.verified_name),
        quality: asText(found.quality_rating),
        limitTier: asText(found.messaging_limit_tier),
      }
    },
    lines: async (line) => {
      const rows = await everyPage(line, `/${line.businessAccountId}/phone_numbers?limit=${pageSize}`)
      return rows.flatMap((row) => asText(asFields(row).id) ?? [])
    },
    subscribe: async (line, { url, verifyToken }) => {
      const body = { override_callback_uri: url, verify_token: verifyToken }
      await ask(line, { method: 'POST', path: `/${line.businessAccountId}/subscribed_apps`, body })
    },
    unsubscribe: async (line) => {
      await ask(line, { method: 'DELETE', path: `/${line.businessAccountId}/subscribed_apps` })
    },
    templates: async (line) => {
      const rows = await everyPage(line, `/${line.businessAccountId}/message_templates?limit=${pageSize}`)
      return rows.flatMap((row) => templateOf(row) ?? [])
    },
    uploadSample: (line, file) => uploadSample(file, (call) => ask(line, call)),
    createTemplate: async (line, template) => {
      const path = `/${line.businessAccountId}/message_templates`
      const made = await ask(line, { method: 'POST', path, body: bodyOfTemplate(template) })
      const templateId = asText(made.id)
      if (templateId === null) throw new MessagingUnavailable('Meta named no template.')
      return {
        templateId,
        state: stateOf(asText(made.status)),
        category: asText(made.category)?.toLowerCase() ?? template.category,
      }
    },
    fetchFile: async (line, { metaId, most }) => {
      const path = `/${encodeURIComponent(metaId)}?phone_number_id=${line.lineId}`
      return fetchFile({ ask: () => ask(line, { method: 'GET', path }), token: line.accessToken, sandboxUrl, most })
    },
    upload: async (line, file) => {
      const made = await ask(line, { method: 'POST', path: `/${line.lineId}/media`, form: formOf(file) })
      const metaId = asText(made.id)
      if (metaId === null) throw new MessagingUnavailable('Meta named no file.')
      return metaId
    },
    send: async (line, { ownId, to, content }) => {
      const body = {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        ...toOf(to),
        ...contentOf(content),
        biz_opaque_callback_data: ownId,
      }
      const answer = await send(line, { method: 'POST', path: `/${line.lineId}/messages`, body }).catch(
        (error: unknown) => {
          if (error instanceof AnswerLost) return null
          throw error
        },
      )
      const messageId = asText(asFields(asList(answer?.messages)[0]).id)
      return messageId === null ? { kind: 'unknown' } : { kind: 'accepted', messageId }
    },
  }
}
