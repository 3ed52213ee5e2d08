import {
  AdoptShopProduct,
  LinkShopProduct,
  ShopProduct,
  ShopProductPage,
  ShopProductQuery,
} from '@sendocki/domain/products/product'
import { IdParams, ref } from '@sendocki/domain/schema'
import { type Api, problems } from '../../http/api.ts'
import {
  adoptShopProduct,
  ignoreShopProduct,
  linkShopProduct,
  readShopProducts,
  reopenShopProduct,
} from './review.commands.ts'

const tags = ['Products']

/** The review list: what shops sell under names and SKUs that we do not know. */
export const shopProductsRoutes = (app: Api): void => {
  app.get(
    '/shop-products',
    {
      config: { permission: 'products.read' },
      schema: {
        operationId: 'listShopProducts',
        tags,
        summary: 'Things of shops that no SKU of ours is known by, or what was said of them',
        querystring: ShopProductQuery,
        response: { 200: ref(ShopProductPage), ...problems },
      },
    },
    (req) => readShopProducts(req.ctx, req.query),
  )
  app.post(
    '/shop-products/:id/link',
    {
      config: { permission: 'products.edit' },
      schema: {
        operationId: 'linkShopProduct',
        tags,
        summary: 'Says which variant it is; lines that came and that come are linked to it',
        params: IdParams,
        body: ref(LinkShopProduct),
        response: { 200: ref(ShopProduct), ...problems },
      },
    },
    (req) => linkShopProduct(req.ctx, req.params.id, req.body),
  )
  app.post(
    '/shop-products/:id/adopt',
    {
      config: { permission: 'products.edit' },
      schema: {
        operationId: 'adoptShopProduct',
        tags,
        summary: 'Makes a product of it, with the shop’s name, SKU and last price unless others are given',
        params: IdParams,
        body: ref(AdoptShopProduct),
        response: { 200: ref(ShopProduct), ...problems },
      },
    },
    (req) => adoptShopProduct(req.ctx, req.params.id, req.body),
  )
  app.post(
    '/shop-products/:id/ignore',
    {
      config: { permission: 'products.edit' },
      schema: {
        operationId: 'ignoreShopProduct',
        tags,
        summary: 'It is no product: its lines stay as the shop wrote them',
        params: IdParams,
        response: { 200: ref(ShopProduct), ...problems },
      },
    },
    (req) => ignoreShopProduct(req.ctx, req.params.id),
  )
  app.post(
    '/shop-products/:id/reopen',
    {
      config: { permission: 'products.edit' },
      schema: {
        operationId: 'reopenShopProduct',
        tags,
        summary: 'Takes back what was said of it',
        params: IdParams,
        response: { 200: ref(ShopProduct), ...problems },
      },
    },
    (req) => reopenShopProduct(req.ctx, req.params.id),
  )
}
