import { setImmediate } from 'node:timers/promises'
import type { PaperContent } from '@sendocki/domain/papers/content'
import { type Drawing, openDrawing } from './drawing.ts'
import type { PaperOrder } from './port.ts'

/*
 * The process that draws one paper and ends: pages are work for a processor, and no request waits for it here.
 */

export type PressOrder =
  | { readonly step: 'begin'; readonly order: PaperOrder }
  | { readonly step: 'draw'; readonly contents: readonly PaperContent[] }
  | { readonly step: 'finish' }
export type PressAnswer = { readonly step: 'drawn' } | { readonly step: 'finished'; readonly pages: number }

let drawing: Drawing | null = null

const obey = async (order: PressOrder): Promise<PressAnswer> => {
  if (order.step === 'begin') {
    drawing = openDrawing(order.order)
    return { step: 'drawn' }
  }
  if (!drawing) throw new Error('Nothing was begun.')
  if (order.step === 'finish') return { step: 'finished', ...(await drawing.close()) }
  for (const content of order.contents) {
    drawing.draw(content)
    // What was drawn leaves for the file before the next page is begun.
    await setImmediate()
  }
  return { step: 'drawn' }
}

process.on('message', (order: PressOrder) => {
  void obey(order).then((answer) => {
    process.send?.(answer, () => {
      if (answer.step === 'finished') process.exit(0)
    })
  })
})
// Whoever asked is gone: nobody waits for the paper.
process.once('disconnect', () => process.exit(1))
