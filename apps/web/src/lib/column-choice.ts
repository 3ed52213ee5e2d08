/** Which columns of a list a person sees and in which order; kept by the browser. */
export const columnChoice = <const Column extends string>(
  key: string,
  /** Columns that a person may hide, in the order of the list. The others always stay. */
  optional: readonly Column[],
  /** Shown until a person chooses otherwise. */
  usual: readonly Column[],
) => {
  /** Those of some names that are columns of the list, each once, in their order. */
  const known = (names: readonly string[]): readonly Column[] =>
    [...new Set(names)].flatMap((name) => optional.filter((column) => column === name))
  return {
    known,
    /** The usual ones when nothing is kept, and where the browser forbids storage. */
    kept: (): readonly Column[] => {
      try {
        const kept = localStorage.getItem(key)
        return kept === null ? usual : known(kept.split(' '))
      } catch {
        return usual
      }
    },
    /** Where storage is forbidden the choice lasts as long as the page. */
    keep: (columns: readonly Column[]): void => {
      try {
        localStorage.setItem(key, columns.join(' '))
      } catch {
        return
      }
    },
    /** Those that always stay, then the chosen ones in the order in which they were put. */
    inOrder: <Shown extends { readonly id: string }>(
      columns: readonly Shown[],
      shown: readonly Column[],
    ): readonly Shown[] => [
      ...columns.filter(({ id }) => !optional.some((column) => column === id)),
      ...shown.flatMap((column) => columns.filter(({ id }) => id === column)),
    ],
  }
}
