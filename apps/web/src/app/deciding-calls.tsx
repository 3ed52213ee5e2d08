import { lazy } from 'react'
import { CallsPage, type Decision } from '../features/calls/calls.page.tsx'
import { loadMessages } from '../lib/i18n.ts'

/** Fetched when the first duplicate is met on the phone: the call screen itself stays light. */
const DecisionDesk: Decision = lazy(async () => {
  const [{ DecisionDesk: desk }] = await Promise.all([
    import('../features/orders/duplicates/decision-desk.tsx'),
    loadMessages('duplicates', 'orders'),
  ])
  return { default: desk }
})

/** The call screen, with the decision about duplicates at hand. */
export const DecidingCalls = () => <CallsPage decision={DecisionDesk} />
