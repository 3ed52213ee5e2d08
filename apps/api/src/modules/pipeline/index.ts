export { pipelineOf, seedPipeline, wholePipeline } from './pipeline.commands.ts'
export { pipelineRoutes } from './pipeline.routes.ts'
export { dropStage, lastEdit, lockStage, raiseVersion, storePipeline } from './storing.queries.ts'
