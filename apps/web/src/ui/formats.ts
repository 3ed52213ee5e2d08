import { createContext, use } from 'react'

/** How numbers and moments are written in the reader's language; the app gives it, the primitives only lay it out. */
export interface Formats {
  readonly money: (
    centimes: number,
    decimals: 'auto' | 'always',
  ) => { readonly number: string; readonly unit: string; readonly unitFirst: boolean }
  readonly phone: (phone: string) => string
  readonly count: (count: number, capped?: boolean) => string
  readonly relative: (instant: string, now: Date) => string
  readonly age: (instant: string, now: Date) => string
  readonly exact: (instant: string) => string
}

export const FormatsContext = createContext<Formats | null>(null)

export const useFormats = (): Formats => {
  const formats = use(FormatsContext)
  if (!formats) throw new Error('A primitive that writes numbers or dates stands outside of FormatsContext.')
  return formats
}
