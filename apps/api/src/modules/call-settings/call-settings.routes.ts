import { CallScript, CallScriptList, CreateCallScript, EditCallScript } from '@sendocki/domain/calls/script'
import { KeptCallSettings, SaveCallSettings } from '@sendocki/domain/calls/settings'
import { IdParams, ref } from '@sendocki/domain/schema'
import { type Api, done, problems } from '../../http/api.ts'
import { changeCallSettings, showCallSettings } from './call-settings.commands.ts'
import { createScript, deleteScript, editScript, readScripts } from './scripts.commands.ts'

const tags = ['Calls']

export const callSettingsRoutes = (app: Api): void => {
  app.get(
    '/calls/settings',
    {
      config: { permission: 'call_settings.read' },
      schema: {
        operationId: 'getCallSettings',
        tags,
        summary: 'Hours, calendars, retry ladder and what must be asked, in Africa/Casablanca',
        response: { 200: ref(KeptCallSettings), ...problems },
      },
    },
    (req) => showCallSettings(req.ctx),
  )
  app.put(
    '/calls/settings',
    {
      config: { permission: 'call_settings.edit' },
      schema: {
        operationId: 'changeCallSettings',
        tags,
        summary: 'Replaces the settings in the version that was read',
        body: ref(SaveCallSettings),
        response: { 200: ref(KeptCallSettings), ...problems },
      },
    },
    (req) => changeCallSettings(req.ctx, req.body),
  )
  app.get(
    '/calls/scripts',
    {
      config: { permission: 'call_settings.read' },
      schema: {
        operationId: 'listCallScripts',
        tags,
        summary: 'What agents read out, by product and tongue',
        response: { 200: ref(CallScriptList), ...problems },
      },
    },
    (req) => readScripts(req.ctx),
  )
  app.post(
    '/calls/scripts',
    {
      config: { permission: 'call_settings.edit' },
      schema: {
        operationId: 'createCallScript',
        tags,
        summary: 'Writes the script of a product, or of all products, in a tongue; words in braces are filled in',
        body: ref(CreateCallScript),
        response: { 201: ref(CallScript), ...problems },
      },
    },
    (req, reply) => {
      reply.code(201)
      return createScript(req.ctx, req.body)
    },
  )
  app.patch(
    '/calls/scripts/:id',
    {
      config: { permission: 'call_settings.edit' },
      schema: {
        operationId: 'editCallScript',
        tags,
        summary: 'Changes a script in the version that was read',
        params: IdParams,
        body: ref(EditCallScript),
        response: { 200: ref(CallScript), ...problems },
      },
    },
    (req) => editScript(req.ctx, { id: req.params.id, ...req.body }),
  )
  app.delete(
    '/calls/scripts/:id',
    {
      config: { permission: 'call_settings.edit' },
      schema: {
        operationId: 'deleteCallScript',
        tags,
        summary: 'Deletes a script',
        params: IdParams,
        response: { 204: done, ...problems },
      },
    },
    async (req, reply) => {
      await deleteScript(req.ctx, req.params.id)
      return reply.code(204).send(null)
    },
  )
}
