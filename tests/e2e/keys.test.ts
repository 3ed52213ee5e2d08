import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, openBrowser, shoot, watchPage } from '../support/browser.ts'
import { orderBody } from '../support/endurance.ts'
import { type Shopkeeper, signUp } from '../support/shopkeeper.ts'
import { signedIn } from '../support/signed-in.ts'
import { eventually, type Stack, startStack } from '../support/stack.ts'
import { wordsOf } from './words.ts'

/** A newcomer makes a key, in French and in Arabic, and tries it on the reference page. */
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

/** What an operation on the reference page answered: the status and the body. */
const execute = async (page: Page, path: string, method: string): Promise<{ status: string; body: any }> => {
  await page.mouse.move(640, 600)
  const block = page.locator(`.opblock-${method}`).filter({ has: page.locator(`[data-path="${path}"]`) })
  // The page draws its operations as they come into sight.
  await eventually(
    async () => {
      const found = await block.count()
      if (found === 0) await page.mouse.wheel(0, 400)
      return found
    },
    (found) => found > 0,
    `${method} ${path} on the page`,
  )
  await block.locator('.opblock-summary-control').click()
  await block.getByRole('button', { name: 'Try it out' }).click()
  await block.getByRole('button', { name: 'Execute', exact: true }).click()
  const live = block.locator('.live-responses-table .response').first()
  const status = (await live.locator('.response-col_status').textContent()) ?? ''
  const body = JSON.parse((await live.locator('.highlight-code code').first().textContent()) ?? 'null')
  await block.locator('.opblock-summary-control').click()
  return { status: status.trim(), body }
}

/** The whole way of a newcomer on the reference page, which speaks one language: the id of the order that was placed. */
const tryOnReferencePage = async (page: Page, key: string): Promise<string> => {
  const docs = await page.context().newPage()
  docs.setDefaultTimeout(30_000)
  const watched = watchPage(docs)
  const refused: string[] = []
  docs.on('requestfailed', (request) => refused.push(request.url()))
  docs.on('response', (answer) => {
    if (answer.status() >= 400) refused.push(answer.url())
  })
  await docs.setViewportSize({ width: 1280, height: 900 })
  await docs.goto(`${stack.url}/docs`)
  await docs.getByRole('button', { name: 'Authorize' }).first().click()
  await docs.getByRole('textbox').first().fill(key)
  await docs.locator('.auth-container').first().getByRole('button', { name: 'Apply credentials' }).click()
  await docs.locator('.auth-container').first().getByRole('button', { name: 'Close' }).click()
  const empty = await execute(docs, '/api/v1/orders', 'get')
  expect(empty).toMatchObject({ status: '200', body: { items: [] } })
  // The example that the page proposes is an order as it stands.
  const placed = await execute(docs, '/api/v1/orders', 'post')
  expect([placed.status, placed.body.shippingAddress.city.name]).toEqual(['201', 'Casablanca'])
  await shoot(docs, 'docs-tried')
  expect([...watched.complaints(), ...refused]).toEqual([])
  await docs.close()
  return placed.body.id
}

/** The same by a program. */
const place = async (key: string): Promise<string> => {
  const answer = await fetch(`${stack.url}/api/v1/orders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(orderBody(1)),
  })
  expect(answer.status).toBe(201)
  return (await answer.json()).id
}

describe.each(['fr', 'ar'] as const)('in %s', (language) => {
  const { apiKeys: words, common } = wordsOf(language)

  const open = async (keeper: Shopkeeper): Promise<Page> => {
    const page = await signedIn(browser, stack, keeper, { language, viewport: { width: 360, height: 740 } })
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.goto(`${stack.url}/settings/api-keys`)
    return page
  }

  it('a key is made, copied, used, and revoked', { timeout: 240_000 }, async () => {
    const keeper = await signUp(stack.url, stack.sandboxUrl, `cles-${language}`)
    const page = await open(keeper)
    const watched = watchPage(page)
    await page.getByText(words.none).waitFor()
    await page.getByRole('button', { name: words.create, exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio').first().waitFor()
    // A key is never an owner, and delivers nothing.
    expect(await dialog.getByRole('radio').count()).toBe(3)
    await dialog.getByRole('button', { name: words.createAction }).click()
    await dialog.getByText(wordsOf(language).fields.missing).first().waitFor()
    await dialog.getByLabel(words.name, { exact: true }).fill('Site web')
    await dialog.getByRole('radio', { name: common.role.manager }).check()
    expect(await axeViolations(page)).toEqual([])
    await shoot(page, `key-form-${language}`)
    await dialog.getByRole('button', { name: words.createAction }).click()
    await page.getByRole('button', { name: words.copyKey, exact: true }).click()
    const key = await page.evaluate(() => navigator.clipboard.readText())
    expect(key).toMatch(/^sk_/)
    await page.getByText(words.createTitle).waitFor({ state: 'detached' })
    expect(await axeViolations(page)).toEqual([])
    await shoot(page, `key-once-${language}`)
    await page.getByRole('button', { name: words.kept }).click()
    await page.getByText(words.status.active, { exact: true }).waitFor()
    expect(await page.content()).not.toContain(key)

    const placed = language === 'fr' ? await tryOnReferencePage(page, key) : await place(key)

    // The order stands, and says who wrote it.
    const { body } = await keeper.get(`/orders/${placed}/events`)
    expect(body.items.at(-1).actor).toMatchObject({ kind: 'key', name: 'Site web' })
    await page.reload()
    await page.getByRole('listitem').filter({ hasText: 'Site web' }).getByRole('button').click()
    await page.getByRole('dialog').getByRole('button', { name: words.revokeAction }).click()
    await page.getByText(words.none).waitFor()
    const refused = await fetch(`${stack.url}/api/v1/orders`, { headers: { authorization: `Bearer ${key}` } })
    expect([refused.status, (await refused.json()).code]).toEqual([401, 'api_key.revoked'])
    await page.getByRole('switch', { name: words.showRevoked }).click()
    await page.getByText(words.status.revoked, { exact: true }).waitFor()
    expect(await axeViolations(page)).toEqual([])
    await shoot(page, `keys-${language}`)
    expect(watched.complaints()).toEqual([])
    await page.context().close()
  })
})
