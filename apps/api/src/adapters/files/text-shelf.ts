/** Texts of one book come in pages of this size. */
const pageBytes = 1_048_576

/**
 * Many short texts, kept as their bytes: as strings, a million of them would weigh three times as much. A text is found
 * by the order in which it was added.
 */
export class TextShelf {
  private readonly pages: Buffer[] = []
  private used = pageBytes
  private starts = new Uint32Array(1_024)
  private ends = new Uint32Array(1_024)
  private count = 0

  add(text: string): void {
    const bytes = Buffer.byteLength(text)
    if (this.used + bytes > pageBytes) {
      this.pages.push(Buffer.allocUnsafe(pageBytes))
      this.used = 0
    }
    const start = (this.pages.length - 1) * pageBytes + this.used
    this.pages.at(-1)?.write(text, this.used)
    this.used += bytes
    if (this.count === this.starts.length) {
      this.starts = grown(this.starts)
      this.ends = grown(this.ends)
    }
    this.starts[this.count] = start
    this.ends[this.count] = start + bytes
    this.count += 1
  }

  at(index: number): string {
    const [start, end] = [this.starts[index], this.ends[index]]
    if (start === undefined || end === undefined || index >= this.count || start === end) return ''
    const offset = start % pageBytes
    return this.pages[Math.floor(start / pageBytes)]?.toString('utf8', offset, offset + end - start) ?? ''
  }
}

const grown = (numbers: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> => {
  const larger = new Uint32Array(numbers.length * 2)
  larger.set(numbers)
  return larger
}
