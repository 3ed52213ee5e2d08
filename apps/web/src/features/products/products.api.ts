import type {
  CreateProduct,
  CreateVariant,
  EditProduct,
  EditVariant,
  ProductQuery,
  ShopProductStatus,
} from '@sendocki/domain/products/product'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'
import { after, pages } from '../../lib/pages.ts'

/** Keys begin with the noun that the stream names. */
export const productKeys = {
  all: ['product'],
  one: (id: string) => ['product', 'one', id],
  shopThings: ['shop_product'],
} as const

export interface ProductFilters {
  readonly q: string | null
  readonly active: boolean
}

export const productsQuery = ({ q, active }: ProductFilters) =>
  infiniteQueryOptions({
    queryKey: [...productKeys.all, 'list', q, active],
    queryFn: ({ pageParam, signal }) => {
      const query: ProductQuery = { active, ...(q === null ? {} : { q }), ...after(pageParam) }
      return bodyOf(api.GET('/api/v1/products', { params: { query }, signal }))
    },
    ...pages,
  })

export const productQuery = (id: string) =>
  queryOptions({
    queryKey: productKeys.one(id),
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/products/{id}', { params: { path: { id } }, signal })),
  })

export const createProduct = (body: CreateProduct) => bodyOf(api.POST('/api/v1/products', { body }))

export const editProduct = (id: string, body: EditProduct) =>
  bodyOf(api.PATCH('/api/v1/products/{id}', { params: { path: { id } }, body }))

export const archiveProduct = (id: string) =>
  bodyOf(api.POST('/api/v1/products/{id}/archive', { params: { path: { id } } }))

export const restoreProduct = (id: string) =>
  bodyOf(api.POST('/api/v1/products/{id}/restore', { params: { path: { id } } }))

export const createVariant = (id: string, body: CreateVariant) =>
  bodyOf(api.POST('/api/v1/products/{id}/variants', { params: { path: { id } }, body }))

export const editVariant = (id: string, variantId: string, body: EditVariant) =>
  bodyOf(api.PATCH('/api/v1/products/{id}/variants/{variantId}', { params: { path: { id, variantId } }, body }))

export const givePhoto = (id: string, photo: Blob) =>
  bodyOf(
    api.PUT('/api/v1/products/{id}/photo', {
      params: { path: { id } },
      body: photo as never,
      bodySerializer: (body: unknown) => body as Blob,
      headers: { 'content-type': photo.type },
    } as never),
  )

export const removePhoto = (id: string) =>
  bodyOf(api.DELETE('/api/v1/products/{id}/photo', { params: { path: { id } } }))

export const shopProductsQuery = (status: ShopProductStatus) =>
  infiniteQueryOptions({
    queryKey: [...productKeys.shopThings, 'list', status],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(api.GET('/api/v1/shop-products', { params: { query: { status, ...after(pageParam) } }, signal })),
    ...pages,
  })

export const variantsQuery = (q: string) =>
  queryOptions({
    queryKey: [...productKeys.all, 'variants', q],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/api/v1/variants', { params: { query: { limit: 9, ...(q === '' ? {} : { q }) } }, signal })),
    placeholderData: keepPreviousData,
  })

export const linkShopProduct = (id: string, variantId: string) =>
  bodyOf(api.POST('/api/v1/shop-products/{id}/link', { params: { path: { id } }, body: { variantId } }))

export const adoptShopProduct = (id: string) =>
  bodyOf(api.POST('/api/v1/shop-products/{id}/adopt', { params: { path: { id } }, body: {} }))

export const ignoreShopProduct = (id: string) =>
  bodyOf(api.POST('/api/v1/shop-products/{id}/ignore', { params: { path: { id } } }))

export const reopenShopProduct = (id: string) =>
  bodyOf(api.POST('/api/v1/shop-products/{id}/reopen', { params: { path: { id } } }))
