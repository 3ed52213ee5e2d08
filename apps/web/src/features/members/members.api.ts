import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'
import { after, pages } from '../../lib/pages.ts'

const readMembers = (cursor: string | null, disabled: boolean, signal: AbortSignal) =>
  bodyOf(
    api.GET('/api/v1/members', {
      signal,
      params: { query: { ...after(cursor), ...(disabled ? {} : { disabled: false }) } },
    }),
  )

/** The members, those without access too when asked. */
export const membersQuery = (disabled: boolean) =>
  infiniteQueryOptions({
    queryKey: ['member', 'list', { disabled }],
    queryFn: ({ signal, pageParam }) => readMembers(pageParam, disabled, signal),
    ...pages,
  })
export type Member = Awaited<ReturnType<typeof readMembers>>['items'][number]

const readInvitations = (signal: AbortSignal) => bodyOf(api.GET('/api/v1/invitations', { signal }))
export const invitationsQuery = queryOptions({
  queryKey: ['invitation', 'list'],
  queryFn: ({ signal }) => readInvitations(signal),
})
export type Invitation = Awaited<ReturnType<typeof readInvitations>>['items'][number]

const readRoles = (signal: AbortSignal) => bodyOf(api.GET('/api/v1/roles', { signal }))
export const rolesQuery = queryOptions({ queryKey: ['role', 'list'], queryFn: ({ signal }) => readRoles(signal) })
export type Role = Awaited<ReturnType<typeof readRoles>>['items'][number]

export const invite = (body: { email: string; roleId: string }) => bodyOf(api.POST('/api/v1/invitations', { body }))
export const withdrawInvitation = async (id: string): Promise<void> => {
  await api.DELETE('/api/v1/invitations/{id}', { params: { path: { id } } })
}
export const giveRole = ({ id, version }: Member, roleId: string) =>
  bodyOf(api.PATCH('/api/v1/members/{id}', { params: { path: { id } }, body: { roleId, version } }))
export const disableMember = ({ id, version }: Member) =>
  bodyOf(api.POST('/api/v1/members/{id}/disable', { params: { path: { id } }, body: { version } }))
export const enableMember = ({ id, version }: Member) =>
  bodyOf(api.POST('/api/v1/members/{id}/enable', { params: { path: { id } }, body: { version } }))
