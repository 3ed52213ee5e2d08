import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'

/** How one part of a list's state stands in the address. What is at its rest value leaves no trace there. */
export interface Codec<T> {
  readonly read: (values: readonly string[]) => T
  readonly write: (value: T) => readonly string[]
}

/** A text, null when absent or empty. */
export const text: Codec<string | null> = {
  read: ([value]) => value || null,
  write: (value) => (value ? [value] : []),
}

/** Several values of one name, in the order given: `?stageId=a&stageId=b`. */
export const list: Codec<readonly string[]> = {
  read: (values) => [...new Set(values.filter((value) => value !== ''))],
  write: (values) => values,
}

export const flag: Codec<boolean> = {
  read: ([value]) => value === 'true',
  write: (value) => (value ? ['true'] : []),
}

/** One of a closed list; anything else in the address reads as the rest value. */
export const oneOf = <const T extends string>(values: readonly T[], rest: T): Codec<T> => ({
  read: ([value]) => values.find((candidate) => candidate === value) ?? rest,
  write: (value) => (value === rest ? [] : [value]),
})

/** One of a closed list, or null when none is chosen. */
export const among = <const T extends string>(values: readonly T[]): Codec<T | null> => ({
  read: ([value]) => values.find((candidate) => candidate === value) ?? null,
  write: (value) => (value === null ? [] : [value]),
})

type Shape<S> = { readonly [K in keyof S]: Codec<S[K]> }

export const readState = <S extends object>(shape: Shape<S>, params: URLSearchParams): S => {
  const names = Object.keys(shape) as (keyof S & string)[]
  return Object.fromEntries(names.map((name) => [name, shape[name].read(params.getAll(name))])) as S
}

/** The address with the changes written; parameters of others stay. */
export const writeState = <S extends object>(
  shape: Shape<S>,
  params: URLSearchParams,
  changes: Partial<S>,
): URLSearchParams => {
  const next = new URLSearchParams(params)
  for (const name of Object.keys(changes) as (keyof S & string)[]) {
    next.delete(name)
    for (const value of shape[name].write(changes[name] as S[typeof name])) next.append(name, value)
  }
  return next
}

/**
 * A list's filters, sort and open item, kept in the address so that a link or the back button restores the screen.
 * The shape must be a constant of the module. A change replaces the entry of the history unless `push` is asked.
 */
export const useUrlState = <S extends object>(shape: Shape<S>) => {
  const [params, setParams] = useSearchParams()
  const state = useMemo(() => readState(shape, params), [shape, params])
  const change = useCallback(
    (changes: Partial<S>, { push = false }: { push?: boolean } = {}) =>
      setParams((current) => writeState(shape, current, changes), { replace: !push }),
    [shape, setParams],
  )
  return [state, change] as const
}
