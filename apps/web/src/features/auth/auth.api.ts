import type { Language } from '@sendocki/domain/language'
import { api, bodyOf, type Granted } from '../../lib/api.ts'

interface SignUp {
  readonly email: string
  readonly password: string
  readonly fullName: string
  readonly merchantName: string
  readonly language: Language
}

/** Sends a code by mail. The answer is the same for an address that has an account. */
export const signUp = (body: SignUp) => bodyOf(api.POST('/api/v1/auth/sign-up', { body }))
export const verifySignUp = (body: { signUpId: string; code: string }): Promise<Granted> =>
  bodyOf(api.POST('/api/v1/auth/sign-up/verify', { body }))
export const signIn = (body: { email: string; password: string; rememberMe: boolean }): Promise<Granted> =>
  bodyOf(api.POST('/api/v1/auth/sign-in', { body }))
export const exploreDemo = (): Promise<Granted> => bodyOf(api.POST('/api/v1/auth/demo', { body: {} }))
export const forgotPassword = async (email: string): Promise<void> => {
  await api.POST('/api/v1/auth/password/forgot', { body: { email } })
}
export const resetPassword = async (body: { token: string; password: string }): Promise<void> => {
  await api.POST('/api/v1/auth/password/reset', { body })
}
/** What an invitation offers, shown before it is accepted. */
export const lookAtInvitation = (token: string) => bodyOf(api.POST('/api/v1/invitations/look', { body: { token } }))
export const acceptInvitation = (body: { token: string; fullName?: string; password?: string }): Promise<Granted> =>
  bodyOf(api.POST('/api/v1/invitations/accept', { body }))
