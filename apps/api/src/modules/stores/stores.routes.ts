import { closed, IdParams, pageQuery, ref } from '@sendocki/domain/schema'
import {
  CreateStore,
  EditStore,
  ReconnectStore,
  RotateSecret,
  Store,
  StoreCreated,
  StorePage,
  SyncStore,
} from '@sendocki/domain/stores/store'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Ctx } from '../../context.ts'
import { type Api, problems } from '../../http/api.ts'
import { consentCookie, consentMillis } from './consent.commands.ts'
import { consentCookieName } from './consent.routes.ts'
import {
  createStore,
  disconnectStore,
  editStore,
  readStore,
  readStores,
  reconnectStore,
  rotateSecret,
  syncStore,
  testStore,
} from './stores.commands.ts'

const tags = ['Stores']
const read = { permission: 'stores.read' } as const
const edit = { permission: 'stores.edit' } as const

/** Actions whose every field may be left out can be called without a body. */
const preValidation = async (req: FastifyRequest): Promise<void> => {
  req.body ??= {}
}

/** The browser that asked for the consent is the one that may finish it. */
const withCookie = (
  ctx: Ctx,
  reply: FastifyReply,
  created: StoreCreated,
  { returnTo }: Pick<CreateStore, 'returnTo'>,
): StoreCreated => {
  const { authorizeUrl } = created
  if (authorizeUrl)
    reply.setCookie(
      consentCookieName,
      consentCookie(ctx, created, { authorizeUrl, ...(returnTo ? { returnTo } : {}) }),
      {
        httpOnly: true,
        secure: true,
        sameSite: 'lax',
        path: '/',
        maxAge: consentMillis / 1000,
      },
    )
  return created
}

/** Connected shops: how each is doing, and what a person can do about it. */
export const storesRoutes = (app: Api): void => {
  app.get(
    '/stores',
    {
      config: read,
      schema: {
        operationId: 'listStores',
        tags,
        summary: 'Connected shops',
        querystring: closed(pageQuery),
        response: { 200: ref(StorePage), ...problems },
      },
    },
    (req) => readStores(req.ctx, req.query),
  )
  app.post(
    '/stores',
    {
      config: edit,
      schema: {
        operationId: 'createStore',
        tags,
        summary: 'Connect a shop: by its consent page, by a secret of ours, or by its own secret alone',
        body: ref(CreateStore),
        response: { 201: ref(StoreCreated), ...problems },
      },
    },
    async (req, reply) => {
      const created = await createStore(req.ctx, req.body)
      reply.code(201)
      return withCookie(req.ctx, reply, created, req.body)
    },
  )
  app.get(
    '/stores/:id',
    {
      config: read,
      schema: {
        operationId: 'getStore',
        tags,
        summary: 'One shop',
        params: IdParams,
        response: { 200: ref(Store), ...problems },
      },
    },
    (req) => readStore(req.ctx, req.params.id),
  )
  app.patch(
    '/stores/:id',
    {
      config: edit,
      schema: {
        operationId: 'updateStore',
        tags,
        summary: 'Change name or settings',
        params: IdParams,
        body: ref(EditStore),
        response: { 200: ref(Store), ...problems },
      },
    },
    (req) => editStore(req.ctx, req.params.id, req.body),
  )
  app.delete(
    '/stores/:id',
    {
      config: edit,
      schema: {
        operationId: 'disconnectStore',
        tags,
        summary: 'End the connection; what came through it is erased within 48 hours',
        params: IdParams,
        response: { 200: ref(Store), ...problems },
      },
    },
    (req) => disconnectStore(req.ctx, req.params.id),
  )
  actions(app)
}

const actions = (app: Api): void => {
  app.post(
    '/stores/:id/sync',
    {
      config: edit,
      preValidation,
      schema: {
        operationId: 'syncStore',
        tags,
        summary: "Read the shop's changes now",
        params: IdParams,
        body: ref(SyncStore),
        response: { 202: ref(Store), ...problems },
      },
    },
    async (req, reply) => {
      const store = await syncStore(req.ctx, req.params.id, req.body.since)
      reply.code(202)
      return store
    },
  )
  app.post(
    '/stores/:id/test',
    {
      config: edit,
      schema: {
        operationId: 'testStore',
        tags,
        summary: 'Look whether the shop answers and sends',
        params: IdParams,
        response: { 202: ref(Store), ...problems },
      },
    },
    async (req, reply) => {
      const store = await testStore(req.ctx, req.params.id)
      reply.code(202)
      return store
    },
  )
  app.post(
    '/stores/:id/rotate-secret',
    {
      config: edit,
      preValidation,
      schema: {
        operationId: 'rotateStoreSecret',
        tags,
        summary: 'A new signing secret, shown once',
        params: IdParams,
        body: ref(RotateSecret),
        response: { 200: ref(StoreCreated), ...problems },
      },
    },
    (req) => rotateSecret(req.ctx, req.params.id, req.body),
  )
  app.post(
    '/stores/:id/reconnect',
    {
      config: edit,
      preValidation,
      schema: {
        operationId: 'reconnectStore',
        tags,
        summary: 'Begin again with a store that ended or whose consent is gone',
        params: IdParams,
        body: ref(ReconnectStore),
        response: { 200: ref(StoreCreated), ...problems },
      },
    },
    async (req, reply) => withCookie(req.ctx, reply, await reconnectStore(req.ctx, req.params.id, req.body), req.body),
  )
}
