import type { Mask, Permission, Scope } from '../permissions.ts'

/** What a role is allowed, as far as the sight of phones depends on it. */
export interface Sight {
  readonly permissions: ReadonlySet<Permission>
  readonly scope: readonly Scope[]
  readonly masks: ReadonlySet<Mask>
}

/** `held`: shown to whoever has the hand on the customer, each claim written down. `until_settled`: see below. */
export type PhoneSight = 'always' | 'held' | 'until_settled' | 'never'

/** Those who see nothing but their own orders need a buyer's phone for this long after the order ended. */
export const phoneHoursAfterEnd = 48

/** The phones of how many customers a member may be shown within a few minutes: more than anybody can call. */
export const revealsAllowed = 60
export const revealMinutes = 5

/** Who sees phones, and when. Source: product.md 4. Machines have no role and see all. */
export const phoneSightOf = (role: Sight | null): PhoneSight => {
  if (role === null) return 'always'
  if (role.masks.has('phone')) return role.permissions.has('phones.reveal') ? 'held' : 'never'
  return role.scope.every((scope) => scope === 'own') ? 'until_settled' : 'always'
}

/** The instant before which an order must not have ended for its phone to be seen by an `until_settled` role. */
export const phonesSeenSince = (now: Date): string =>
  new Date(now.getTime() - phoneHoursAfterEnd * 3_600_000).toISOString()
