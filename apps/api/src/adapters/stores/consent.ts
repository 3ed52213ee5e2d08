import type { Consent } from './port.ts'

/**
 * A consent that comes back with a code. Nothing is signed on the way: the state alone, good once and bound to the
 * browser, makes it genuine.
 */
export const consentByCode = (authorizeUrl: Consent['authorizeUrl']): Consent => ({
  gives: 'code',
  authorizeUrl,
  stateOf: ({ state }) => state,
  isGranted: ({ error, code }) => error === undefined && code !== undefined,
})
