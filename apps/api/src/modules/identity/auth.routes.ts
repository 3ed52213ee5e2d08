import {
  ChangePassword,
  ForgotPassword,
  ResetPassword,
  SessionPage,
  SignedIn,
  SignIn,
  SignUp,
  SignUpStarted,
  SwitchMerchant,
  VerifySignUp,
} from '@sendocki/domain/identity/account'
import { closed, IdParams, nullable, pageQuery, ref } from '@sendocki/domain/schema'
import { type Api, done, problems } from '../../http/api.ts'
import { languageOf, personOf } from '../../http/auth.ts'
import { forgetCookie, grant, refreshTokenOf, refuseForeignOrigin } from '../../http/session-cookie.ts'
import { askForReset, changePassword, resetPassword } from './passwords.commands.ts'
import {
  endOneSession,
  endOtherSessions,
  readSessions,
  refreshSession,
  signOut,
  switchMerchant,
} from './sessions.commands.ts'
import { signIn, signInToDemo } from './sign-in.commands.ts'
import { startSignUp, verifySignUp } from './sign-up.commands.ts'

const tags = ['Identity']
const anybody = { permission: 'public' } as const
const person = { permission: 'session' } as const
/** For calls that need no more than who makes them. */
const NoBody = nullable(closed({}))

/** Ways in and out. The refresh token travels in its cookie, the access token in the answer, never together. */
export const authRoutes = (app: Api): void => {
  app.post(
    '/auth/sign-up',
    {
      config: anybody,
      schema: {
        operationId: 'startSignUp',
        tags,
        summary: 'Asks for an account; a 6-digit code goes to the address',
        body: ref(SignUp),
        response: { 202: ref(SignUpStarted), ...problems },
      },
    },
    async (req, reply) =>
      reply.code(202).send(await startSignUp(req.publicCtx, { language: languageOf(req), ...req.body })),
  )
  app.post(
    '/auth/sign-up/verify',
    {
      config: anybody,
      schema: {
        operationId: 'verifySignUp',
        tags,
        summary: 'Makes the account with the code from the mail',
        body: ref(VerifySignUp),
        response: { 201: ref(SignedIn), ...problems },
      },
    },
    async (req, reply) => reply.code(201).send(grant(reply, await verifySignUp(req.publicCtx, req.body))),
  )
  app.post(
    '/auth/sign-in',
    {
      config: anybody,
      schema: {
        operationId: 'signIn',
        tags,
        summary: 'Opens a session by e-mail and password',
        body: ref(SignIn),
        response: { 200: ref(SignedIn), ...problems },
      },
    },
    async (req, reply) => grant(reply, await signIn(req.publicCtx, req.body)),
  )
  app.post(
    '/auth/demo',
    {
      config: anybody,
      schema: {
        operationId: 'exploreDemo',
        tags,
        summary: "Opens a session as the demo merchant's owner",
        body: NoBody,
        response: { 200: ref(SignedIn), ...problems },
      },
    },
    async (req, reply) => grant(reply, await signInToDemo(req.publicCtx)),
  )
  app.post(
    '/auth/refresh',
    {
      config: anybody,
      preValidation: refuseForeignOrigin,
      schema: {
        operationId: 'refreshSession',
        tags,
        summary: 'A new access token by the cookie, which is renewed',
        body: NoBody,
        response: { 200: ref(SignedIn), ...problems },
      },
    },
    async (req, reply) => grant(reply, await refreshSession(req.publicCtx, refreshTokenOf(req))),
  )
  app.post(
    '/auth/sign-out',
    {
      config: { ...anybody, knowsPerson: true },
      preValidation: refuseForeignOrigin,
      schema: {
        operationId: 'signOut',
        tags,
        summary: 'Ends the session of the cookie or of the access token',
        body: NoBody,
        response: { 204: done, ...problems },
      },
    },
    async (req, reply) => {
      await signOut(req.publicCtx, refreshTokenOf(req), req.person)
      forgetCookie(reply)
      return reply.code(204).send(null)
    },
  )
  app.post(
    '/auth/switch',
    {
      config: person,
      schema: {
        operationId: 'switchMerchant',
        tags,
        summary: "Moves the session into another of the person's merchants",
        body: ref(SwitchMerchant),
        response: { 200: ref(SignedIn), ...problems },
      },
    },
    async (req, reply) => grant(reply, await switchMerchant(req.publicCtx, personOf(req), req.body.merchantId)),
  )
  sessionRoutes(app)
  passwordRoutes(app)
}

const sessionRoutes = (app: Api): void => {
  app.get(
    '/auth/sessions',
    {
      config: person,
      schema: {
        operationId: 'listSessions',
        tags,
        summary: "The person's live sessions, newest first",
        querystring: closed(pageQuery),
        response: { 200: ref(SessionPage), ...problems },
      },
    },
    (req) => readSessions(req.publicCtx, personOf(req), req.query),
  )
  app.delete(
    '/auth/sessions',
    {
      config: person,
      schema: {
        operationId: 'endOtherSessions',
        tags,
        summary: "Ends the person's other sessions",
        response: { 204: done, ...problems },
      },
    },
    async (req, reply) => reply.code(204).send(await endOtherSessions(req.publicCtx, personOf(req))),
  )
  app.delete(
    '/auth/sessions/:id',
    {
      config: person,
      schema: {
        operationId: 'endSession',
        tags,
        summary: "Ends one of the person's sessions",
        params: IdParams,
        response: { 204: done, ...problems },
      },
    },
    async (req, reply) => reply.code(204).send(await endOneSession(req.publicCtx, personOf(req), req.params.id)),
  )
}

const passwordRoutes = (app: Api): void => {
  app.post(
    '/auth/password/forgot',
    {
      config: anybody,
      schema: {
        operationId: 'askForReset',
        tags,
        summary: 'Sends a link to choose a new password',
        body: ref(ForgotPassword),
        response: { 204: done, ...problems },
      },
    },
    async (req, reply) => reply.code(204).send(await askForReset(req.publicCtx, req.body)),
  )
  app.post(
    '/auth/password/reset',
    {
      config: anybody,
      schema: {
        operationId: 'resetPassword',
        tags,
        summary: 'Sets a password by the link and ends every session',
        body: ref(ResetPassword),
        response: { 204: done, ...problems },
      },
    },
    async (req, reply) => reply.code(204).send(await resetPassword(req.publicCtx, req.body)),
  )
  app.post(
    '/auth/password/change',
    {
      config: person,
      schema: {
        operationId: 'changePassword',
        tags,
        summary: 'Sets a password by the old one',
        body: ref(ChangePassword),
        response: { 204: done, ...problems },
      },
    },
    async (req, reply) => reply.code(204).send(await changePassword(req.publicCtx, personOf(req), req.body)),
  )
}
