interface Gathering<T> {
  readonly ids: Set<string>
  readonly answers: Promise<ReadonlyMap<string, T>>
}

/**
 * Those who ask within a moment share one question about `most` ids at once; each is answered with their own, or null
 * when the answer is silent about them. A question that fails fails for all of them.
 */
export const gathered = <T>(
  ask: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>,
  { most, milliseconds }: { readonly most: number; readonly milliseconds: number },
): ((id: string) => Promise<T | null>) => {
  let open: Gathering<T> | undefined
  const begin = (): Gathering<T> => {
    const ids = new Set<string>()
    const answers = new Promise((resolve) => setTimeout(resolve, milliseconds)).then(() => {
      if (open?.ids === ids) open = undefined
      return ask([...ids])
    })
    return { ids, answers }
  }
  return async (id) => {
    if (!open || (open.ids.size >= most && !open.ids.has(id))) open = begin()
    const { ids, answers } = open
    ids.add(id)
    return (await answers).get(id) ?? null
  }
}
