import { Samples } from '@sendocki/domain/samples/sample'
import { ref } from '@sendocki/domain/schema'
import { type Api, problems } from '../../http/api.ts'
import { addSamples, readSamples, removeSamples } from './samples.commands.ts'

const tags = ['Account']

export const samplesRoutes = (app: Api): void => {
  app.get(
    '/samples',
    {
      config: { permission: 'merchant.read' },
      schema: {
        operationId: 'getSamples',
        tags,
        summary: 'Whether the account holds sample orders, and what taking them away would remove',
        response: { 200: ref(Samples), ...problems },
      },
    },
    (req) => readSamples(req.ctx),
  )
  app.post(
    '/samples',
    {
      config: { permission: 'samples.edit' },
      schema: {
        operationId: 'addSamples',
        tags,
        summary:
          'Fills the account with 90 days of sample orders, in the background; they reach no carrier and no shop',
        response: { 202: ref(Samples), ...problems },
      },
    },
    (req, reply) => {
      reply.code(202)
      return addSamples(req.ctx)
    },
  )
  app.delete(
    '/samples',
    {
      config: { permission: 'samples.edit' },
      schema: {
        operationId: 'removeSamples',
        tags,
        summary: 'Takes all sample orders away, in the background; nothing else is touched',
        response: { 202: ref(Samples), ...problems },
      },
    },
    (req, reply) => {
      reply.code(202)
      return removeSamples(req.ctx)
    },
  )
}
