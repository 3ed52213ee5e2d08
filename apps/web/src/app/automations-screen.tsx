import { lazy } from 'react'
import { AutomationsPage } from '../features/automations/automations.page.tsx'
import type { PreviewCards } from '../features/automations/preview.tsx'
import { loadMessages } from '../lib/i18n.ts'

/** Fetched with the first carousel that is previewed: most messages are words and buttons. */
const Cards: PreviewCards = lazy(async () => {
  const [{ CardStrip }] = await Promise.all([import('../features/whatsapp/card-strip.tsx'), loadMessages('whatsapp')])
  return { default: CardStrip }
})

/** The automations, with the cards of a carousel shown as the template's own preview shows them. */
export const AutomationsScreen = () => <AutomationsPage cards={Cards} />
