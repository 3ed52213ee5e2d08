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
