import type { Socket } from 'node:net'
import type { RefusalCode } from '@sendocki/domain/refusals'
import { type Refusal, Refused } from '@sendocki/domain/result'
import { named, nullable } from '@sendocki/domain/schema'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { hideFields } from './access.ts'
import { bareHeaders } from './security.ts'

/** RFC 9457, with our code and its facts: the sentence belongs to the reader's language. */
export const Problem = named(
  'Problem',
  Type.Object({
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({ description: 'noun.what_happened' }),
    params: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    fields: Type.Optional(Type.Array(Type.Object({ path: Type.String(), code: Type.String() }))),
    requestId: Type.String(),
    current: Type.Optional(nullable(Type.Unknown())),
  }),
)
export type Problem = Static<typeof Problem>

declare module 'fastify' {
  interface FastifyRequest {
    /** Why the request was refused, once it was. */
    refusal: RefusalCode | null
  }
}

/** One status for each reason; a new reason does not compile until it has one. */
export const statusOf = {
  'request.invalid': 400,
  'request.too_large': 413,
  'request.unsupported_type': 415,
  'request.not_found': 404,
  'request.too_many': 429,
  'request.header_too_large': 431,
  'request.too_slow': 408,
  'server.failed': 500,
  'server.unavailable': 503,
  'auth.required': 401,
  'auth.forbidden': 403,
  'auth.wrong_credentials': 401,
  'auth.wrong_code': 422,
  'auth.code_expired': 422,
  'auth.link_expired': 422,
  'auth.origin_refused': 403,
  'auth.session_ended': 401,
  'auth.sign_in_first': 409,
  'auth.wrong_password': 422,
  'auth.password_needed': 422,
  'auth.person_required': 403,
  'password.too_common': 422,
  'password.own_words': 422,
  'idempotency.key_required': 400,
  'idempotency.key_reused': 409,
  'idempotency.in_progress': 409,
  'demo.not_available': 404,
  'plan.limit_reached': 403,
  'merchant.not_found': 404,
  'merchant.changed_meanwhile': 409,
  'member.not_found': 404,
  'member.changed_meanwhile': 409,
  'member.last_owner': 409,
  'member.not_yourself': 409,
  'member.owner_protected': 403,
  'member.already_there': 409,
  'invitation.not_found': 404,
  'invitation.never_owner': 422,
  'role.not_found': 404,
  'session.not_found': 404,
  'api_key.not_found': 404,
  'api_key.unknown': 401,
  'api_key.expired': 401,
  'api_key.revoked': 401,
  'api_key.paused': 401,
  'api_key.role_not_allowed': 422,
  'api_key.beyond_maker': 403,
  'api_key.too_many': 409,
  'store.not_found': 404,
  'store.changed_meanwhile': 409,
  'store.platform_unavailable': 422,
  'store.credentials_refused': 422,
  'store.shop_invalid': 422,
  'store.shop_taken': 409,
  'store.oauth_refused': 422,
  'store.oauth_state_invalid': 422,
  'store.not_connected': 409,
  'store.answer_unreadable': 422,
  'url.not_allowed': 422,
  'hook.refused': 401,
  'inbound.not_found': 404,
  'inbound.unreadable': 422,
  'inbound.erased': 409,
  'dead_letter.not_found': 404,
  'dead_letter.settled': 409,
  'dead_letter.not_replayable': 409,
  'order.not_found': 404,
  'order.changed_meanwhile': 409,
  'order.move_not_allowed': 409,
  'order.move_forbidden': 403,
  'order.already_there': 409,
  'order.reason_required': 422,
  'order.reason_unknown': 422,
  'order.field_required': 422,
  'order.stage_unknown': 422,
  'order.undo_superseded': 409,
  'order.undo_expired': 409,
  'order.undo_impossible': 409,
  'order.nothing_to_undo': 409,
  'order.total_mismatch': 422,
  'order.deposit_above_total': 422,
  'order.phone_impossible': 422,
  'order.city_unknown': 422,
  'order.locked_by_parcel': 409,
  'order.incomplete': 422,
  'order.currency_unsupported': 422,
  'order.test_order': 422,
  'order.sample': 422,
  'call.not_found': 404,
  'call.customer_held': 409,
  'call.lease_lost': 409,
  'call.on_pause': 409,
  'call.outside_hours': 422,
  'call.questions_open': 422,
  'call.callback_unread': 422,
  'call.callback_past': 422,
  'call.phone_incomplete': 422,
  'call.phone_unknown': 404,
  'call.outcome_saved': 409,
  'order.no_duplicate': 422,
  'order.duplicate_decided': 409,
  'sample.already_there': 409,
  'sample.not_there': 409,
  'order.masked_value': 422,
  'bulk.not_found': 404,
  'bulk.too_many': 422,
  'bulk.nothing_chosen': 422,
  'bulk.already_over': 409,
  'bulk.not_undoable': 409,
  'order.too_many_tags': 422,
  'view.not_found': 404,
  'view.changed_meanwhile': 409,
  'view.too_many': 422,
  'export.not_found': 404,
  'export.not_ready': 409,
  'export.rights_changed': 403,
  'export.too_many_rows': 422,
  'export.too_many_open': 429,
  'import.not_found': 404,
  'import.not_ready': 409,
  'import.mapping_incomplete': 422,
  'import.too_many_open': 409,
  'import.row_not_found': 404,
  'import.row_settled': 409,
  'order.nothing_to_repair': 422,
  'customer.not_found': 404,
  'customer.changed_meanwhile': 409,
  'customer.not_blocked': 409,
  'customer.merge_itself': 422,
  'customer.already_merged': 409,
  'customer.merge_too_large': 422,
  'customer.sample': 422,
  'customer.already_erased': 409,
  'merge.not_found': 404,
  'merge.already_undone': 409,
  'merge.superseded': 409,
  'segment.not_found': 404,
  'segment.changed_meanwhile': 409,
  'segment.too_many': 409,
  'event.not_found': 404,
  'product.not_found': 404,
  'product.changed_meanwhile': 409,
  'product.sku_taken': 409,
  'product.full': 409,
  'product.archived': 409,
  'variant.not_found': 404,
  'photo.not_found': 404,
  'photo.unreadable': 422,
  'photo.too_large': 422,
  'shop_product.not_found': 404,
  'shop_product.settled': 409,
  'city_spelling.not_found': 404,
  'city_spelling.homonym': 422,
  'city_spelling.taken': 409,
  'stage.not_found': 404,
  'pipeline.changed_meanwhile': 409,
  'pipeline.first_stage_needed': 409,
  'pipeline.full': 409,
  'reason.not_found': 404,
  'reason.last_one': 409,
  'call_settings.changed_meanwhile': 409,
  'call_script.not_found': 404,
  'call_script.changed_meanwhile': 409,
  'call_script.taken': 409,
  'call_script.too_many': 422,
  'call_script.unknown_variable': 422,
  'carrier.not_found': 404,
  'carrier_account.not_found': 404,
  'carrier_account.changed_meanwhile': 409,
  'carrier_account.not_ready': 409,
  'carrier.credentials_refused': 422,
  'carrier.unavailable': 503,
  'carrier.refused': 422,
  'carrier.too_busy': 503,
  'carrier.capability_missing': 422,
  'carrier.status_not_found': 404,
  'carrier_place.not_found': 404,
  'carrier_file.not_found': 404,
  'carrier_file.already_run': 409,
  'carrier_file.not_tried': 409,
  'carrier_file.mapping_incomplete': 422,
  'file.unreadable': 422,
  'parcel.not_found': 404,
  'parcel.already_live': 409,
  'parcel.order_not_ready': 422,
  'parcel.city_not_served': 422,
  'parcel.city_unmatched': 422,
  'parcel.amount_not_whole': 422,
  'parcel.not_cancellable': 409,
  'parcel.not_booked': 409,
  'parcel.changed_meanwhile': 409,
  'parcel.phone_unusable': 422,
  'parcel.tracking_taken': 409,
  'parcel.return_not_expected': 409,
  'tracking_operation.not_found': 404,
  'tracking_operation.already_undone': 409,
  'delivery.not_open': 409,
  'parcel.too_many': 422,
  'label.not_found': 404,
  'label.not_available': 409,
  'paper.not_found': 404,
  'paper.not_ready': 409,
  'paper.settled': 409,
  'paper.too_many_open': 409,
  'paper.rights_changed': 403,
  'paper.nothing_to_print': 422,
  'pickup.not_available': 409,
  'collection.not_due': 409,
  'collection.status_not_allowed': 409,
  'collection.operation_not_found': 404,
  'collection.already_undone': 409,
  'collection.changed_meanwhile': 409,
  'ledger.unbalanced': 500,
  'whatsapp_number.not_found': 404,
  'whatsapp_number.changed_meanwhile': 409,
  'whatsapp_number.already_there': 409,
  'whatsapp_number.not_ready': 409,
  'whatsapp.token_refused': 422,
  'whatsapp.action_needed': 422,
  'whatsapp.number_refused': 422,
  'whatsapp.account_refused': 422,
  'whatsapp.too_busy': 503,
  'template.not_found': 404,
  'template.changed_meanwhile': 409,
  'template.name_taken': 409,
  'template.not_approved': 422,
  'template.variable_missing': 422,
  'conversation.not_found': 404,
  'message.window_closed': 422,
  'message.opted_out': 422,
  'message.no_whatsapp': 422,
  'message.outside_hours': 422,
  'message.refused': 422,
  'message.too_many_marketing': 422,
  'message.delivery_failed': 422,
  'message.outcome_unknown': 409,
  'quick_reply.not_found': 404,
  'quick_reply.too_many': 422,
  'notification.not_found': 404,
} as const satisfies Record<RefusalCode, number>

