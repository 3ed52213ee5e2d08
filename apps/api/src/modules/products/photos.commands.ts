import { readPhoto } from '@sendocki/domain/products/photo'
import { type Product, photoSideMax } from '@sendocki/domain/products/product'
import { Refused } from '@sendocki/domain/result'
import { type Ctx, type PublicCtx, systemActor } from '../../context.ts'
import { uploadedFile } from '../../http/uploads.ts'
import { photoNamed } from './photo-links.ts'
import { dropPhoto, findPhoto, storePhoto } from './photos.queries.ts'
import { loadProduct, readBack } from './products.commands.ts'
import { changeProduct } from './products.queries.ts'

/** Keeps a product's photo. What it is, its bytes say; anything but a small JPEG, PNG or WebP is refused. */
export const givePhoto = (ctx: Ctx, id: string, body: unknown): Promise<Product> =>
  ctx.transaction(async (tx) => {
    await loadProduct(tx, id, { locked: true })
    const bytes = uploadedFile(body)
    const reading = readPhoto(bytes)
    if (!reading) throw new Refused('photo.unreadable')
    if (Math.max(reading.width, reading.height) > photoSideMax) throw new Refused('photo.too_large')
    const photoId = ctx.newId()
    const now = ctx.now.toISOString()
    await storePhoto(tx, { id: photoId, productId: id, type: reading.type, bytes, createdAt: now })
    await changeProduct(tx, id, { photoId, updatedAt: now })
    ctx.record(tx, { type: 'product.photo_given', subject: { kind: 'product', id } })
    return readBack(ctx, tx, id)
  })

export const removePhoto = (ctx: Ctx, id: string): Promise<Product> =>
  ctx.transaction(async (tx) => {
    const { row } = await loadProduct(tx, id, { locked: true })
    if (row.photoId === null) throw new Refused('photo.not_found')
    await dropPhoto(tx, id)
    await changeProduct(tx, id, { photoId: null, updatedAt: ctx.now.toISOString() })
    ctx.record(tx, { type: 'product.photo_removed', subject: { kind: 'product', id } })
    return readBack(ctx, tx, id)
  })

/** The photo as it was given. */
export const readProductPhoto = (ctx: Ctx, id: string): Promise<{ type: string; bytes: Buffer }> =>
  ctx.read(async (tx) => {
    const photo = await findPhoto(tx, id)
    if (!photo) {
      await loadProduct(tx, id)
      throw new Refused('photo.not_found')
    }
    return photo
  })

/** The photo behind an address that we gave out, as long as the product shows that one. */
export const readLinkedPhoto = async (ctx: PublicCtx, token: string): Promise<{ type: string; bytes: Buffer }> => {
  const named = photoNamed(ctx.secrets, token, ctx.now)
  if (!named) throw new Refused('photo.not_found')
  const { merchantId, productId, photoId } = named
  const photo = await ctx.inMerchant(merchantId, systemActor()).read((tx) => findPhoto(tx, productId))
  if (photo?.id !== photoId) throw new Refused('photo.not_found')
  return photo
}
