import type { PaperContent } from '@sendocki/domain/papers/content'
import { drawLabel, labelSize } from './label.ts'
import { a4, openPen } from './pen.ts'
import { drawPicking } from './picking.ts'
import type { PaperOrder } from './port.ts'
import { drawSlip } from './slip.ts'

export interface Drawing {
  draw(content: PaperContent): void
  close(): Promise<{ readonly pages: number }>
}

const perSheet = 4
/** A label of 150 mm must fit half a sheet of 297 mm, with room for the scissors. */
const onSheet = 0.96

/** Begins a document; what is drawn goes to its file as it is made. */
export const openDrawing = ({ path, size, language }: PaperOrder): Drawing => {
  const pen = openPen(path, language === 'ar' ? 'rtl' : 'ltr')
  let labels = 0
  const drawOne = (content: PaperContent): void => {
    switch (content.kind) {
      case 'slip':
        return drawSlip(pen, content, language)
      case 'picking':
        return drawPicking(pen, content, language)
      case 'label':
        break
    }
    const at = labels % perSheet
    labels += 1
    if (size === '100x150') {
      pen.page(labelSize.width, labelSize.height)
      return drawLabel(pen, content, language)
    }
    const cell = { width: a4.width / 2, height: a4.height / 2 }
    if (at === 0) {
      pen.page(a4.width, a4.height)
      pen.rule(cell.width, 0, cell.width, a4.height, { width: 0.3, dash: 3 })
      pen.rule(0, cell.height, a4.width, cell.height, { width: 0.3, dash: 3 })
    }
    // From the side where reading begins, then the next line.
    const column = (at % 2 === 0) === (language !== 'ar') ? 0 : 1
    const x = column * cell.width + (cell.width - labelSize.width * onSheet) / 2
    const y = Math.floor(at / 2) * cell.height + (cell.height - labelSize.height * onSheet) / 2
    pen.within(x, y, onSheet, () => drawLabel(pen, content, language))
  }
  return {
    draw: drawOne,
    close: async () => {
      await pen.close()
      return { pages: pen.pages }
    },
  }
}
