import { type Static, Type } from 'typebox'
import { type Language } from '../language.ts'
import { masks, permissions, type RoleKey, roleKeys, scopes } from '../permissions.ts'
import { named, nullable, oneOf, page, ref, Uuid, Version } from '../schema.ts'

/** `key` is null for a role that the merchant made. */
export const Role = named(
  'Role',
  Type.Object({
    id: Uuid,
    key: nullable(oneOf(roleKeys)),
    name: Type.String(),
    permissions: Type.Array(oneOf(permissions)),
    scope: Type.Array(oneOf(scopes)),
    masks: Type.Array(oneOf(masks)),
    version: Version,
  }),
)
export type Role = Static<typeof Role>
export const RolePage = page('RolePage', ref(Role))

/** The built-in roles as a merchant first meets them, in the merchant's language. */
export const roleNames: Record<RoleKey, Record<Language, string>> = {
  owner: { fr: 'Propriétaire', en: 'Owner', ar: 'المالك' },
  manager: { fr: 'Responsable', en: 'Manager', ar: 'المسؤول' },
  confirmation_agent: { fr: 'Agent de confirmation', en: 'Confirmation agent', ar: 'وكيل التأكيد' },
  delivery_agent: { fr: 'Livreur', en: 'Delivery agent', ar: 'وكيل التوصيل' },
  viewer: { fr: 'Lecteur', en: 'Viewer', ar: 'مطّلع' },
}
