import { builtInRoles, type RoleKey } from '@sendocki/domain/permissions'
import { type Actor, type PublicCtx, publicContext, systemActor, type World } from '../../src/context.ts'
import type { PlatformTx } from '../../src/db/client.ts'
import { foundMerchant, insertMember, insertUser } from '../../src/modules/identity/index.ts'
import { randomToken } from '../../src/secrets.ts'
import { demoOrigin } from './past.ts'

export const demoOwnerEmail = 'demo@sendocki.localhost'

const owner = { fullName: 'Salma Bennis', email: demoOwnerEmail }
const colleagues: readonly (readonly [fullName: string, mailbox: string, role: RoleKey])[] = [
  ['Adil Berrechid', 'adil', 'manager'],
  ['Hajar Mekouar', 'hajar', 'manager'],
  ['Nawal Ziani', 'nawal', 'confirmation_agent'],
  ['Ayoub Lamsser', 'ayoub', 'confirmation_agent'],
  ['Chaimae Doukkali', 'chaimae', 'confirmation_agent'],
  ['Reda Oulhaj', 'reda', 'delivery_agent'],
  ['Mounir Sqalli', 'mounir', 'viewer'],
]

export interface Founded {
  readonly merchantId: string
  readonly owner: Actor
  readonly manager: Actor
  readonly agents: readonly Actor[]
  /** Brings the parcels of the own town. */
  readonly driver: Actor
}

/**
 * Makes the demo's merchant with its eight members, at an instant of the past. Their passwords are known to nobody: a
 * visitor comes in by "Explore the demo" only. Undefined when the owner's address is taken, that is, the demo is there.
 */
export const foundDemo = async (world: World, tx: PlatformTx, instant: number): Promise<Founded | undefined> => {
  const ctx = publicContext({ ...world, clock: () => new Date(instant) }, demoOrigin)
  const passwordHash = await world.passwords.hash(randomToken())
  const user = await insertUser(tx, personOf(ctx, owner, passwordHash))
  if (!user) return undefined
  const founded = await foundMerchant(ctx, tx, {
    ...{ name: 'Dar Lamya', language: 'fr', country: 'MA' },
    owner: user,
    isDemo: true,
  })
  const { merchantId, memberId, roleIds } = founded
  const actorOf = (role: RoleKey, person: { id: string; memberId: string; fullName: string }): Actor => {
    const { permissions, scope, masks, moveInto } = builtInRoles[role]
    return {
      ...systemActor('member', person.memberId, person.fullName),
      userId: person.id,
      memberId: person.memberId,
      role: {
        ...{ id: roleIds[role], key: role, scope, moveInto },
        permissions: new Set(permissions),
        masks: new Set(masks),
      },
    }
  }
  const actors: [RoleKey, Actor][] = []
  const merchantTx = await tx.inMerchant(merchantId)
  for (const [fullName, mailbox, role] of colleagues) {
    const person = personOf(ctx, { fullName, email: `${mailbox}@dar-lamya.localhost` }, passwordHash)
    await insertUser(tx, person)
    const member = { id: ctx.newId(), userId: person.id, roleId: roleIds[role], joinedAt: person.createdAt }
    await insertMember(merchantTx, { ...member, fullName, email: person.email })
    const actor = actorOf(role, { id: person.id, memberId: member.id, fullName })
    ctx.inMerchant(merchantId, actor).record(merchantTx, {
      type: 'member.joined',
      subject: { kind: 'member', id: member.id },
      after: { roleId: roleIds[role], roleKey: role },
    })
    actors.push([role, actor])
  }
  const those = (role: RoleKey) => actors.filter(([key]) => key === role).map(([, actor]) => actor)
  const [manager] = those('manager')
  const [driver] = those('delivery_agent')
  if (!manager || !driver) throw new Error('The demo has no manager or no driver.')
  return {
    merchantId,
    owner: actorOf('owner', { id: user.id, memberId, fullName: owner.fullName }),
    manager,
    agents: those('confirmation_agent'),
    driver,
  }
}

const personOf = (ctx: PublicCtx, { fullName, email }: typeof owner, passwordHash: string) => ({
  ...{ id: ctx.newId(), email, fullName, passwordHash },
  language: 'fr' as const,
  createdAt: ctx.now.toISOString(),
})
