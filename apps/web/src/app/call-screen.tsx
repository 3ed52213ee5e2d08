import { lazy } from 'react'
import { type CallConversation, CallsPage, type Decision } from '../features/calls/calls.page.tsx'
import { loadMessages } from '../lib/i18n.ts'

/** Fetched when the first duplicate is met on the phone: the call screen itself stays light. */
const DecisionDesk: Decision = lazy(async () => {
  const [{ DecisionDesk: desk }] = await Promise.all([
    import('../features/orders/duplicates/decision-desk.tsx'),
    loadMessages('duplicates', 'orders'),
  ])
  return { default: desk }
})

/** Fetched with the first call: until then nobody's messages are read. */
const CallThread: CallConversation = lazy(async () => {
  const [{ CallThread: thread }] = await Promise.all([
    import('../features/whatsapp/call-thread.tsx'),
    loadMessages('whatsapp'),
  ])
  return { default: thread }
})

/** The call screen, with the decision about duplicates and the conversation with the customer at hand. */
export const CallScreen = () => <CallsPage decision={DecisionDesk} conversation={CallThread} />
