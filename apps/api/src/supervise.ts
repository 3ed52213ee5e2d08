export interface Part<T> {
  begin(): Promise<T>
  /** Resolves when what runs has ended, by whatever hand; at once when it has already. */
  over(running: T): Promise<void>
  /** Harmless to what has ended. */
  end(running: T): Promise<void>
}

const waitMillis = 500

/** Begins a part, and begins it again whenever it ends by itself. Resolves to what ends it for good. */
export const supervise = async <T>({ begin, over, end }: Part<T>): Promise<() => Promise<void>> => {
  let stopping = false
  let running: T = await begin()
  const watch = async (): Promise<void> => {
    while (!stopping) {
      await over(running)
      // What stands in the way may pass: it is tried until it has, or until nobody wants it any more.
      for (let begun = false; !begun && !stopping; ) {
        await new Promise((resolve) => setTimeout(resolve, waitMillis))
        begun = await begin().then(
          (next) => {
            running = next
            return true
          },
          () => false,
        )
      }
    }
  }
  const watched = watch()
  return async () => {
    stopping = true
    await end(running)
    await watched
    // One that was being begun meanwhile.
    await end(running)
  }
}
