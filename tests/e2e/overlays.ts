import type { Page } from 'playwright-core'
import type { wordsOf } from './words.ts'

type Words = ReturnType<typeof wordsOf>

interface NewestOrder {
  readonly id: string
  readonly number: string
}

/** Parts that open over a screen: where, and what a person does. */
export interface Overlay {
  readonly name: string
  readonly path: string
  readonly open: (page: Page, words: Words) => Promise<void>
}

const press = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name }).first().click()
}
const firstRow = (page: Page) => page.getByRole('grid').first().getByRole('row').nth(1)
const firstCard = (page: Page) => page.locator('[data-order]').first()

/** Everything that opens over a screen of the demo, of which this order is the newest. */
export const overlaysOf = ({ id, number }: NewestOrder): readonly Overlay[] => [
  {
    name: 'palette',
    path: '/orders/board',
    open: async (page) => {
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').locator('input').fill(number)
      await page.locator('mark').first().waitFor()
    },
  },
  { name: 'keys', path: '/orders/board', open: (page) => page.keyboard.press('?') },
  {
    name: 'notices',
    path: '/orders/board',
    open: (page, { common }) => press(page, common.notices.title),
  },
  {
    name: 'user-menu',
    path: '/orders/board',
    open: (page, { common }) => press(page, common.role.owner),
  },
  {
    name: 'move-menu',
    path: '/orders/board',
    open: async (page) => {
      await firstCard(page).focus()
      await page.keyboard.press('m')
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'lifted',
    path: '/orders/board',
    open: async (page) => {
      await firstCard(page).focus()
      await page.keyboard.press('Space')
      await page.locator('[data-drop="closed"]').first().waitFor()
    },
  },
  { name: 'board-panel', path: '/orders/board', open: (page) => firstCard(page).click() },
  { name: 'display', path: '/orders/board', open: (page, { orders }) => press(page, orders.display.title) },
  {
    name: 'city-filter',
    path: '/orders/board',
    open: (page, { orders }) => press(page, orders.filter.city),
  },
  { name: 'board-none', path: '/orders/board?q=zzzzzz', open: async () => undefined },
  {
    name: 'table-panel',
    path: '/orders/table',
    open: async (page) => {
      await firstRow(page).focus()
      await page.keyboard.press('Space')
    },
  },
  {
    name: 'table-bulk',
    path: '/orders/table',
    open: async (page) => {
      await firstRow(page).focus()
      await page.keyboard.press('x')
      await page.getByRole('toolbar').waitFor()
    },
  },
  { name: 'columns', path: '/orders/table', open: (page, { common }) => press(page, common.views.columns) },
  { name: 'add-filter', path: '/orders/table', open: (page) => page.keyboard.press('f') },
  {
    name: 'order-edit',
    path: `/orders/${id}`,
    open: async (page, { orders }) => {
      await press(page, orders.edit.action)
      await page.getByRole('dialog').locator('input').first().waitFor()
    },
  },
  { name: 'order-more', path: `/orders/${id}`, open: (page, { orders }) => press(page, orders.panel.more) },
  {
    name: 'new-order-errors',
    path: '/orders/new',
    open: async (page, { orders }) => {
      await page.getByLabel(orders.form.phone).first().fill('06 12')
      await press(page, orders.create.submit)
      await page.locator('[aria-invalid="true"]').first().waitFor()
    },
  },
  { name: 'customer-panel', path: '/customers', open: (page) => firstRow(page).click() },
  {
    name: 'customer-edit',
    path: '/customers',
    open: async (page, { customers }) => {
      await firstRow(page).click()
      await press(page, customers.edit)
      await page.getByRole('dialog').locator('input').first().waitFor()
    },
  },
  {
    name: 'customer-block',
    path: '/customers',
    open: async (page, { customers }) => {
      await firstRow(page).click()
      await press(page, customers.block.action)
      await page.getByRole('dialog').locator('input').first().waitFor()
    },
  },
  {
    name: 'segment-edit',
    path: '/segments',
    open: async (page, { segments }) => {
      await press(page, segments.create)
      await page.getByRole('dialog').locator('input').first().waitFor()
    },
  },
  {
    name: 'automation-rate',
    path: '/automation-costs',
    open: async (page, { automations }) => {
      await press(page, automations.cost.addRate)
      await page.getByText(automations.cost.unsaved).waitFor()
    },
  },
  { name: 'parcels-to-ship', path: '/parcels?view=to_ship', open: async () => undefined },
  { name: 'parcel-panel', path: '/parcels', open: (page) => firstRow(page).click() },
  {
    name: 'mark-collected',
    path: '/collection',
    open: async (page) => {
      await firstRow(page).focus()
      await page.keyboard.press('x')
      await page.keyboard.press('e')
      await page.getByRole('dialog').waitFor()
    },
  },
  { name: 'collected', path: '/collection?status=collected', open: async () => undefined },
  { name: 'invite', path: '/settings/members', open: (page, { members }) => press(page, members.invite) },
  { name: 'create-key', path: '/settings/api-keys', open: (page, { apiKeys }) => press(page, apiKeys.create) },
  { name: 'connect-store', path: '/settings/stores', open: (page, { stores }) => press(page, stores.connect) },
  {
    name: 'connect-shopify',
    path: '/settings/stores',
    open: async (page, { stores }) => {
      await press(page, stores.connect)
      await press(page, stores.way.shopify.title)
      await press(page, stores.goTo.shopify)
      await page.locator('[aria-invalid="true"]').first().waitFor()
    },
  },
  {
    name: 'connect-carrier',
    path: '/settings/carriers',
    open: async (page, { carriers }) => {
      await press(page, carriers.connect)
      await page.getByRole('dialog').locator('input').first().waitFor()
    },
  },
  {
    name: 'carrier-cities',
    path: '/settings/carriers',
    open: (page, { carriers }) => press(page, carriers.action.cities),
  },
  {
    name: 'carrier-fee-ahead',
    path: '/settings/carriers',
    open: async (page, { carriers }) => {
      const manual = page.getByRole('article', { name: 'Chellah Messagerie' })
      await manual.getByRole('button', { name: carriers.action.fees }).click()
      await press(page, carriers.fees.aheadFor.split('{{')[0] ?? '')
      await page.getByRole('dialog').locator('input').first().waitFor()
    },
  },
  {
    name: 'call-script',
    path: '/settings/calls?view=scripts',
    open: async (page, { callSettings }) => {
      await press(page, callSettings.scripts.add)
      await page.getByRole('dialog').locator('textarea').first().waitFor()
    },
  },
  {
    name: 'call-back-tried',
    path: '/settings/calls',
    open: async (page, { callSettings }) => {
      await page.getByLabel(callSettings.try.label).fill('ghedda f lil')
      await page.getByText(callSettings.try.understood.split('{{')[0] ?? '').waitFor()
    },
  },
  {
    name: 'telephone-exchange',
    path: '/settings/calls?view=pbx',
    open: async (page, { callSettings }) => {
      const connect = page.getByRole('button', { name: callSettings.pbx.connect })
      const renew = page.getByRole('button', { name: callSettings.pbx.renew })
      await connect.or(renew).first().waitFor()
      if (await connect.isVisible()) await connect.click()
      await renew.waitFor()
    },
  },
  { name: 'audit-panel', path: '/settings/audit', open: (page) => firstRow(page).click() },
  { name: 'dead-letter-panel', path: '/settings/dead-letters', open: (page) => firstRow(page).click() },
  { name: 'not-found', path: '/no/such/page', open: async () => undefined },
]
