import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { axeViolations, openBrowser, resize, shoot, watchPage } from '../support/browser.ts'
import { type Shopkeeper, signUp } from '../support/shopkeeper.ts'
import { eventually, type Stack, startStack } from '../support/stack.ts'
import { wordsOf } from './words.ts'

const words = wordsOf('fr').orders
let stack: Stack
let browser: Browser
let page: Page
let keeper: Shopkeeper
let stages: { id: string; state: string | null; name: { fr: string } }[]
let order: { id: string; number: number }

beforeAll(async () => {
  stack = await startStack()
  browser = await openBrowser()
  keeper = await signUp(stack.url, stack.sandboxUrl)
  stages = (await keeper.get('/pipeline')).body.stages
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(`${stack.url}/sign-in`)
  await page.locator('input[type=email]').fill(keeper.email)
  await page.locator('input[type=password]').fill(keeper.password)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/today/)
})
afterAll(async () => {
  await browser.close()
  await stack.stop()
})

let arrived = 0
const arrive = async (): Promise<{ id: string; number: number }> => {
  arrived += 1
  const { body } = await keeper.post('/orders', {
    customer: { name: `Khadija Ouazzani ${arrived}`, phone: `06612345${String(arrived).padStart(2, '0')}` },
    shippingAddress: { line: `${arrived} rue des Orangers`, city: 'Casablanca', district: 'Maârif' },
    lines: [{ name: 'Lampe solaire', quantity: 1, unitPriceCentimes: 21_900 }],
  })
  return body
}
beforeEach(async () => {
  await page.context().setOffline(false)
  order = await arrive()
  await page.mouse.move(5, 5)
  await page.goto(`${stack.url}/orders/board`)
  await card().waitFor()
})

const card = (id = order.id) => page.locator(`[data-order="${id}"]`)
const stageOf = (state: string) => {
  const stage = stages.find((one) => one.state === state)
  if (!stage) throw new Error(`No stage has the state ${state}.`)
  return stage
}
const column = (state: string) => page.locator(`[data-stage="${stageOf(state).id}"]`)
const spoken = () => page.locator('[aria-live="polite"].visually-hidden').textContent()
const stateIs = (state: string, id = order.id) =>
  eventually(
    async () => (await keeper.get(`/orders/${id}`)).body.state,
    (found) => found === state,
    `the state ${state}`,
  )
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-order'))

