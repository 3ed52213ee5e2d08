import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, openBrowser, shoot, watchPage } from '../support/browser.ts'
import { type Shopkeeper, signUp } from '../support/shopkeeper.ts'
import { signedIn } from '../support/signed-in.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { wordsOf } from './words.ts'

let stack: Stack
let browser: Browser
let keeper: Shopkeeper

beforeAll(async () => {
  stack = await startStack()
  browser = await openBrowser()
  keeper = await signUp(stack.url, stack.sandboxUrl, 'telephone')
})
afterAll(async () => {
  await browser.close()
  await stack.stop()
})

const iPhone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'

const signIn = async (language: 'fr' | 'ar', userAgent?: string): Promise<Page> => {
  const page = await signedIn(browser, stack, keeper, {
    language,
    viewport: { width: 360, height: 740 },
    ...(userAgent ? { userAgent } : {}),
  })
  await page.goto(`${stack.url}/today`)
  await page.locator('h1').first().waitFor()
  return page
}

/** Chromium without a window never offers by itself: what it would hand over is handed over here. */
const offer = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const event = new Event('beforeinstallprompt', { cancelable: true })
    dispatchEvent(Object.assign(event, { prompt: async () => document.body.setAttribute('data-asked', 'yes') }))
  })

describe.each(['fr', 'ar'] as const)('in %s', (language) => {
  const { install } = wordsOf(language).common

  it('what a browser installs has its names, its direction and icons of the sizes that they say', async () => {
    const page = await signIn(language)
    const devtools = await page.context().newCDPSession(page)
    const { url, errors } = (await devtools.send('Page.getAppManifest')) as { url: string; errors: unknown[] }
    expect([url, errors]).toEqual([`${stack.url}/manifest.${language}.webmanifest`, []])
    const answer = await fetch(url)
    expect(answer.headers.get('content-type')).toContain('application/manifest+json')
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    const { lang, dir, icons } = (await answer.json()) as {
      lang: string
      dir: string
      icons: { src: string; sizes: string; type: string; purpose: string }[]
    }
    expect([lang, dir]).toEqual([language, language === 'ar' ? 'rtl' : 'ltr'])
    for (const { src, sizes } of icons.filter(({ type }) => type === 'image/png')) {
      const png = Buffer.from(await (await fetch(`${stack.url}${src}`)).arrayBuffer())
      expect([src, `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`]).toEqual([src, sizes])
    }
    expect(icons.map(({ purpose, sizes }) => `${purpose} ${sizes}`)).toEqual(
      expect.arrayContaining(['any 192x192', 'any 512x512', 'maskable 512x512']),
    )
    await page.context().close()
  })

  it('the hint is shown where the browser offers it, once, and stays in the settings', async () => {
    const page = await signIn(language)
    const watched = watchPage(page)
    const hint = page.getByRole('complementary', { name: install.title })
    expect(await hint.count()).toBe(0)
    await offer(page)
    await hint.waitFor()
    expect(await axeViolations(page)).toEqual([])
    await shoot(page, `install-hint-${language}`)
    await hint.getByRole('button', { name: install.close }).click()
    await hint.waitFor({ state: 'detached' })
    await page.goto(`${stack.url}/settings/account`)
    await page.getByText(install.menu).waitFor()
    await offer(page)
    expect(await hint.count()).toBe(0)
    await page.getByRole('button', { name: install.action }).click()
    await page.locator('body[data-asked]').waitFor()
    expect(watched.complaints()).toEqual([])
    await page.context().close()
  })

  it('an iPhone, which offers nothing by itself, is told the way', async () => {
    const page = await signIn(language, iPhone)
    const hint = page.getByRole('complementary', { name: install.title })
    await hint.getByText(install.ios).waitFor()
    await shoot(page, `install-hint-iphone-${language}`)
    await hint.getByRole('button', { name: install.close }).click()
    await page.reload()
    await page.locator('h1').first().waitFor()
    expect(await hint.count()).toBe(0)
    await page.context().close()
  })
})
