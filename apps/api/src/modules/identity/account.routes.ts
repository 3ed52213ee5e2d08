import { EditMe, EditMerchant, Instance, Me, Merchant, User } from '@sendocki/domain/identity/account'
import { ref } from '@sendocki/domain/schema'
import { type Api, problems } from '../../http/api.ts'
import { personOf } from '../../http/auth.ts'
import { editMe, editMerchant, readInstance, readMe, readMerchant } from './account.commands.ts'

const tags = ['Identity']

export const accountRoutes = (app: Api): void => {
  app.get(
    '/instance',
    {
      config: { permission: 'public' },
      schema: {
        operationId: 'getInstance',
        tags,
        summary: 'What a visitor may know of this installation',
        response: { 200: ref(Instance), ...problems },
      },
    },
    (req) => readInstance(req.publicCtx),
  )
  app.get(
    '/me',
    {
      config: { permission: 'session' },
      schema: {
        operationId: 'getMe',
        tags,
        summary: 'The person, where they are a member and with what rights',
        response: { 200: ref(Me), ...problems },
      },
    },
    (req) => readMe(req.publicCtx, personOf(req), req.merchantCtx?.merchantId ?? null),
  )
  app.patch(
    '/me',
    {
      config: { permission: 'session' },
      schema: {
        operationId: 'editMe',
        tags,
        summary: "Changes the person's name or language",
        body: ref(EditMe),
        response: { 200: ref(User), ...problems },
      },
    },
    (req) => editMe(req.publicCtx, personOf(req), req.body),
  )
  app.get(
    '/merchant',
    {
      config: { permission: 'merchant.read' },
      schema: {
        operationId: 'getMerchant',
        tags,
        summary: 'The merchant',
        response: { 200: ref(Merchant), ...problems },
      },
    },
    (req) => readMerchant(req.ctx),
  )
  app.patch(
    '/merchant',
    {
      config: { permission: 'merchant.edit' },
      schema: {
        operationId: 'editMerchant',
        tags,
        summary: "Changes the merchant's name, language or what machines may decide",
        body: ref(EditMerchant),
        response: { 200: ref(Merchant), ...problems },
      },
    },
    (req) => editMerchant(req.ctx, req.body),
  )
}
