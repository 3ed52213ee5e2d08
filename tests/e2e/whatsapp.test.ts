import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { axeViolations, coveredOf, openBrowser, shoot, watchPage } from '../support/browser.ts'
import { type Shopkeeper, signUp } from '../support/shopkeeper.ts'
import { signedIn } from '../support/signed-in.ts'
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

const send = async (from: string, said: object): Promise<void> => {
  const answer = await fetch(`${stack.sandboxUrl}/control/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ from, ...said }),
  })
  if (!answer.ok) throw new Error(await answer.text())
}

const open = (keeper: Shopkeeper, language: 'fr' | 'ar'): Promise<Page> =>
  signedIn(browser, stack, keeper, { language, viewport: { width: 1440, height: 900 } })

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
  await send('212661234567', { text: 'Wakha !' })
  await page.getByRole('button', { name: /Client 4567/ }).click()
  await page.getByRole('status').getByText(words.inbox.proposalYes).waitFor()
  await page.getByRole('textbox', { name: words.inbox.write }).fill('Bonjour, merci !')
  await page.keyboard.press('Enter')
  await page.getByRole('log').getByText('Bonjour, merci !').waitFor()
  await page.getByRole('log').getByText(words.inbox.status.read, { exact: true }).waitFor()

  await send('212661234567', { media: { kind: 'audio' } })
  await send('212661234567', { media: { kind: 'image', caption: 'Ma porte' } })
  await send('212661234567', { media: { kind: 'document', fileName: 'recu.pdf' } })
  const thread = page.getByRole('log')
  await thread.getByText('recu.pdf').waitFor()
  await thread.getByRole('button', { name: words.inbox.media.listen }).click()
  await thread.locator('audio').evaluate(async (sound: HTMLAudioElement) => {
    if (sound.readyState < 2) await new Promise((done) => sound.addEventListener('loadeddata', done, { once: true }))
  })
  await thread.locator('img').waitFor()
  await page.setInputFiles('input[type=file]', {
    name: 'tarif.gif',
    mimeType: 'image/gif',
    buffer: Buffer.from('GIF89a'),
  })
  await page.getByText(/WhatsApp ne prend pas ce type/).waitFor()
  await page.setInputFiles('input[type=file]', {
    name: 'tarif.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.4 tarif'),
  })
  await page.getByRole('group', { name: words.inbox.media.attached }).getByText('tarif.pdf').waitFor()
  await page.getByRole('button', { name: words.inbox.send }).click()
  await thread.getByText('tarif.pdf').waitFor()
  await page.getByRole('button', { name: words.inbox.media.record }).click()
  await page.getByRole('alert').waitFor()

  await page.getByRole('link', { name: words.inbox.createOrder }).click()
  const { orders } = wordsOf('fr')
  await page.getByRole('combobox', { name: orders.form.city }).fill('Casablanca')
  await page.getByRole('combobox', { name: orders.form.product }).first().fill('Pack ghassoul')
  await page.getByLabel(orders.form.unitPrice).first().fill('560')
  expect(await axeViolations(page)).toEqual([])
  await shoot(page, 'whatsapp-order')
  await page.getByRole('button', { name: orders.create.submit }).click()
  await page.getByRole('link', { name: orders.create.backToConversation }).click()

  await send('212661234567', { raw: { type: 'location', location: { latitude: 33.57311, longitude: -7.58984 } } })
  await thread.getByRole('button', { name: words.inbox.position.keep }).click()
  await page.getByText(words.inbox.position.kept).waitFor()
  // What is said of it stands beside the reply box, not over it.
  expect(await coveredOf(page, 'section:has([role="log"]) > div:last-child :is(textarea, button)')).toEqual([])
  await page.getByText(words.inbox.figures.orders, { exact: true }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await shoot(page, 'whatsapp-inbox')

  // The board counts what nobody has opened as it comes, and leads to it.
  await page.goto(`${stack.url}/orders/board`)
  await page.locator('article').first().waitFor()
  await send('212661234567', { text: 'Vous êtes là ?' })
  const mark = page.locator('article [data-note="unread"]')
  await mark.waitFor()
  expect(await axeViolations(page)).toEqual([])
  await shoot(page, 'board-unread')
  await mark.click()
  await thread.getByText('Vous êtes là ?').waitFor()
  expect(watched.complaints()).toEqual([])

  const arabic = await open(keeper, 'ar')
  await arabic.setViewportSize({ width: 360, height: 740 })
  await arabic.goto(page.url())
  await arabic.getByRole('log').getByText('Bonjour, merci !').waitFor()
  await arabic.getByRole('button', { name: wordsOf('ar').whatsapp.inbox.panel }).click()
  await arabic.getByRole('dialog').getByText('#').first().waitFor()
  expect(await axeViolations(arabic)).toEqual([])
  await shoot(arabic, 'whatsapp-customer-phone-ar')
  await arabic.keyboard.press('Escape')
  await arabic.getByRole('dialog').waitFor({ state: 'hidden' })
  // Away from the button, whose hint would stand outside of every part of the page.
  await arabic.getByRole('log').focus()
  expect(await fits(arabic)).toBe(true)
  expect(await axeViolations(arabic)).toEqual([])
  await shoot(arabic, 'whatsapp-inbox-phone-ar')
  await arabic.getByRole('button', { name: wordsOf('ar').whatsapp.inbox.back }).click()
  await arabic.getByRole('button', { name: /Client 4567/ }).waitFor()
  expect(await fits(arabic)).toBe(true)
})

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Has the carousel sent by the stage of new orders, and places one that its preview shows. */
const automate = async (keeper: Shopkeeper): Promise<void> => {
  const [template] = (await keeper.get('/whatsapp/templates')).body.items
  const { stages } = (await keeper.get('/pipeline')).body
  await keeper.post('/automations', {
    ...{ name: 'Packs', numberId: template.numberIds[0], templateId: template.id, delaySeconds: 0, silence: null },
    stageId: stages.find(({ state }: { state: string }) => state === 'new').id,
    buttons: [{ index: 0, stageId: null }],
  })
  await keeper.post('/orders', {
    customer: { name: 'Khadija Ouazzani', phone: '+212661234568' },
    shippingAddress: { line: '4 rue des Orangers', city: 'Casablanca' },
    lines: [{ name: 'Pack ghassoul', quantity: 1, unitPriceCentimes: 56_000 }],
  })
}

it('writes a carousel with pictures of its own, has it approved, sends it, and sees which card was wanted', {
  timeout: 180_000,
}, async () => {
  const keeper = await signUp(stack.url, stack.sandboxUrl, 'carrousel')
  await keeper.post('/whatsapp/numbers', demoLine)
  const page = await open(keeper, 'fr')
  const watched = watchPage(page)
  const { whatsapp: words } = wordsOf('fr')

  await page.goto(`${stack.url}/settings/whatsapp`)
  await page.getByRole('button', { name: words.templates.new }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(words.cards.shapes.carousel, { exact: true }).click()
  await dialog.getByLabel(words.templates.name).fill('packs')
  await dialog.getByLabel(words.templates.body, { exact: true }).fill('Voici nos packs du moment.')
  await dialog.getByLabel(words.cards.words.replace('{{number}}', '1')).fill('Je le veux')
  await dialog.getByRole('button', { name: words.templates.submit }).click()
  await dialog.getByText(wordsOf('fr').fields.missing).first().waitFor()
  for (const [index, pack] of ['ghassoul', 'kessa'].entries()) {
    const file = { name: `${pack}.png`, mimeType: 'image/png', buffer: picture }
    await dialog.locator('input[type=file]').nth(index).setInputFiles(file)
    await dialog
      .getByRole('combobox', { name: words.cards.media })
      .nth(index)
      .and(page.locator(`[value="${pack}.png"]`))
      .waitFor()
    await dialog.getByLabel(words.cards.body).nth(index).fill(`Pack ${pack}, 199 DH`)
  }
  await dialog.getByLabel(words.cards.body).nth(1).fill('Pack kessa, 199 DH, pour {{1}} !')
  await dialog.getByRole('combobox', { name: words.templates.variable.replace('{{number}}', '1') }).click()
  await page.getByRole('option', { name: words.templates.field.shop }).click()
  await dialog.locator('img').nth(1).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await shoot(page, 'carousel-form')
  await dialog.getByRole('button', { name: words.templates.submit }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByText(words.templates.state.approved, { exact: true }).waitFor()
  await page.getByRole('group').getByText('Pack kessa, 199 DH').scrollIntoViewIfNeeded()
  await page.getByRole('group').locator('img').nth(1).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await shoot(page, 'carousel-settings')
  await page.getByRole('button', { name: words.cards.change }).click()
  await dialog.getByText(words.templates.field.shop).first().waitFor()
  expect(await axeViolations(page)).toEqual([])
  await shoot(page, 'carousel-complete')
  await dialog.getByRole('button', { name: words.templates.save }).click()
  await page.getByText(words.templates.saved).waitFor()

  await automate(keeper)
  await send('212661234568', { text: 'Salam' })
  await page.goto(`${stack.url}/conversations`)
  await page.getByRole('button', { name: /Khadija Ouazzani/ }).click()
  await page.getByRole('button', { name: words.inbox.template, exact: true }).click()
  await dialog.getByText(/Pack kessa, 199 DH, pour [^{]+ !/).waitFor()
  await fetch(`${stack.sandboxUrl}/control/whatsapp/buyers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ phone: '212661234568', answer: 'no' }),
  })
  expect(await axeViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: words.inbox.send }).click()
  const cards = page.getByRole('log').getByRole('group').getByRole('listitem').filter({ hasText: 'DH' })
  await cards.nth(1).getByText(words.inbox.chosen).waitFor({ state: 'attached' })
  expect(await cards.nth(0).getByText(words.inbox.chosen).count()).toBe(0)
  await page.getByRole('log').locator('img').nth(1).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await shoot(page, 'carousel-inbox')
  const inbox = page.url()
  await page.goto(`${stack.url}/automations`)
  await page.getByRole('button', { name: wordsOf('fr').automations.preview, exact: true }).click()
  await dialog.getByRole('group').locator('img').nth(1).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await shoot(page, 'carousel-preview')
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await axeViolations(page, { only: ['color-contrast'] })).toEqual([])
  await shoot(page, 'carousel-preview-dark')
  expect(watched.complaints()).toEqual([])

  const arabic = await open(keeper, 'ar')
  await arabic.setViewportSize({ width: 360, height: 740 })
  for (const [path, name] of [
    [inbox, 'inbox'],
    [`${stack.url}/settings/whatsapp`, 'settings'],
    [`${stack.url}/automations`, 'preview'],
  ] as const) {
    await arabic.goto(path)
    if (name === 'preview')
      await arabic.getByRole('button', { name: wordsOf('ar').automations.preview, exact: true }).click()
    await arabic.getByText('Pack ghassoul, 199 DH').waitFor()
    // A picture is fetched once its card is in sight.
    await arabic.getByRole('group').locator('ol > li').first().scrollIntoViewIfNeeded()
    await arabic.getByRole('group').locator('img').first().waitFor()
    expect(await fits(arabic)).toBe(true)
    expect(await axeViolations(arabic)).toEqual([])
    await shoot(arabic, `carousel-${name}-phone-ar`)
  }
})
