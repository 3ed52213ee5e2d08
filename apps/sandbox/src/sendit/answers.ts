import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Refusal } from './parcels.ts'

/** Sendit's envelope of a success. */
export const success = (message: string, data: unknown) => ({ success: true, message, data })

/** Fields that are wrong answer 422 in Laravel's way; any other refusal sits inside a 200. Source: integrations.md 1.2. */
export const refuse = (reply: FastifyReply, refusal: Refusal): FastifyReply => {
  if (refusal.kind === 'sentence') return reply.code(200).send({ success: false, message: refusal.message })
  const first = Object.values(refusal.errors)[0]?.[0] ?? 'Les données sont invalides.'
  return reply.code(422).send({
    ...(refusal.code ? { success: false, code: refusal.code } : {}),
    message: first,
    errors: refusal.errors,
  })
}

export const notFound = (reply: FastifyReply): FastifyReply =>
  reply.code(404).send({ success: false, message: 'Introuvable.' })

const usualPage = 100
const largestPage = 200

/** Laravel's flat pager; `page` and `per_page` of the query, pages from 1. */
export const pageOf = (request: FastifyRequest, all: readonly unknown[]) => {
  const query = request.query as Readonly<Record<string, string | undefined>>
  const perPage = Math.min(largestPage, Math.max(1, Math.trunc(Number(query.per_page)) || usualPage))
  const page = Math.max(1, Math.trunc(Number(query.page)) || 1)
  const last = Math.max(1, Math.ceil(all.length / perPage))
  const link = (number: number): string | null => {
    if (number < 1 || number > last) return null
    const url = new URL(request.url, `http://${request.host}`)
    url.searchParams.set('page', String(number))
    return url.href
  }
  return {
    data: all.slice((page - 1) * perPage, page * perPage),
    total: all.length,
    per_page: perPage,
    current_page: page,
    last_page: last,
    next_page_url: link(page + 1),
    prev_page_url: link(page - 1),
  }
}
