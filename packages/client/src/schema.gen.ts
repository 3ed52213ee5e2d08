/* Written by `pnpm contract`. Until its first run: the operations that the app's foundation uses. */
interface Json<Body> {
  content: { 'application/json': Body }
}
interface Answered<Body> {
  headers: { [name: string]: unknown }
  content: { 'application/json': Body }
}
interface Operation<Answer, Input extends { query?: object; path?: object; body?: object } = object> {
  parameters: {
    query?: Input extends { query: infer Query } ? Query : never
    header?: never
    path: Input extends { path: infer Path } ? Path : never
    cookie?: never
  }
  requestBody?: Input extends { body: infer Body } ? Json<Body> : never
  responses: { 200: Answered<Answer> }
}
interface Simple<Answer, Input extends { query?: object; body?: object } = object> {
  parameters: { query?: Input extends { query: infer Query } ? Query : never; header?: never; path?: never; cookie?: never }
  requestBody?: Input extends { body: infer Body } ? Json<Body> : never
  responses: { 200: Answered<Answer> }
}
interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}
interface User {
  id: string
  email: string
  fullName: string
  language: 'fr' | 'en' | 'ar'
  createdAt: string
  version: number
}
interface Merchant {
  id: string
  name: string
  country: string
  language: 'fr' | 'en' | 'ar'
  createdAt: string
  version: number
}
interface Role {
  id: string
  key: 'owner' | 'manager' | 'confirmation_agent' | 'delivery_agent' | 'viewer' | null
  name: string
  permissions: string[]
  scope: string[]
  masks: string[]
  version: number
}
interface Membership {
  merchantId: string
  merchantName: string
  memberId: string
  role: Role
}
interface Me {
  user: User
  memberships: Membership[]
  merchant: Merchant | null
  sessionId: string
}
interface SignedIn {
  accessToken: string
  expiresInSeconds: number
  user: User
  merchant: Merchant | null
}
interface RoleName {
  id: string
  key: Role['key']
  name: string
}
interface Member {
  id: string
  fullName: string
  email: string
  role: RoleName
  joinedAt: string
  disabledAt: string | null
  version: number
}
interface Invitation {
  id: string
  email: string
  role: RoleName
  invitedBy: { id: string; name: string }
  createdAt: string
  expiresAt: string
}
interface InvitationLook {
  email: string
  merchantName: string
  roleKey: Role['key']
  roleName: string
  signInFirst: boolean
}
interface Session {
  id: string
  browser: string | null
  system: string | null
  address: string
  remembered: boolean
  createdAt: string
  lastSeenAt: string
  expiresAt: string
  current: boolean
}
interface AuditEntry {
  id: string
  type: string
  at: string
  actor: { kind: string; id: string | null; name: string | null }
  subject: { kind: string; id: string }
  before: { [field: string]: unknown } | null
  after: { [field: string]: unknown } | null
  origin: { address?: string; userAgent?: string; requestId?: string } | null
}
export interface paths {
  '/api/v1/instance': { get: Simple<{ sandbox: boolean; sandboxUrl: string | null; version: string; demo: boolean }> }
  '/api/v1/auth/sign-up': {
    post: Simple<
      { signUpId: string },
      { body: { email: string; password: string; fullName: string; merchantName: string; language?: 'fr' | 'en' | 'ar' } }
    >
  }
  '/api/v1/auth/sign-up/verify': { post: Simple<SignedIn, { body: { signUpId: string; code: string } }> }
  '/api/v1/auth/sign-in': { post: Simple<SignedIn, { body: { email: string; password: string; rememberMe?: boolean } }> }
  '/api/v1/auth/demo': { post: Simple<SignedIn> }
  '/api/v1/auth/refresh': { post: Simple<SignedIn> }
  '/api/v1/auth/switch': { post: Simple<SignedIn, { body: { merchantId: string } }> }
  '/api/v1/auth/sign-out': { post: Simple<never> }
  '/api/v1/auth/password': { post: Simple<never, { body: { currentPassword: string; newPassword: string } }> }
  '/api/v1/auth/password/forgot': { post: Simple<never, { body: { email: string } }> }
  '/api/v1/auth/password/reset': { post: Simple<never, { body: { token: string; password: string } }> }
  '/api/v1/auth/sessions': { get: Simple<Page<Session>> }
  '/api/v1/auth/sessions/{id}': { delete: Operation<never, { path: { id: string } }> }
  '/api/v1/me': { get: Simple<Me>; patch: Simple<User, { body: { version: number; fullName?: string; language?: 'fr' | 'en' | 'ar' } }> }
  '/api/v1/merchant': { get: Simple<Merchant>; patch: Simple<Merchant, { body: { name?: string; version: number } }> }
  '/api/v1/members': { get: Simple<Page<Member>, { query: { cursor?: string; limit?: number; disabled?: boolean } }> }
  '/api/v1/members/{id}': { patch: Operation<Member, { path: { id: string }; body: { roleId?: string; version: number } }> }
  '/api/v1/members/{id}/disable': { post: Operation<Member, { path: { id: string }; body: { version: number } }> }
  '/api/v1/members/{id}/enable': { post: Operation<Member, { path: { id: string }; body: { version: number } }> }
  '/api/v1/invitations/look': { post: Simple<InvitationLook, { body: { token: string } }> }
  '/api/v1/roles': { get: Simple<Page<Role>> }
  '/api/v1/invitations': { get: Simple<Page<Invitation>>; post: Simple<Invitation, { body: { email: string; roleId: string } }> }
  '/api/v1/invitations/{id}': { delete: Operation<never, { path: { id: string } }> }
  '/api/v1/invitations/accept': { post: Simple<SignedIn, { body: { token: string; fullName?: string; password?: string } }> }
  '/api/v1/audit-log': {
    get: Simple<Page<AuditEntry>, { query: { cursor?: string; limit?: number; actorId?: string; subjectKind?: string; type?: string } }>
  }
  '/api/v1/search': {
    get: Simple<
      { items: { kind: 'order' | 'customer'; id: string; title: string; detail: string | null; orderNumber: number | null }[] },
      { query: { q: string } }
    >
  }
  '/api/v1/notifications': { get: Simple<Page<{ id: string; type: string; at: string; readAt: string | null }>> }
  '/api/v1/events': {
    get: Simple<Page<{ id: string; type: string; sequence: number; subject: { kind: string; id: string } }>, { query: { cursor?: string } }>
  }
}