/** Seconds after which asking again makes sense, told in Retry-After. */
const retryAfter: Partial<Record<number, string>> = { 429: '60', 503: '5' }

const titles: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  408: 'Too slow',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported type',
  422: 'Refused',
  429: 'Too many requests',
  431: 'Header too large',
  500: 'Failed',
  503: 'Unavailable',
}

export const problemOf = (refusal: Refusal, requestId: string): Problem => {
  const status = statusOf[refusal.code]
  const { current, ...params } = refusal.params ?? {}
  return {
    type: `/docs#${refusal.code}`,
    title: titles[status] ?? 'Refused',
    status,
    code: refusal.code,
    ...(Object.keys(params).length > 0 ? { params } : {}),
    ...(refusal.fields ? { fields: [...refusal.fields] } : {}),
    ...(current === undefined ? {} : { current }),
    requestId,
  }
}

export const sendProblem = (req: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply => {
  req.refusal = refusal.code
  const problem = problemOf(refusal, req.id)
  if (problem.current) problem.current = hideFields(req, problem.current)
  const wait = refusal.params?.retryAfterSeconds
  const after = typeof wait === 'number' ? String(Math.ceil(wait)) : retryAfter[problem.status]
  if (after && !reply.hasHeader('retry-after')) reply.header('retry-after', after)
  // Nobody reads the rest of what is too large.
  if (problem.status === 413) reply.header('connection', 'close')
  return reply
    .code(problem.status)
    .serializer(JSON.stringify)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(problem)
}

const unreadable: Record<string, RefusalCode> = {
  HPE_HEADER_OVERFLOW: 'request.header_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request.too_slow',
}

/** Bytes that are no request reach no route: answered in the same shape, and the connection ends. */
export const refuseUnreadable = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const problem = problemOf({ code: unreadable[error.code ?? ''] ?? 'request.invalid' }, crypto.randomUUID())
  const body = JSON.stringify(problem)
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
    'content-type: application/problem+json; charset=utf-8',
    ...Object.entries(bareHeaders).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  socket.destroySoon()
}

