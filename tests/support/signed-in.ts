import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { goodPassword, type Shopkeeper } from './shopkeeper.ts'
import type { Stack } from './stack.ts'

/**
 * A page of somebody who is signed in, in a language, at no address yet. The form of the sign-in screen has journeys of
 * its own.
 */
export const signedIn = async (
  browser: Browser,
  { url }: Pick<Stack, 'url'>,
  { email }: Pick<Shopkeeper, 'email'>,
  { language, ...options }: BrowserContextOptions & { readonly language: 'fr' | 'ar' },
): Promise<Page> => {
  const localStorage = [{ name: 'sendocki.language', value: language }]
  const storageState = { cookies: [], origins: [{ origin: url, localStorage }] }
  // What fades in is half transparent for a moment, and would be read as too pale.
  const context = await browser.newContext({ locale: language, reducedMotion: 'reduce', storageState, ...options })
  const answer = await context.request.post(`${url}/api/v1/auth/sign-in`, { data: { email, password: goodPassword } })
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()} ${await answer.text()}`)
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  return page
}
