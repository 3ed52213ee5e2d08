import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { axeViolations, openBrowser, shoot, watchPage } from '../support/browser.ts'
import { goodPassword, type Shopkeeper, signUp } from '../support/shopkeeper.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { demoLine } from '../support/whatsapp.ts'
import { wordsOf } from './words.ts'

let stack: Stack
let browser: Browser
beforeAll(async () => {
  stack = await startStack()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await stack.stop()
})

const say = async (from: string, text: string): Promise<void> => {
  const answer = await fetch(`${stack.sandboxUrl}/control/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ from, text }),
  })
  if (!answer.ok) throw new Error(await answer.text())
}

const open = async (keeper: Shopkeeper, language: 'fr' | 'ar'): Promise<Page> => {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: language,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  await page.goto(`${stack.url}/sign-in`)
  await page.evaluate((chosen) => localStorage.setItem('sendocki.language', chosen), language)
  await page.reload()
  await page.locator('input[type=email]').fill(keeper.email)
  await page.locator('input[type=password]').fill(goodPassword)
  await page.locator('button[type=submit]').click()
  await page.waitForURL(/\/(today|start|orders|settings)/)
  return page
}

const fits = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)

it('connects a number, hears a buyer live and answers, on a desk and on a phone', { timeout: 180_000 }, async () => {
  const keeper = await signUp(stack.url, stack.sandboxUrl, 'conversations')
  const page = await open(keeper, 'fr')
  const watched = watchPage(page)
  const { whatsapp: words } = wordsOf('fr')

  await page.goto(`${stack.url}/settings/whatsapp`)
  await page.getByRole('button', { name: words.connect }).click()
  const dialog = page.getByRole('dialog')
  for (const name of ['name', 'phoneNumberId', 'businessAccountId', 'accessToken', 'appSecret'] as const)
    await dialog.getByLabel(words.form[name], { exact: true }).fill(demoLine[name])
  expect(await axeViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: words.form.submit }).click()
  await page.getByText(words.status.connected, { exact: true }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await shoot(page, 'whatsapp-settings')

  await page.goto(`${stack.url}/conversations`)
  await page.getByText(words.inbox.none).waitFor()
  await say('212661234567', 'Wakha !')
  await page.getByRole('button', { name: /Client 4567/ }).click()
  await page.getByRole('status').getByText(words.inbox.proposalYes).waitFor()
  await page.getByRole('textbox', { name: words.inbox.write }).fill('Bonjour, merci !')
  await page.keyboard.press('Enter')
  await page.getByRole('log').getByText('Bonjour, merci !').waitFor()
  await page.getByRole('log').getByText(words.inbox.status.read, { exact: true }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await shoot(page, 'whatsapp-inbox')
  expect(watched.complaints()).toEqual([])

  const arabic = await open(keeper, 'ar')
  await arabic.setViewportSize({ width: 360, height: 740 })
  await arabic.goto(page.url())
  await arabic.getByRole('log').getByText('Bonjour, merci !').waitFor()
  expect(await fits(arabic)).toBe(true)
  expect(await axeViolations(arabic)).toEqual([])
  await shoot(arabic, 'whatsapp-inbox-phone-ar')
  await arabic.getByRole('button', { name: wordsOf('ar').whatsapp.inbox.back }).click()
  await arabic.getByRole('button', { name: /Client 4567/ }).waitFor()
  expect(await fits(arabic)).toBe(true)
})