/** Fastify's own errors, in our words. Whatever is not listed and not expected is a 500 without a detail. */
const refusalOf = (error: FastifyError): Refusal | undefined => {
  if (error instanceof Refused) return error.refusal
  if (error.validation) return { code: 'request.invalid', fields: fieldsOf(error) }
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return { code: 'request.too_large' }
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return { code: 'request.unsupported_type' }
  const { statusCode } = error
  if (statusCode === 429) return { code: 'request.too_many' }
  if (statusCode === 413) return { code: 'request.too_large' }
  if (statusCode === 404) return { code: 'request.not_found' }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return { code: 'request.invalid' }
  return undefined
}

const fieldCodes: Record<string, string> = {
  required: 'missing',
  additionalProperties: 'unknown',
  type: 'wrong_type',
  enum: 'not_in_list',
  format: 'wrong_format',
  pattern: 'wrong_format',
  minLength: 'too_short',
  maxLength: 'too_long',
  minimum: 'too_small',
  maximum: 'too_large',
  exclusiveMinimum: 'too_small',
  exclusiveMaximum: 'too_large',
  minItems: 'too_few',
  maxItems: 'too_many',
  uniqueItems: 'repeated',
}

const fieldsOf = (error: FastifyError): { path: string; code: string }[] =>
  (error.validation ?? []).slice(0, 50).map(({ instancePath, keyword, params }) => {
    const leaf = params.missingProperty ?? params.additionalProperty
    const path = `${instancePath}${leaf === undefined ? '' : `/${String(leaf)}`}`
    return { path: path.replace(/^\//, '').replaceAll('/', '.').slice(0, 200), code: fieldCodes[keyword] ?? 'invalid' }
  })

/** What PostgreSQL says of a text that is no uuid, instant or number. */
const notStorable = ['22P02', '22007', '22008', '22003']

/** A cursor of the right shape that was made by hand: its parts reach the database before anything can tell. */
const madeCursor = (req: FastifyRequest, error: Error): Refusal | undefined => {
  const { code } = (error.cause ?? error) as { code?: string }
  const hasCursor = (req.query as { cursor?: string } | undefined)?.cursor !== undefined
  return hasCursor && notStorable.includes(code ?? '')
    ? { code: 'request.invalid', fields: [{ path: 'cursor', code: 'wrong_format' }] }
    : undefined
}

/** Every failure leaves as one shape; a surprise is logged once with its request id and tells nothing outside. */
export const registerProblems = (app: FastifyInstance): void => {
  app.decorateRequest('refusal', null)
  app.setErrorHandler((error: FastifyError, req, reply) => {
    const refusal = refusalOf(error) ?? madeCursor(req, error)
    if (!refusal) req.log.error({ err: error, requestId: req.id }, 'request failed')
    else if (refusal.code === 'server.unavailable') req.log.warn({ cause: String(error.cause) }, 'database away')
    return sendProblem(req, reply, refusal ?? { code: 'server.failed' })
  })
}
