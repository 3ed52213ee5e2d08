import type { FastifyInstance } from 'fastify'
import { nextId, type World } from '../world.ts'
import { refuse } from './answers.ts'
import { carouselFault } from './carousels.ts'
import { partOf } from './parts.ts'
import type { PlayedTemplate } from './state.ts'
import { textFault } from './texts.ts'
import { tellTemplate } from './webhook.ts'

/** Meta's reviewers are faster here than there. */
const reviewMillis = 3_000

const shown = ({ accountId: _account, reason, quality, ...template }: PlayedTemplate) => ({
  ...template,
  rejected_reason: reason,
  quality_score: { score: quality },
})

/** Templates of an account: listed by pages, created, reviewed by and by. Source: integrations.md 4.2. */
export const templateRoutes = (app: FastifyInstance, world: World): void => {
  app.get<{ Params: { id: string }; Querystring: { limit?: string; after?: string } }>(
    '/:id/message_templates',
    ({ params, query, url, host }) => {
      const all = [...world.state.whatsapp.templates.values()].filter(({ accountId }) => accountId === params.id)
      const from = Number(query.after ?? 0)
      const limit = Math.min(100, Number(query.limit ?? 25))
      const last = from + limit
      const more = last < all.length ? { next: `http://${host}${url}` } : {}
      return {
        data: all.slice(from, last).map(shown),
        paging: { cursors: { before: String(from), after: String(last) }, ...more },
      }
    },
  )
  app.post<{ Params: { id: string }; Body: Readonly<Record<string, unknown>> | undefined }>(
    '/:id/message_templates',
    ({ params, body = {} }, reply) => {
      const { name, language, category, components } = body
      if (typeof name !== 'string' || !/^[a-z0-9_]{1,512}$/.test(name)) return refuse(reply, 100, 'Invalid name')
      if (typeof language !== 'string' || !Array.isArray(components)) return refuse(reply, 100, 'Invalid parameter')
      if (category !== 'UTILITY' && category !== 'MARKETING') return refuse(reply, 100, 'Invalid category')
      const fault = textFault(partOf(components, 'BODY')) ?? carouselFault(world, components, category)
      if (fault !== null) return refuse(reply, 100, fault)
      const { whatsapp } = world.state
      const taken = [...whatsapp.templates.values()].some(
        (one) => one.accountId === params.id && one.name === name && one.language === language,
      )
      if (taken) return refuse(reply, 100, 'There is already content in this language for this template.')
      const template: PlayedTemplate = {
        ...{ id: String(nextId(world)), accountId: params.id, name, language, category, components },
        ...{ status: 'PENDING', reason: 'NONE', quality: 'UNKNOWN' },
      }
      whatsapp.templates.set(template.id, template)
      if (!whatsapp.holdTemplates)
        world.timers.after(reviewMillis * world.pace, () => void judgeTemplate(world, template, { event: 'APPROVED' }))
      return { id: template.id, status: template.status, category }
    },
  )
}

export interface Judgement {
  readonly event?: string
  readonly reason?: string
  readonly category?: string
  readonly quality?: string
}

/** What becomes of a template, and the deliveries that tell of it. */
export const judgeTemplate = async (world: World, template: PlayedTemplate, judgement: Judgement) => {
  const { event, reason = 'NONE', category, quality } = judgement
  const names = {
    message_template_id: Number(template.id),
    message_template_name: template.name,
    message_template_language: template.language,
  }
  const told = []
  if (event !== undefined) {
    Object.assign(template, { status: event, reason })
    const value = { event, ...names, message_template_category: template.category, reason }
    told.push(...(await tellTemplate(world, template.accountId, 'message_template_status_update', value)))
  }
  if (category !== undefined) {
    const value = { ...names, previous_category: template.category, new_category: category }
    template.category = category
    told.push(...(await tellTemplate(world, template.accountId, 'template_category_update', value)))
  }
  if (quality !== undefined) {
    const value = { ...names, previous_quality_score: template.quality, new_quality_score: quality }
    template.quality = quality
    told.push(...(await tellTemplate(world, template.accountId, 'message_template_quality_update', value)))
  }
  return told
}
