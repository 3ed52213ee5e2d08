import { SignedIn } from '@sendocki/domain/identity/account'
import {
  AcceptInvitation,
  DisableMember,
  EditMember,
  Invitation,
  InvitationLook,
  InvitationPage,
  Invite,
  LookAtInvitation,
  Member,
  MemberPage,
  MemberQuery,
  Reassigned,
  ReassignMember,
} from '@sendocki/domain/members/member'
import { RolePage } from '@sendocki/domain/members/role'
import { closed, IdParams, nullable, pageQuery, ref } from '@sendocki/domain/schema'
import { type Api, done, problems } from '../../http/api.ts'
import { languageOf } from '../../http/auth.ts'
import { grant } from '../../http/session-cookie.ts'
import {
  acceptInvitation,
  invite,
  lookAtInvitation,
  readInvitations,
  revokeInvitation,
} from './invitations.commands.ts'
import {
  disableMember,
  editMember,
  enableMember,
  endMemberSessions,
  readMember,
  readMembers,
  readRoles,
} from './members.commands.ts'
import { reassignMember } from './reassigning.commands.ts'

const tags = ['People']

export const membersRoutes = (app: Api): void => {
  app.get(
    '/members',
    {
      config: { permission: 'members.read' },
      schema: {
        operationId: 'listMembers',
        tags,
        summary: 'Members in the order in which they came',
        querystring: MemberQuery,
        response: { 200: ref(MemberPage), ...problems },
      },
    },
    (req) => readMembers(req.ctx, req.query),
  )
  app.get(
    '/members/:id',
    {
      config: { permission: 'members.read' },
      schema: {
        operationId: 'getMember',
        tags,
        summary: 'A member',
        params: IdParams,
        response: { 200: ref(Member), ...problems },
      },
    },
    (req) => readMember(req.ctx, req.params.id),
  )
  app.patch(
    '/members/:id',
    {
      config: { permission: 'members.edit' },
      schema: {
        operationId: 'editMember',
        tags,
        summary: 'Gives a member another role',
        params: IdParams,
        body: ref(EditMember),
        response: { 200: ref(Member), ...problems },
      },
    },
    (req) => editMember(req.ctx, req.params.id, req.body),
  )
  app.post(
    '/members/:id/disable',
    {
      config: { permission: 'members.edit' },
      schema: {
        operationId: 'disableMember',
        tags,
        summary: 'Closes the merchant to a member at once',
        params: IdParams,
        body: ref(DisableMember),
        response: { 200: ref(Member), ...problems },
      },
    },
    (req) => disableMember(req.ctx, req.params.id, req.body.version),
  )
  app.post(
    '/members/:id/enable',
    {
      config: { permission: 'members.edit' },
      schema: {
        operationId: 'enableMember',
        tags,
        summary: 'Opens the merchant to a member again',
        params: IdParams,
        body: ref(DisableMember),
        response: { 200: ref(Member), ...problems },
      },
    },
    (req) => enableMember(req.ctx, req.params.id, req.body.version),
  )
  app.post(
    '/members/:id/end-sessions',
    {
      config: { permission: 'members.edit' },
      schema: {
        operationId: 'endMemberSessions',
        tags,
        summary: "Ends a member's sessions in this merchant",
        params: IdParams,
        body: nullable(closed({})),
        response: { 200: ref(Member), ...problems },
      },
    },
    (req) => endMemberSessions(req.ctx, req.params.id),
  )
  app.post(
    '/members/:id/reassign',
    {
      config: { permission: 'members.edit' },
      schema: {
        operationId: 'reassignMember',
        tags,
        summary: "Gives a member's open orders to another, or to nobody",
        params: IdParams,
        body: ref(ReassignMember),
        response: { 200: ref(Reassigned), ...problems },
      },
    },
    (req) => reassignMember(req.ctx, req.params.id, req.body.toMemberId),
  )
  app.get(
    '/roles',
    {
      config: { permission: 'members.read' },
      schema: {
        operationId: 'listRoles',
        tags,
        summary: 'The roles with their rights',
        querystring: closed(pageQuery),
        response: { 200: ref(RolePage), ...problems },
      },
    },
    (req) => readRoles(req.ctx, req.query),
  )
  invitationRoutes(app)
}

const invitationRoutes = (app: Api): void => {
  app.get(
    '/invitations',
    {
      config: { permission: 'members.read' },
      schema: {
        operationId: 'listInvitations',
        tags,
        summary: 'Invitations that wait, newest first',
        querystring: closed(pageQuery),
        response: { 200: ref(InvitationPage), ...problems },
      },
    },
    (req) => readInvitations(req.ctx, req.query),
  )
  app.post(
    '/invitations',
    {
      config: { permission: 'members.edit' },
      schema: {
        operationId: 'inviteMember',
        tags,
        summary: 'Invites an address by mail',
        body: ref(Invite),
        response: { 201: ref(Invitation), ...problems },
      },
    },
    async (req, reply) => reply.code(201).send(await invite(req.ctx, req.body)),
  )
  app.delete(
    '/invitations/:id',
    {
      config: { permission: 'members.edit' },
      schema: {
        operationId: 'revokeInvitation',
        tags,
        summary: 'Voids the link of an invitation',
        params: IdParams,
        response: { 204: done, ...problems },
      },
    },
    async (req, reply) => reply.code(204).send(await revokeInvitation(req.ctx, req.params.id)),
  )
  app.post(
    '/invitations/look',
    {
      config: { permission: 'public' },
      schema: {
        operationId: 'lookAtInvitation',
        tags,
        summary: 'What the holder of a link is invited to',
        body: ref(LookAtInvitation),
        response: { 200: ref(InvitationLook), ...problems },
      },
    },
    (req) => lookAtInvitation(req.publicCtx, req.body.token),
  )
  app.post(
    '/invitations/accept',
    {
      config: { permission: 'public', knowsPerson: true },
      schema: {
        operationId: 'acceptInvitation',
        tags,
        summary: "Makes the link's reader a member and opens a session",
        body: ref(AcceptInvitation),
        response: { 201: ref(SignedIn), ...problems },
      },
    },
    async (req, reply) =>
      reply
        .code(201)
        .send(
          grant(reply, await acceptInvitation(req.publicCtx, req.person, { language: languageOf(req), ...req.body })),
        ),
  )
}
