import type { Language } from '@sendocki/domain/language'
import type { PaperContent } from '@sendocki/domain/papers/content'
import type { PaperSize } from '@sendocki/domain/papers/paper'

export interface PaperOrder {
  /** Where the file is written, page by page as they are made. */
  readonly path: string
  readonly size: PaperSize
  readonly language: Language
}

/** A paper under way: whoever asks feeds it, and waits for each batch to be drawn before the next. */
export interface PaperUnderWay {
  draw(contents: readonly PaperContent[]): Promise<void>
  /** Ends the document and answers how many pages it has, all of them written. */
  finish(): Promise<{ readonly pages: number }>
  /** Leaves it as it is: whoever asked throws the file away. */
  abandon(): void
}

/** Draws papers apart from everything else: nobody's request waits for it. */
export interface PaperPress {
  begin(order: PaperOrder): PaperUnderWay
}
