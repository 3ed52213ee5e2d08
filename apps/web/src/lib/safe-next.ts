/** A way inside the app only: another site's address, or the sign-in itself, leads to the first screen. */
export const safeNext = (next: string | null): string =>
  next && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-') ? next : '/'
