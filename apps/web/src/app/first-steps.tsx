import { lazy } from 'react'
import { OnboardingPage, type StepParts } from '../features/onboarding/onboarding.page.tsx'
import { loadMessages } from '../lib/i18n.ts'

/** Fetched with the step that needs it: the forms of the settings, where the step is. */
const parts: StepParts = {
  store: lazy(async () => {
    const [{ ConnectHere }] = await Promise.all([
      import('../features/stores/connect-here.tsx'),
      loadMessages('stores', 'fields'),
    ])
    return { default: ConnectHere }
  }),
  carrier: lazy(async () => {
    const [{ ConnectHere }] = await Promise.all([
      import('../features/carriers/connect-here.tsx'),
      loadMessages('carriers', 'orders', 'fields'),
    ])
    return { default: ConnectHere }
  }),
}

/** The first steps, with the shop and the carrier connected on the way. */
export const FirstSteps = () => <OnboardingPage parts={parts} />
