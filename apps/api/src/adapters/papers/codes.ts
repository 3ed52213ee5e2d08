import bwipjs from 'bwip-js/node'
import type { Pen } from './pen.ts'

/** What Code 128 can say in bars that a hand scanner still reads from a label of ten centimetres. */
const barsCanSay = /^[\x20-\x7e]{1,24}$/

type Area = readonly [x: number, y: number, width: number, height: number]

/** Code 128 over the whole width of a box, with its quiet zones; false where it cannot be said in bars. */
export const drawBars = (
  pen: Pen,
  code: string,
  box: { x: number; y: number; width: number; height: number },
): boolean => {
  if (!barsCanSay.test(code)) return false
  const [{ sbs = [] } = {}] = bwipjs.raw('code128', code, '') as readonly { sbs?: readonly number[] }[]
  const quiet = 10
  const module = box.width / (sbs.reduce((sum, width) => sum + width, 0) + 2 * quiet)
  const areas: Area[] = []
  let at = box.x + quiet * module
  for (const [index, width] of sbs.entries()) {
    if (index % 2 === 0) areas.push([at, box.y, width * module, box.height])
    at += width * module
  }
  pen.areas(areas)
  return true
}

/** A QR code; squares of one line that touch are drawn as one. */
export const drawQr = (pen: Pen, code: string, { x, y, side }: { x: number; y: number; side: number }): void => {
  const [{ pixs = [], pixx = 1 } = {}] = bwipjs.raw('qrcode', code, 'eclevel=M') as readonly {
    pixs?: readonly number[]
    pixx?: number
  }[]
  const module = side / pixx
  const areas: Area[] = []
  for (let at = 0; at < pixs.length; at += 1) {
    if (pixs[at] !== 1) continue
    const start = at
    while (pixs[at + 1] === 1 && (at + 1) % pixx !== 0) at += 1
    areas.push([x + (start % pixx) * module, y + Math.floor(start / pixx) * module, (at - start + 1) * module, module])
  }
  pen.areas(areas)
}
