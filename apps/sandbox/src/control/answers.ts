import type { FastifyReply } from 'fastify'
import type { Delivery } from '../outgoing.ts'

/** A refusal of the control calls: one sentence that says what to change. */
export const refuse = (reply: FastifyReply, status: 400 | 404, sentence: string): FastifyReply =>
  reply.code(status).send({ error: sentence })

/** What a control call says about the webhooks it caused: the first attempt is over, retries may follow. */
export const told = (deliveries: readonly Delivery[]) =>
  deliveries.map(({ id, topic, url, status, attempts }) => ({ id, topic, url, status, attempts }))
