import { type Static, Type } from 'typebox'
import { DeliveryDefaults } from '../orders/options.ts'
import { closed, Instant, Line, named, nullable, oneOf, page, pageQuery, ref, Uuid, Version } from '../schema.ts'

/** How many variants a product may have beside itself, and how many tags. */
export const variantsMax = 100
export const tagsMax = 20

/** A price in centimes of MAD, as an order's line may carry it. */
const Price = Type.Integer({ minimum: 0, maximum: 99_999_999 })
const Sku = Line(100)
const Name = Line(200)
const Tags = Type.Array(Line(40), { maxItems: tagsMax, uniqueItems: true })

/** What is sold under one SKU. A product is a variant of itself (without a name); the others have a name each. */
export const Variant = named(
  'Variant',
  Type.Object({
    id: Uuid,
    /** Null for the product sold as it is. */
    name: nullable(Type.String()),
    sku: nullable(Type.String()),
    priceCentimes: Type.Integer(),
    active: Type.Boolean(),
  }),
)
export type Variant = Static<typeof Variant>

const summary = {
  id: Uuid,
  name: Type.String(),
  /** Of the product sold as it is; unique in the merchant, whatever the case of its letters. */
  sku: nullable(Type.String()),
  priceCentimes: Type.Integer(),
  tags: Type.Array(Type.String()),
  /** Changes with the photo; null without one. */
  photoId: nullable(Uuid),
  /** Where a browser gets the photo without a token: the same address for half a day, and good for a day at most. */
  photoUrl: nullable(Type.String()),
  /** How many variants it has beside itself. */
  variantCount: Type.Integer(),
  active: Type.Boolean(),
  createdAt: Instant,
  updatedAt: Instant,
  version: Version,
}
export const ProductSummary = named('ProductSummary', Type.Object(summary))
export type ProductSummary = Static<typeof ProductSummary>
export const ProductPage = page('ProductPage', ref(ProductSummary))

export const Product = named(
  'Product',
  Type.Object({
    ...summary,
    variants: Type.Array(ref(Variant)),
    /** What its orders ask of the handover: it gives way to the order's own word, and goes before the store's. */
    delivery: DeliveryDefaults,
  }),
)
export type Product = Static<typeof Product>

export const CreateProduct = named(
  'CreateProduct',
  closed({
    name: Name,
    sku: Type.Optional(Sku),
    priceCentimes: Price,
    tags: Type.Optional(Tags),
    delivery: Type.Optional(DeliveryDefaults),
  }),
)
export type CreateProduct = Static<typeof CreateProduct>

export const EditProduct = named(
  'EditProduct',
  closed({
    version: Version,
    name: Type.Optional(Name),
    sku: Type.Optional(nullable(Sku)),
    priceCentimes: Type.Optional(Price),
    tags: Type.Optional(Tags),
    /** Replaces all of them. */
    delivery: Type.Optional(DeliveryDefaults),
  }),
)
export type EditProduct = Static<typeof EditProduct>

/** The version is the product's: its variants are a part of it. */
export const CreateVariant = named(
  'CreateVariant',
  closed({ version: Version, name: Line(120), sku: Type.Optional(Sku), priceCentimes: Price }),
)
export type CreateVariant = Static<typeof CreateVariant>

export const EditVariant = named(
  'EditVariant',
  closed({
    version: Version,
    name: Type.Optional(Line(120)),
    sku: Type.Optional(nullable(Sku)),
    priceCentimes: Type.Optional(Price),
    /** A variant that is no longer sold keeps its SKU and its past; it is not offered any more. */
    active: Type.Optional(Type.Boolean()),
  }),
)
export type EditVariant = Static<typeof EditVariant>

export const ProductQuery = closed({
  ...pageQuery,
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 120, description: 'Words of a name, or a SKU' })),
  active: Type.Optional(Type.Boolean({ description: 'On sale, or archived; both when left out' })),
  tag: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
})
export type ProductQuery = Static<typeof ProductQuery>

/** What a line of an order can be, as a picker offers it. */
export const VariantChoice = named(
  'VariantChoice',
  Type.Object({
    id: Uuid,
    productId: Uuid,
    productName: Type.String(),
    name: nullable(Type.String()),
    sku: nullable(Type.String()),
    priceCentimes: Type.Integer(),
  }),
)
export type VariantChoice = Static<typeof VariantChoice>
export const VariantChoices = named('VariantChoices', Type.Object({ items: Type.Array(ref(VariantChoice)) }))
export const VariantQuery = closed({
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 9 })),
})
export type VariantQuery = Static<typeof VariantQuery>

/** The largest photo that is kept. The app makes photos small before it sends them. */
export const photoBytes = 524_288
export const photoSideMax = 2_000

export const shopProductStatuses = ['open', 'linked', 'ignored'] as const
export type ShopProductStatus = (typeof shopProductStatuses)[number]

/** A thing that a shop sells and that no product of ours is known by: it waits for a person to say what it is. */
export const ShopProduct = named(
  'ShopProduct',
  Type.Object({
    id: Uuid,
    storeId: Uuid,
    storeName: Type.String(),
    /** As the shop writes them, when it was first seen. */
    sku: nullable(Type.String()),
    name: Type.String(),
    status: oneOf(shopProductStatuses),
    /** How many orders asked for it, at most 1,000. */
    orderCount: Type.Integer(),
    firstSeenAt: Instant,
    lastSeenAt: Instant,
    /** What the shop asked for it last. */
    lastPriceCentimes: nullable(Type.Integer()),
    variant: nullable(ref(VariantChoice)),
    /** The one variant that bears exactly its name, to be confirmed by a person. */
    proposal: nullable(ref(VariantChoice)),
  }),
)
export type ShopProduct = Static<typeof ShopProduct>
export const ShopProductPage = page('ShopProductPage', ref(ShopProduct))
export const ShopProductQuery = closed({
  ...pageQuery,
  status: Type.Optional(oneOf(shopProductStatuses, { default: 'open' })),
  storeId: Type.Optional(Uuid),
})
export type ShopProductQuery = Static<typeof ShopProductQuery>

export const LinkShopProduct = named('LinkShopProduct', closed({ variantId: Uuid }))
export type LinkShopProduct = Static<typeof LinkShopProduct>

/** What is left out is taken from the shop: its name, its SKU, its last price. */
export const AdoptShopProduct = named(
  'AdoptShopProduct',
  closed({ name: Type.Optional(Name), sku: Type.Optional(Sku), priceCentimes: Type.Optional(Price) }),
)
export type AdoptShopProduct = Static<typeof AdoptShopProduct>
