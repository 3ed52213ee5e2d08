import type { Readable } from 'node:stream'

/** A file that is being written: nobody sees it under its name before it is whole. */
export interface FileUnderWay {
  write(chunk: string | Buffer): Promise<void>
  /** Puts the whole file in its place, safe from a power cut, and answers its length. */
  keep(): Promise<number>
  /** Throws away what was written. */
  drop(): Promise<void>
  /** Where it is written, for a process of ours that writes it itself. */
  readonly path: string
}

/** Where files made for people are kept. Names are ours: folders and ids, never what somebody typed. */
export interface KeptFiles {
  begin(name: string): Promise<FileUnderWay>
  /** The bytes and their number; null when there is no such file. */
  read(name: string): Promise<{ readonly stream: Readable; readonly bytes: number } | null>
  /** Where a file lies, for a process of ours that reads it itself. */
  pathOf(name: string): string
  /** Removes a file and what killed processes left of it. */
  remove(name: string): Promise<void>
}

export interface WorkbookOrder {
  /** A file with a row of cells a line, as JSON; the first line holds the headings. */
  readonly rowsPath: string
  readonly path: string
  readonly rightToLeft: boolean
}

/** Makes workbooks apart from everything else; throws when one could not be made. */
export interface WorkbookPort {
  write(order: WorkbookOrder): Promise<void>
}
