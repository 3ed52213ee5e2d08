import type { DeliveryDefaults } from '@sendocki/domain/orders/options'
import type { Actor } from '../../src/context.ts'
import { createProduct, createVariant } from '../../src/modules/products/products.commands.ts'
import type { Past } from './past.ts'

interface Article {
  readonly name: string
  readonly dirhams: number
  readonly tags: readonly string[]
  /** Absent for what is sold in several forms only. */
  readonly sku?: string
  readonly delivery?: DeliveryDefaults
  readonly variants?: readonly (readonly [name: string, sku: string, dirhams: number])[]
}

/** What the shops sell, by the SKUs that they write; the leather bag is new and waits on the review list. */
const articles: readonly Article[] = [
  {
    name: 'Lampe solaire',
    dirhams: 219,
    tags: ['maison'],
    variants: [
      ['noir', 'LAMP-N', 219],
      ['blanc', 'LAMP-B', 219],
    ],
  },
  {
    name: 'Huile d’argan',
    dirhams: 149,
    tags: ['beauté'],
    variants: [
      ['50 ml', 'ARGAN-50', 149],
      ['100 ml', 'ARGAN-100', 249],
    ],
  },
  {
    name: 'Caftan brodé',
    dirhams: 890,
    tags: ['mode'],
    delivery: { allowOpen: true, allowTry: true },
    variants: [['vert, M', 'CAFTAN-V', 890]],
  },
  { name: 'Ceinture sfifa, dorée', sku: 'CEINT-D', dirhams: 350, tags: ['mode'] },
  { name: 'Montre Atlas acier, noir', sku: 'MONTRE-A', dirhams: 640, tags: ['mode'], delivery: { allowOpen: true } },
  { name: 'Service à thé, 6 verres', sku: 'THE-SET', dirhams: 299, tags: ['maison'], delivery: { fragile: true } },
  { name: 'Babouches cuir, 42', sku: 'BABOU-42', dirhams: 180, tags: ['mode'] },
  { name: 'Tapis berbère, 60 × 90', sku: 'TAPIS-S', dirhams: 735, tags: ['maison'] },
  { name: 'Savon noir et gant', sku: 'SAVON-N', dirhams: 99, tags: ['beauté'] },
]

/** Writes the products before the first order comes, so that its lines are known by their SKUs. */
export const stockCatalogue = async (past: Past, instant: number, manager: Actor): Promise<void> => {
  const ctx = past.at(instant, manager)
  for (const { name, dirhams, tags, sku, delivery = {}, variants = [] } of articles) {
    const given = { name, priceCentimes: dirhams * 100, tags: [...tags], delivery, ...(sku ? { sku } : {}) }
    let { id, version } = await createProduct(ctx, given)
    for (const [variant, variantSku, price] of variants) {
      const added = { version, name: variant, sku: variantSku, priceCentimes: price * 100 }
      ;({ id, version } = await createVariant(ctx, id, added))
    }
  }
}