describe('The board', () => {
  it('is worked by the keyboard alone, and says each step', async () => {
    await card().focus()
    await page.keyboard.press('Space')
    expect(await spoken()).toContain(`#${order.number}`)
    await page.keyboard.press('ArrowRight')
    expect(await spoken()).toContain(stages[1]?.name.fr)
    await page.keyboard.press('Space')
    await stateIs('unreachable')
    await eventually(focused, (id) => id === order.id, 'the focus on the card that was dropped')
    await page.keyboard.press('m')
    await page.keyboard.press('3')
    await stateIs('to_confirm')
  })

  it('puts a lifted card back by Escape', async () => {
    await card().focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Escape')
    expect(await column('new').locator(`[data-order="${order.id}"]`).count()).toBe(1)
    expect(await spoken()).toContain(`#${order.number}`)
    expect(await focused()).toBe(order.id)
  })

  it('dims the columns that are closed to the carried card, and says why', async () => {
    await card().focus()
    await page.keyboard.press('Space')
    // Preparation, which has no state: the last column in sight that a new order does not go to.
    const closed = page.locator(`[data-stage="${stages[4]?.id}"]`)
    await eventually(
      () => closed.getAttribute('data-drop'),
      (drop) => drop === 'closed',
      'the closed column',
    )
    expect(await closed.textContent()).toMatch(/Passe d’abord par|Aucun passage/)
    await page.keyboard.press('Escape')
  })

  it('moves a card by the pointer, and takes it back by Ctrl Z', async () => {
    await card().dragTo(column('unreachable'), { targetPosition: { x: 120, y: 300 } })
    await stateIs('unreachable')
    await page.getByText(`#${order.number} passée à`).waitFor()
    await page.keyboard.press('Control+z')
    await stateIs('new')
    await column('new').locator(`[data-order="${order.id}"]`).waitFor()
  })

  it('moves several ticked cards together by the pointer', async () => {
    const other = await arrive()
    await page.goto(`${stack.url}/orders/board`)
    for (const { id } of [order, other]) {
      await card(id).focus()
      await page.keyboard.press('x')
    }
    await card().dragTo(column('unreachable'), { targetPosition: { x: 120, y: 300 } })
    await stateIs('unreachable')
    await stateIs('unreachable', other.id)
  })

  it('opens a panel that hears its keys before all of the order is read', async () => {
    const { write } = words
    const pressed = Promise.withResolvers<void>()
    await page.route(`**/api/v1/orders/${order.id}`, async (route) => {
      await pressed.promise
      await route.continue()
    })
    await card().focus()
    await page.keyboard.press('Enter')
    await page.getByRole('complementary').getByRole('button', { name: words.move.action }).waitFor()
    await page.keyboard.press('w')
    await page.getByRole('dialog', { name: write.action }).waitFor()
    pressed.resolve()
    const link = page.getByRole('link', { name: write.open })
    expect(decodeURIComponent((await link.getAttribute('href')) ?? '')).toContain('Lampe solaire')
    await page.unroute(`**/api/v1/orders/${order.id}`)
  })

  it('brings a card home with the reason when its move is refused, and moves it when asked again', async () => {
    await page.context().setOffline(true)
    await card().focus()
    await page.keyboard.press('m')
    await page.keyboard.press('2')
    const refused = column('new').locator('article[data-phase="refused"]')
    await refused.waitFor()
    expect(await refused.textContent()).toContain(`#${order.number}`)
    await page.getByText(wordsOf('fr').common.shell.offline.replaceAll(' ', ' ')).waitFor()
    await page.context().setOffline(false)
    await refused.getByRole('button', { name: words.repair.retry }).click()
    await stateIs('unreachable')
  })

  it('keeps still under the pointer what others add, and counts it', async () => {
    const top = () => column('new').locator('[data-order]').first().getAttribute('data-order')
    await column('new').hover({ position: { x: 120, y: 200 } })
    const other = await arrive()
    await page.getByRole('button', { name: /1 nouvelle commande/ }).waitFor()
    expect(await top()).toBe(order.id)
    await page.mouse.move(5, 5)
    await eventually(top, (id) => id === other.id, 'the new card at the top')
  })

  it('shows what arrived after it was read and before it could hear of changes', async () => {
    const asked = Promise.withResolvers<void>()
    await page.route('**/api/v1/stream', async (route) => {
      await asked.promise
      await route.continue()
    })
    await page.goto(`${stack.url}/orders/board`)
    await card().waitFor()
    const later = await arrive()
    expect(await card(later.id).count()).toBe(0)
    asked.resolve()
    await card(later.id).waitFor()
    await page.unroute('**/api/v1/stream')
  })

  it('begins an order in the stage of the column whose plus is pressed', async () => {
    const stage = stageOf('confirmed').name.fr
    await column('confirmed')
      .getByRole('button', { name: words.board.createIn.replace('{{stage}}', stage) })
      .click()
    const chosen = page.getByLabel(words.start.stage, { exact: true }).first()
    await eventually(
      () => chosen.inputValue(),
      (value) => value === stage,
      'the stage of the column',
    )
    const type = (label: string, text: string) => page.getByLabel(label, { exact: true }).first().fill(text)
    await type(words.form.phone, '0661299001')
    await type(words.form.name, 'Nadia Tahiri')
    await type(words.form.city, 'Nulle Part les Bains')
    await type(words.form.product, 'Lampe solaire')
    await type(words.form.unitPrice, '219')
    await page.getByRole('button', { name: words.create.submit }).click()
    // The stage asks for a city that is known, as it would of an order that is moved there.
    await page.locator('input[aria-invalid="true"]').first().waitFor()
    await type(words.form.city, 'Casablanca')
    await page.getByRole('button', { name: words.create.submit }).click()
    await page.getByText(words.create.done.replace(' ?', '\u00a0?')).waitFor()
    const { items } = (await keeper.get(`/orders?stageId=${stageOf('confirmed').id}&q=0661299001`)).body
    expect(items).toMatchObject([{ state: 'confirmed', customer: { name: 'Nadia Tahiri' } }])
  })

  it('opens a card beside the board, and gives the focus back when the panel closes', async () => {
    const watched = watchPage(page)
    await card().focus()
    await page.keyboard.press('Enter')
    const panel = page.getByRole('complementary', { name: `#${order.number}` })
    await panel.getByRole('button').first().focus()
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    expect(await focused()).toBe(order.id)
    expect(watched.complaints()).toEqual([])
  })
})

