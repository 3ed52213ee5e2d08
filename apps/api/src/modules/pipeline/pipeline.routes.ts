import { Pipeline } from '@sendocki/domain/orders/pipeline-schema'
import { ref } from '@sendocki/domain/schema'
import { type Api, problems } from '../../http/api.ts'
import { readPipeline } from './pipeline.commands.ts'

export const pipelineRoutes = (app: Api): void => {
  app.get(
    '/pipeline',
    {
      config: { permission: 'pipeline.read' },
      schema: {
        operationId: 'getPipeline',
        tags: ['Pipeline'],
        summary: 'The stages, what each leads to and asks for, and the reasons',
        response: { 200: ref(Pipeline), ...problems },
      },
    },
    (req) => readPipeline(req.ctx),
  )
}
