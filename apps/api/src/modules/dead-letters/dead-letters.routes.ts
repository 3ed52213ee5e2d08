import { DeadLetter, DeadLetterDetail, DeadLetterPage, DeadLetterQuery } from '@sendocki/domain/inbound/dead-letter'
import { IdParams, ref } from '@sendocki/domain/schema'
import { type Api, problems } from '../../http/api.ts'
import { dismissDeadLetter, readDeadLetter, replayDeadLetter } from './dead-letters.commands.ts'
import { listDeadLetters } from './dead-letters.queries.ts'

const tags = ['Inbound']

/** Jobs that gave up, for a person to look at. */
export const deadLettersRoutes = (app: Api): void => {
  app.get(
    '/dead-letters',
    {
      config: { permission: 'inbound.read' },
      schema: {
        operationId: 'listDeadLetters',
        tags,
        summary: 'Jobs that gave up and wait for a person, newest first',
        querystring: DeadLetterQuery,
        response: { 200: ref(DeadLetterPage), ...problems },
      },
    },
    (req) => req.ctx.read((tx) => listDeadLetters(tx, req.query)),
  )
  app.get(
    '/dead-letters/:id',
    {
      config: { permission: 'inbound.read' },
      schema: {
        operationId: 'getDeadLetter',
        tags,
        summary: 'One of them, with the delivery that it could not read',
        params: IdParams,
        response: { 200: ref(DeadLetterDetail), ...problems },
      },
    },
    (req) => readDeadLetter(req.ctx, req.params.id),
  )
  for (const [action, operationId, summary, command] of [
    ['replay', 'replayDeadLetter', 'Run the job once more', replayDeadLetter],
    ['dismiss', 'dismissDeadLetter', 'Settle it without doing anything', dismissDeadLetter],
  ] as const)
    app.post(
      `/dead-letters/:id/${action}`,
      {
        config: { permission: 'inbound.replay' },
        schema: { operationId, tags, summary, params: IdParams, response: { 200: ref(DeadLetter), ...problems } },
      },
      (req) => command(req.ctx, req.params.id),
    )
}
