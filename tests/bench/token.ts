import { accessToken } from '../support/agents.ts'
import type { Founded } from '../support/founding.ts'
import { benchSecret } from './data.ts'

/** An access token of the merchant's owner, as a sign-in would give it. */
export const tokenFor = ({ people: { owner } }: Founded): string => accessToken(benchSecret, owner)
