import { type Static, Type } from 'typebox'
import { languages } from '../language.ts'
import { Role } from '../members/role.ts'
import { closed, Email, Instant, Line, named, nullable, oneOf, page, ref, Uuid, Version } from '../schema.ts'
import { passwordLengthMax, passwordLengthMin } from './password-length.ts'

/** Why a session is over: by its person, by a colleague with the right to, by a new password, by a stolen token. */
export const sessionEnds = ['signed_out', 'ended', 'password_changed', 'token_reused', 'no_membership'] as const
export type SessionEnd = (typeof sessionEnds)[number]

/** How long things are good for. Source: product.md 14, api.md 2. */
export const signUpMinutes = 10
export const signUpTries = 5
export const sessionHours = 12
export const rememberedDays = 30
export const resetMinutes = 60
/** For how long after signing in nobody is asked for the password again. */
export const freshSignInMinutes = 15
/** Two tabs may show the same refresh token within this time; later it is a stolen one. */
export const rotationGraceSeconds = 10

const Language = oneOf(languages)
/** ISO 3166, the country whose rules the merchant's papers follow. */
const Country = Type.String({ minLength: 2, maxLength: 2, pattern: '^[A-Z]{2}$' })
/** Any character counts and none is demanded; what is too easy is refused with its reason. */
export const NewPassword = Type.String({ minLength: passwordLengthMin, maxLength: passwordLengthMax })
/** A password that is compared, never judged. */
export const GivenPassword = Type.String({ minLength: 1, maxLength: passwordLengthMax })
export const LinkToken = Type.String({ minLength: 1, maxLength: 200 })

export const User = named(
  'User',
  Type.Object({
    id: Uuid,
    email: Type.String(),
    fullName: Type.String(),
    language: Language,
    createdAt: Instant,
    version: Version,
  }),
)
export type User = Static<typeof User>

export const Merchant = named(
  'Merchant',
  Type.Object({
    id: Uuid,
    name: Type.String(),
    country: Type.String(),
    language: Language,
    /** Whether a machine merges one click that a shop sent twice; never unless the merchant switched it on. */
    mergesIdentical: Type.Boolean(),
    createdAt: Instant,
    version: Version,
  }),
)
export type Merchant = Static<typeof Merchant>

/** What every way in answers; the refresh token travels in its cookie only. */
export const SignedIn = named(
  'SignedIn',
  Type.Object({
    accessToken: Type.String(),
    expiresInSeconds: Type.Integer(),
    user: ref(User),
    /** Null for a person who is a member nowhere. */
    merchant: nullable(ref(Merchant)),
  }),
)
export type SignedIn = Static<typeof SignedIn>

export const SignUp = named(
  'SignUp',
  closed({
    email: Email,
    password: NewPassword,
    fullName: Line(120),
    merchantName: Line(120),
    language: Type.Optional(Language),
    country: Type.Optional(Country),
  }),
)
export type SignUp = Static<typeof SignUp>
export const SignUpStarted = named('SignUpStarted', Type.Object({ signUpId: Uuid }))
export const VerifySignUp = named(
  'VerifySignUp',
  closed({ signUpId: Uuid, code: Type.String({ minLength: 6, maxLength: 6, pattern: '^[0-9]{6}$' }) }),
)
export type VerifySignUp = Static<typeof VerifySignUp>

export const SignIn = named(
  'SignIn',
  closed({ email: Email, password: GivenPassword, rememberMe: Type.Optional(Type.Boolean()) }),
)
export type SignIn = Static<typeof SignIn>
export const SwitchMerchant = named('SwitchMerchant', closed({ merchantId: Uuid }))

export const ForgotPassword = named('ForgotPassword', closed({ email: Email }))
export const ResetPassword = named('ResetPassword', closed({ token: LinkToken, password: NewPassword }))
export type ResetPassword = Static<typeof ResetPassword>
export const ChangePassword = named(
  'ChangePassword',
  closed({
    currentPassword: GivenPassword,
    newPassword: NewPassword,
    /** Ends the person's other sessions; true unless told otherwise. */
    endOtherSessions: Type.Optional(Type.Boolean()),
  }),
)
export type ChangePassword = Static<typeof ChangePassword>

export const Membership = named(
  'Membership',
  Type.Object({ merchantId: Uuid, merchantName: Type.String(), memberId: Uuid, role: ref(Role) }),
)
export type Membership = Static<typeof Membership>
export const Me = named(
  'Me',
  Type.Object({
    user: ref(User),
    memberships: Type.Array(ref(Membership)),
    merchant: nullable(ref(Merchant)),
    sessionId: Uuid,
    /** Of the newest event of the merchant at this moment; 0 without one. What is read from here on is at least as new. */
    lastSequence: Type.Integer(),
    /**
     * How the clock in Morocco stood and will stand, for devices whose calendar is older than the latest decree: from
     * each instant on, how many minutes ahead of UTC, and until when this is told.
     */
    clock: Type.Object({
      changes: Type.Array(Type.Object({ from: Instant, minutes: Type.Integer() })),
      until: Instant,
    }),
  }),
)
export type Me = Static<typeof Me>
export const EditMe = named(
  'EditMe',
  closed({ version: Version, fullName: Type.Optional(Line(120)), language: Type.Optional(Language) }),
)
export type EditMe = Static<typeof EditMe>
export const EditMerchant = named(
  'EditMerchant',
  closed({
    version: Version,
    name: Type.Optional(Line(120)),
    language: Type.Optional(Language),
    mergesIdentical: Type.Optional(Type.Boolean()),
  }),
)
export type EditMerchant = Static<typeof EditMerchant>

/** A signed-in browser, as its person sees it in the list. */
export const SessionView = named(
  'Session',
  Type.Object({
    id: Uuid,
    /** Null when the browser did not say, or said something unknown. */
    browser: nullable(Type.String()),
    system: nullable(Type.String()),
    address: Type.String(),
    remembered: Type.Boolean(),
    createdAt: Instant,
    lastSeenAt: Instant,
    expiresAt: Instant,
    /** The session that asks. */
    current: Type.Boolean(),
  }),
)
export type SessionView = Static<typeof SessionView>
export const SessionPage = page('SessionPage', ref(SessionView))

/** What a visitor may know of this installation. */
export const Instance = named(
  'Instance',
  Type.Object({
    sandbox: Type.Boolean(),
    sandboxUrl: nullable(Type.String()),
    /** Whether the demo merchant can be visited. */
    demo: Type.Boolean(),
    version: Type.String(),
  }),
)
export type Instance = Static<typeof Instance>
