import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, watchPage } from '../support/browser.ts'
import { type Stack, startStack } from '../support/stack.ts'
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

it('the reference page reads the whole contract, and the browser has nothing to complain about', async () => {
  const page = await browser.newPage()
  const refused: string[] = []
  page.on('requestfailed', (request) => refused.push(request.url()))
  page.on('response', (answer) => {
    if (answer.status() >= 400) refused.push(answer.url())
  })
  const { complaints } = watchPage(page)
  await page.goto(`${stack.url}/docs`)
  // It draws its operations as they come into sight.
  await page.locator('.opblock-summary-path', { hasText: '/api/v1/' }).first().waitFor()
  await page.locator('.opblock-summary-control').first().click()
  await page.locator('.opblock-body').first().waitFor()
  expect(complaints()).toEqual([])
  expect(refused).toEqual([])
  await page.close()
})

it('the sign-in page offers the demo by itself once it is made, and lets a visitor in', async () => {
  const context = await browser.newContext({ locale: 'fr-MA' })
  const page = await context.newPage()
  const { complaints } = watchPage(page)
  await page.goto(`${stack.url}/sign-in`)
  await page.locator('input[type=email]').waitFor()
  const offer = page.getByRole('button', { name: wordsOf('fr').auth.exploreDemo })
  expect(await offer.count()).toBe(0)
  const script = join(import.meta.dirname, '../../apps/api/scripts/seed.ts')
  const seed = fork(script, ['--orders', '60', '--days', '10'], { env: stack.env, execArgv: [] })
  expect(await new Promise((resolve) => seed.once('exit', resolve))).toBe(0)
  await offer.click()
  await page.waitForURL(/\/today/)
  expect(complaints()).toEqual([])
  await context.close()
})
