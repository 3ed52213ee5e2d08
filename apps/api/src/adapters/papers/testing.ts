import { createCanvas } from '@napi-rs/canvas'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/*
 * Reads papers back as somebody else's reader does: their text, and how they look.
 */

const open = (file: Uint8Array) => getDocument({ data: Uint8Array.from(file), verbosity: 0 }).promise

/** The text of each page, piece by piece, from the top. */
export const textOfPages = async (file: Uint8Array): Promise<string[]> => {
  const document = await open(file)
  const pages: string[] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent()
    pages.push(items.flatMap((item) => ('str' in item && item.str !== '' ? [item.str] : [])).join(' '))
  }
  await document.loadingTask.destroy()
  return pages
}

/** The sizes of the pages in points. */
export const sizesOfPages = async (file: Uint8Array): Promise<(readonly [width: number, height: number])[]> => {
  const document = await open(file)
  const sizes: (readonly [number, number])[] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const { width, height } = (await document.getPage(number)).getViewport({ scale: 1 })
    sizes.push([Math.round(width), Math.round(height)])
  }
  await document.loadingTask.destroy()
  return sizes
}

/** A page as a picture, so many pixels to a point. */
export const pictureOf = async (file: Uint8Array, number: number, scale = 3) => {
  const document = await open(file)
  const page = await document.getPage(number)
  const viewport = page.getViewport({ scale })
  const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height))
  const canvasContext = canvas.getContext('2d')
  await page.render({ canvas: null, canvasContext: canvasContext as never, viewport }).promise
  await document.loadingTask.destroy()
  return canvas
}
