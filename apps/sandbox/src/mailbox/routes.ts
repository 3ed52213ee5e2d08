import type { FastifyInstance } from 'fastify'
import type { World } from '../world.ts'

/** What was mailed, newest first. Source: api.md 3. */
export const mailboxRoutes = (app: FastifyInstance, world: World): void => {
  app.get<{ Querystring: { to?: string } }>('/mailbox', (request) => {
    const wanted = request.query.to?.trim().toLowerCase()
    const { mails } = world.state
    return { items: mails.filter(({ to }) => !wanted || to.toLowerCase() === wanted).toReversed() }
  })

  app.delete('/mailbox', () => {
    world.state.mails.splice(0)
    return { items: [] }
  })

  /** The HTML part as it is, in a document that may do nothing but open links elsewhere. */
  app.get<{ Params: { id: string } }>('/mailbox/:id/html', (request, reply) => {
    const mail = world.state.mails.find(({ id }) => id === request.params.id)
    if (!mail?.html) return reply.code(404).send({ error: 'No such mail, or a mail without an HTML part.' })
    return reply
      .type('text/html; charset=utf-8')
      .header(
        'content-security-policy',
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
      )
      .send(`<base target="_blank">${mail.html}`)
  })
}