describe('Duplicates', () => {
  const desk = wordsOf('fr').duplicates
  /** A second order of the same phone, fuller than the first. */
  const doubled = async () => {
    const { body } = await keeper.post('/orders', {
      customer: { name: 'خديجة الوزاني', phone: `06612345${String(arrived).padStart(2, '0')}` },
      shippingAddress: { line: `${arrived} rue des Orangers`, city: 'Casablanca', district: 'Maârif' },
      lines: [{ name: 'Lampe solaire', quantity: 2, unitPriceCentimes: 21_900 }],
    })
    return body as { id: string; number: number }
  }

  it('are decided side by side from a card, on a digit, and taken back whole by Ctrl Z', async () => {
    const watched = watchPage(page)
    const fuller = await doubled()
    await page.goto(`${stack.url}/orders/board`)
    await card().focus()
    await page.keyboard.press('d')
    await page.waitForURL(new RegExp(`/orders/duplicates\\?open=${order.id}`))
    const proposed = page.locator('button[data-proposed]')
    expect(await proposed.textContent()).toContain(`#${fuller.number}`)
    expect(await axeViolations(page)).toEqual([])
    await shoot(page, 'duplicates-desk')
    await resize(page, { width: 360, height: 740 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(361)
    await shoot(page, 'duplicates-desk-phone')
    await resize(page, { width: 1440, height: 900 })
    await page.keyboard.press('2')
    await stateIs('cancelled')
    await page.getByText(`#${fuller.number} est gardée`).waitFor()
    await page.keyboard.press('Control+z')
    await stateIs('new')
    await page.goto(`${stack.url}/orders/duplicates?open=${order.id}`)
    await page.locator('button[data-proposed]').waitFor()
    // One address is no question: both go out in one parcel, until that is taken back.
    await page.keyboard.press('3')
    await page.getByText(`partent dans un seul colis`).waitFor()
    expect((await keeper.get(`/orders/${order.id}`)).body.shipWithOrderId).toBe(fuller.id)
    await page.goto(`${stack.url}/orders/${order.id}`)
    await page.getByText('même colis').first().waitFor()
    await shoot(page, 'shipped-together-panel')
    await page.goto(`${stack.url}/orders/duplicates?open=${order.id}`)
    const together = (await keeper.get(`/orders/${order.id}`)).body
    await keeper.post(`/orders/${order.id}/undo`, { eventId: together.undoEventId, version: together.version })
    await page.goto(`${stack.url}/orders/duplicates?open=${order.id}`)
    await page.locator('button[data-proposed]').waitFor()
    await page.keyboard.press('4')
    await page.getByText('sont deux vraies commandes').first().waitFor()
    await page.goto(`${stack.url}/orders/duplicates?open=${order.id}`)
    await page.getByText(desk.decided.replace('{{number, order}}', `#${order.number}`)).waitFor()
    expect(watched.complaints()).toEqual([])
  })
})

describe('The page of an order', () => {
  it('opens the move that was asked for before the pipeline was read', async () => {
    const asked = Promise.withResolvers<void>()
    await page.route('**/api/v1/pipeline', async (route) => {
      await asked.promise
      await route.continue()
    })
    await page.goto(`${stack.url}/orders/${order.id}`)
    await page.getByRole('button', { name: words.move.action }).waitFor()
    await page.keyboard.press('m')
    await page.locator('button[aria-busy="true"]').waitFor()
    asked.resolve()
    await page.getByRole('menuitem', { name: stageOf('confirmed').name.fr, exact: true }).click()
    await stateIs('confirmed')
    await page.unroute('**/api/v1/pipeline')
  })
})

describe('One search box', () => {
  it.each([
    ['a number', () => String(order.number)],
    ['a part of a phone in any notation', () => '+212 661-2345'],
    ['a phone in Arabic digits', () => '٠٦٦١٢٣٤٥'],
    ['a name', () => 'khadija ouaz'],
  ])('finds an order by %s', async (_, typed) => {
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').locator('input').fill(typed())
    await page.getByRole('dialog').getByText(`#${order.number}`).first().waitFor()
    await page.keyboard.press('Escape')
  })

  it.each([
    ['the name of a screen', () => wordsOf('fr').common.nav.customers, () => '/customers'],
    ['the number of an order', () => String(order.number), () => `/orders/${order.id}`],
  ])('opens what was meant by %s and Enter at once', async (_, pasted, path) => {
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').locator('input').fill(pasted())
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.pathname === path())
  })
})
