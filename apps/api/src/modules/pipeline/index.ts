export { pipelineOf, seedPipeline } from './pipeline.commands.ts'
export { pipelineRoutes } from './pipeline.routes.ts'
