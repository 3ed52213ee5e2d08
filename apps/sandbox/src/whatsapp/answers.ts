import type { FastifyReply } from 'fastify'

const titles: Readonly<Record<number, string>> = {
  100: 'Unsupported request. Object does not exist or cannot be loaded due to missing permissions.',
  190: 'Error validating access token: the session has been invalidated.',
  131008: 'Required parameter is missing',
  131009: 'Parameter value is not valid',
  131026: 'Message undeliverable',
  131047: 'Re-engagement message',
  131051: 'Unsupported message type',
  131053: 'Media upload error',
  131056: '(Business Account, Consumer Account) pair rate limit hit',
  132012: 'Parameter format does not match format in the created template',
  132000: 'Number of parameters does not match the expected number of params',
  132001: 'Template name does not exist in the translation',
}
const statuses: Readonly<Record<number, number>> = { 190: 401, 131000: 500, 131016: 503, 2: 503 }

/** An error as it stands in a status webhook. */
export const statusError = (code: number) => {
  const title = titles[code] ?? 'Something went wrong'
  return { code, title, message: title, error_data: { details: title } }
}

/** The envelope of every refusal. Source: integrations.md 4.6. */
export const errorBody = (code: number, details = titles[code] ?? 'Something went wrong') => ({
  error: {
    message: `(#${code}) ${details}`,
    type: 'OAuthException',
    code,
    error_data: { messaging_product: 'whatsapp', details },
    fbtrace_id: `AtlasTrace${code}`,
  },
})

export const refuse = (reply: FastifyReply, code: number, details?: string): FastifyReply =>
  reply.code(statuses[code] ?? 400).send(errorBody(code, details))
