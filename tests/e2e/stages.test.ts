import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { axeViolations, openBrowser, shoot, watchPage } from '../support/browser.ts'
import { type Shopkeeper, signUp } from '../support/shopkeeper.ts'
import { signedIn } from '../support/signed-in.ts'
import { eventually, type Stack, startStack } from '../support/stack.ts'
import { wordsOf } from './words.ts'

let stack: Stack
let browser: Browser
let keeper: Shopkeeper

beforeAll(async () => {
  stack = await startStack()
  browser = await openBrowser()
  keeper = await signUp(stack.url, stack.sandboxUrl)
})
afterAll(async () => {
  await browser.close()
  await stack.stop()
})

const open = (language: 'fr' | 'ar', viewport: { width: number; height: number }): Promise<Page> =>
  signedIn(browser, stack, keeper, { language, viewport })

const stages = async () => (await keeper.get('/pipeline')).body.stages
const stageNamed = (name: string) =>
  eventually(stages, (all) => all.some((stage: any) => stage.name.fr === name), `the stage ${name}`).then((all) =>
    all.find((stage: any) => stage.name.fr === name),
  )

const givenOrder = async (stageId: string, name: string) => {
  const { body } = await keeper.post('/orders', {
    customer: { name, phone: `06612${String(10_000 + Math.floor(Math.random() * 80_000))}` },
    shippingAddress: { line: '4 rue Exemple', city: 'Rabat' },
    lines: [{ name: 'Lampe solaire', quantity: 1, unitPriceCentimes: 21_900 }],
    stageId,
  })
  return body
}

it('adds a stage, renames it, moves it, tries it and deletes it with an order on it, while a board follows', {
  timeout: 180_000,
}, async () => {
  const { pipeline: words } = wordsOf('fr')
  const page = await open('fr', { width: 1440, height: 900 })
  const watched = watchPage(page)
  const board = await page.context().newPage()
  await givenOrder((await stages())[0].id, 'Rachida Alami')
  await board.goto(`${stack.url}/orders/board`)
  await board.getByRole('region', { name: 'Confirmée' }).waitFor()

  // Added behind the confirmed orders: the open board shows its column.
  await page.goto(`${stack.url}/settings/pipeline`)
  await page.getByRole('button', { name: 'Confirmée', exact: false }).last().click()
  await page.getByLabel(words.form.nameIn.fr).waitFor()
  await page.keyboard.press('n')
  await page.getByLabel(words.create.name).fill('Contrôle')
  await page.getByRole('button', { name: words.create.action }).click()
  const made = await stageNamed('Contrôle')
  expect(made.state).toBeNull()
  await board.getByRole('region', { name: 'Contrôle' }).waitFor()

  // Renamed, with an age limit; what it does is told before it is saved.
  await page.getByLabel(words.form.nameIn.fr).fill('Contrôle qualité')
  await page.getByLabel(words.form.nameIn.ar).fill('مراقبة الجودة')
  await page.getByLabel(words.form.age).fill('12')
  await page.getByText('12 heures').waitFor()
  await shoot(page, 'stage-editor-fr')
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('button', { name: words.form.save }).click()
  expect(await stageNamed('Contrôle qualité')).toMatchObject({ id: made.id, ageLimitMinutes: 720 })
  await board.getByRole('region', { name: 'Contrôle qualité' }).waitFor()

  // Moved up by the keyboard.
  const placeOf = async () => (await stages()).findIndex(({ id }: any) => id === made.id)
  const place = await placeOf()
  await page.getByRole('button', { name: words.list.drag.replace('{{stage}}', 'Contrôle qualité') }).focus()
  for (const key of ['Space', 'ArrowUp', 'Space']) await page.keyboard.press(key)
  await eventually(placeOf, (now) => now === place - 1, 'the new order')

  // Tried on an order that is there, without moving it.
  const order = await givenOrder(made.id, 'Khadija Ouazzani')
  await page.getByRole('button', { name: words.try.link }).click()
  await page.getByRole('dialog').getByText('Khadija Ouazzani').waitFor()
  await page.getByRole('dialog').getByText(words.try.already_there).waitFor()
  await shoot(page, 'stage-trial-fr')
  expect(await axeViolations(page)).toEqual([])
  await page.keyboard.press('Escape')

  // Deleted: the order goes to the nearest stage, and the column leaves the board.
  await page.getByRole('button', { name: words.form.remove_stage }).click()
  await page.getByRole('dialog').getByText(words.impact.goTo).waitFor()
  await shoot(page, 'stage-delete-fr')
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('dialog').getByRole('button', { name: words.remove.action }).click()
  await eventually(stages, (all) => all.every(({ id }: any) => id !== made.id), 'the end of the stage')
  const { body: moved } = await keeper.get(`/orders/${order.id}`)
  expect((await stages()).map(({ id }: any) => id)).toContain(moved.stageId)
  await board.getByRole('region', { name: 'Contrôle qualité' }).waitFor({ state: 'detached' })
  await board.getByText('Khadija Ouazzani').first().waitFor()
  expect(watched.complaints()).toEqual([])
})

it('lets who edits the same stage at the same time choose: keep theirs or take mine', {
  timeout: 120_000,
}, async () => {
  const { pipeline: words } = wordsOf('fr')
  const page = await open('fr', { width: 1440, height: 900 })
  const { body: pipeline } = await keeper.get('/pipeline')
  const stage = pipeline.stages.find(({ state }: any) => state === 'unreachable')
  await page.goto(`${stack.url}/settings/pipeline?stage=${stage.id}`)
  await page.getByLabel(words.form.description).fill('Rappeler le soir')
  const theirs = await keeper.call('PATCH', `/pipeline/stages/${stage.id}`, {
    version: pipeline.version,
    colour: 'rose',
  })
  expect(theirs.status).toBe(200)
  await page.getByRole('button', { name: words.form.mine }).click()
  await page.getByRole('button', { name: words.form.save }).click()
  await eventually(
    async () => (await stages()).find(({ id }: any) => id === stage.id),
    ({ description, colour }) => description === 'Rappeler le soir' && colour === 'rose',
    'both changes',
  )
})

it('is usable on a phone in Arabic, and axe finds nothing', { timeout: 120_000 }, async () => {
  const { pipeline: words } = wordsOf('ar')
  const page = await open('ar', { width: 360, height: 780 })
  const watched = watchPage(page)
  await page.goto(`${stack.url}/settings/pipeline`)
  await page.getByRole('button', { name: 'مؤكدة' }).last().click()
  await page.getByLabel(words.form.nameIn.fr).waitFor()
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth)
  expect(await wide()).toBeLessThanOrEqual(360)
  await shoot(page, 'stage-editor-ar-360')
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('button', { name: words.backToList }).click()
  await shoot(page, 'stage-list-ar-360')
  await page.goto(`${stack.url}/settings/pipeline?view=reasons`)
  await page.getByText(words.reason.hint).waitFor()
  expect(await wide()).toBeLessThanOrEqual(360)
  await shoot(page, 'stage-reasons-ar-360')
  expect(await axeViolations(page)).toEqual([])
  expect(watched.complaints()).toEqual([])
})
