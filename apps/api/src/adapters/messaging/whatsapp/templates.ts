import type { CardButton } from '@sendocki/domain/whatsapp/carousel'
import type { TemplateState } from '@sendocki/domain/whatsapp/template'
import type { NewTemplate, NewTemplateCard, RemoteTemplate } from '../port.ts'
import { asFields, asList, asText, type Fields } from './reading.ts'

const states: Readonly<Record<string, TemplateState>> = {
  PENDING: 'pending',
  IN_APPEAL: 'in_appeal',
  APPROVED: 'approved',
  REINSTATED: 'approved',
  REJECTED: 'rejected',
  PAUSED: 'paused',
  DISABLED: 'disabled',
  LIMIT_EXCEEDED: 'limited',
  PENDING_DELETION: 'deleted',
  DELETED: 'deleted',
  ARCHIVED: 'deleted',
}

/** A word that we do not know is no approval. Source: integrations.md 4.2. */
export const stateOf = (word: string | null): TemplateState => states[word?.toUpperCase() ?? ''] ?? 'other'

/** Meta says NONE where there is no reason. */
export const reasonOf = (word: string | null): string | null => (word === 'NONE' ? null : word)

const component = (components: readonly unknown[], type: string): Fields =>
  asFields(components.find((one) => asText(asFields(one).type)?.toUpperCase() === type))

/** A button that we could not write, such as a phone number, is named a link without an address. */
const cardButtonOf = (value: unknown): CardButton => {
  const button = asFields(value)
  const text = asText(button.text) ?? ''
  if (asText(button.type)?.toUpperCase() === 'QUICK_REPLY') return { kind: 'quick_reply', text, url: null }
  return { kind: 'url', text, url: asText(button.url) }
}

const cardOf = (value: unknown): RemoteTemplate['cards'][number] => {
  const components = asList(asFields(value).components)
  const format = asText(component(components, 'HEADER').format)?.toUpperCase()
  return {
    header: format === 'VIDEO' ? 'video' : 'image',
    body: asText(component(components, 'BODY').text) ?? '',
    buttons: asList(component(components, 'BUTTONS').buttons).map(cardButtonOf),
  }
}

/** One template of the list; null for a row without the fields that make one. */
export const templateOf = (value: unknown): RemoteTemplate | null => {
  const row = asFields(value)
  const [templateId, name, language] = [asText(row.id), asText(row.name), asText(row.language)]
  if (templateId === null || name === null || language === null) return null
  const components = asList(row.components)
  const buttons = asList(component(components, 'BUTTONS').buttons).map(asFields)
  return {
    templateId,
    name,
    language,
    category: asText(row.category)?.toLowerCase() ?? 'unknown',
    state: stateOf(asText(row.status)),
    reason: reasonOf(asText(row.rejected_reason)),
    quality: asText(asFields(row.quality_score).score)?.toLowerCase() ?? null,
    header: asText(component(components, 'HEADER').text),
    body: asText(component(components, 'BODY').text) ?? '',
    footer: asText(component(components, 'FOOTER').text),
    buttons: buttons.flatMap((button) => (button.type === 'QUICK_REPLY' ? [asText(button.text) ?? ''] : [])),
    cards: asList(component(components, 'CAROUSEL').cards).map(cardOf),
  }
}

/** A text, with an example of each value, which Meta's reviewers read. */
const textOf = (text: string, examples: readonly string[]): object => ({
  ...{ type: 'BODY', text },
  ...(examples.length > 0 ? { example: { body_text: [examples] } } : {}),
})

const bodyOfCard = ({ header, sample, body, examples, buttons }: NewTemplateCard): object => ({
  components: [
    { type: 'HEADER', format: header.toUpperCase(), example: { header_handle: [sample] } },
    textOf(body, examples),
    {
      type: 'BUTTONS',
      buttons: buttons.map(({ kind, text, url }) =>
        kind === 'url' ? { type: 'URL', text, url } : { type: 'QUICK_REPLY', text },
      ),
    },
  ],
})

/** The body of the call that creates one. */
export const bodyOfTemplate = ({
  header,
  body,
  footer,
  buttons,
  cards,
  examples,
  ...template
}: NewTemplate): object => ({
  name: template.name,
  language: template.language,
  category: template.category.toUpperCase(),
  components: [
    ...(header === null ? [] : [{ type: 'HEADER', format: 'TEXT', text: header }]),
    textOf(body, examples),
    ...(footer === null ? [] : [{ type: 'FOOTER', text: footer }]),
    ...(buttons.length === 0
      ? []
      : [{ type: 'BUTTONS', buttons: buttons.map((text) => ({ type: 'QUICK_REPLY', text })) }]),
    ...(cards.length === 0 ? [] : [{ type: 'CAROUSEL', cards: cards.map(bodyOfCard) }]),
  ],
})
