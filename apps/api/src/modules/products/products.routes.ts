import { photoTypes } from '@sendocki/domain/products/photo'
import {
  CreateProduct,
  CreateVariant,
  EditProduct,
  EditVariant,
  Product,
  ProductPage,
  ProductQuery,
  photoBytes,
  VariantChoices,
  VariantQuery,
} from '@sendocki/domain/products/product'
import { closed, IdParams, ref, Uuid } from '@sendocki/domain/schema'
import { Type } from 'typebox'
import { type Api, problems } from '../../http/api.ts'
import { takeUploads } from '../../http/uploads.ts'
import { givePhoto, readLinkedPhoto, readProductPhoto, removePhoto } from './photos.commands.ts'
import {
  createProduct,
  createVariant,
  editProduct,
  editVariant,
  readProduct,
  readProducts,
  setArchived,
} from './products.commands.ts'
import { readVariantChoices } from './review.commands.ts'

const tags = ['Products']
const upload = { types: [...photoTypes, 'application/octet-stream'], bytes: photoBytes } as const

export const productsRoutes = (app: Api): void => {
  app.get(
    '/products',
    {
      config: { permission: 'products.read' },
      schema: {
        operationId: 'listProducts',
        tags,
        summary: 'Products, newest first, by words of their names or SKU',
        querystring: ProductQuery,
        response: { 200: ref(ProductPage), ...problems },
      },
    },
    (req) => readProducts(req.ctx, req.query),
  )
  app.post(
    '/products',
    {
      config: { permission: 'products.edit' },
      schema: {
        operationId: 'createProduct',
        tags,
        summary: 'Adds a product; lines of orders that waited for its SKU are linked to it',
        body: ref(CreateProduct),
        response: { 201: ref(Product), ...problems },
      },
    },
    (req, reply) => {
      reply.code(201)
      return createProduct(req.ctx, req.body)
    },
  )
  app.get(
    '/products/:id',
    {
      config: { permission: 'products.read' },
      schema: {
        operationId: 'getProduct',
        tags,
        summary: 'One product with its variants, itself first',
        params: IdParams,
        response: { 200: ref(Product), ...problems },
      },
    },
    (req) => readProduct(req.ctx, req.params.id),
  )
  app.patch(
    '/products/:id',
    {
      config: { permission: 'products.edit' },
      schema: {
        operationId: 'editProduct',
        tags,
        summary: 'Changes a product in the version that was read',
        params: IdParams,
        body: ref(EditProduct),
        response: { 200: ref(Product), ...problems },
      },
    },
    (req) => editProduct(req.ctx, req.params.id, req.body),
  )
  for (const [action, archived] of [
    ['archive', true],
    ['restore', false],
  ] as const)
    app.post(
      `/products/:id/${action}`,
      {
        config: { permission: 'products.edit' },
        schema: {
          operationId: `${action}Product`,
          tags,
          summary: archived ? 'Takes a product off sale; orders keep it' : 'Puts an archived product on sale again',
          params: IdParams,
          response: { 200: ref(Product), ...problems },
        },
      },
      (req) => setArchived(req.ctx, (req.params as { id: string }).id, archived),
    )
  variantRoutes(app)
  photoRoutes(app)
}

const variantRoutes = (app: Api): void => {
  app.get(
    '/variants',
    {
      config: { permission: 'products.read' },
      schema: {
        operationId: 'searchVariants',
        tags,
        summary: 'What a line of an order can be: variants on sale, by words of their names or SKU',
        querystring: VariantQuery,
        response: { 200: ref(VariantChoices), ...problems },
      },
    },
    (req) => readVariantChoices(req.ctx, req.query),
  )
  app.post(
    '/products/:id/variants',
    {
      config: { permission: 'products.edit' },
      schema: {
        operationId: 'createVariant',
        tags,
        summary: 'Adds a variant with its own SKU and price',
        params: IdParams,
        body: ref(CreateVariant),
        response: { 201: ref(Product), ...problems },
      },
    },
    (req, reply) => {
      reply.code(201)
      return createVariant(req.ctx, req.params.id, req.body)
    },
  )
  app.patch(
    '/products/:id/variants/:variantId',
    {
      config: { permission: 'products.edit' },
      schema: {
        operationId: 'editVariant',
        tags,
        summary: 'Changes a variant, takes it off sale or puts it back',
        params: closed({ id: Uuid, variantId: Uuid }),
        body: ref(EditVariant),
        response: { 200: ref(Product), ...problems },
      },
    },
    (req) => editVariant(req.ctx, req.params, req.body),
  )
}

const photoRoutes = (app: Api): void => {
  void app.register(async (scope) => {
    takeUploads(scope as never, upload)
    ;(scope as Api).put(
      '/products/:id/photo',
      {
        config: { permission: 'products.edit', idempotency: 'none', upload },
        schema: {
          operationId: 'giveProductPhoto',
          tags,
          summary: 'Gives a product its photo: JPEG, PNG or WebP, at most 512 KB and 2,000 pixels a side',
          params: IdParams,
          response: { 200: ref(Product), ...problems },
        },
      },
      (req) => givePhoto(req.ctx, req.params.id, req.body),
    )
  })
  app.get(
    '/products/:id/photo',
    {
      config: { permission: 'products.read' },
      schema: {
        operationId: 'getProductPhoto',
        tags,
        summary: 'The photo of a product; `photoId` changes with it',
        params: IdParams,
        response: { 200: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }), ...problems },
      },
    },
    async (req, reply) => {
      const { type, bytes } = await readProductPhoto(req.ctx, req.params.id)
      return reply.type(type).send(bytes)
    },
  )
  app.get(
    '/photos/:token',
    {
      config: { permission: 'public' },
      schema: {
        operationId: 'getLinkedPhoto',
        tags,
        summary: 'A photo at the address that its product names, for whoever was given it: no token is sent',
        params: Type.Object({ token: Type.String({ maxLength: 200, pattern: '^[A-Za-z0-9_-]+$' }) }),
        response: { 200: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }), ...problems },
      },
    },
    async (req, reply) => {
      const { type, bytes } = await readLinkedPhoto(req.publicCtx, req.params.token)
      // Another photo has another address, so this one is never asked for twice.
      return reply.type(type).header('cache-control', 'private, max-age=86400, immutable').send(bytes)
    },
  )
  app.delete(
    '/products/:id/photo',
    {
      config: { permission: 'products.edit' },
      schema: {
        operationId: 'removeProductPhoto',
        tags,
        summary: 'Takes the photo of a product away',
        params: IdParams,
        response: { 200: ref(Product), ...problems },
      },
    },
    (req) => removePhoto(req.ctx, req.params.id),
  )
}
