import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import chromium from '@sparticuz/chromium'
import { type Browser, type Page, chromium as playwright } from 'playwright-core'

/** As it is published for pages: half of what it is with its comments, which each page would read anew. */
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const shots = join(import.meta.dirname, '../e2e/.shots')

/** A slow line, when somebody wants one: each answer of the API comes up to SLOW milliseconds late, in any order. */
const slowly = (browser: Browser, latest: number): Browser => {
  const open = browser.newContext.bind(browser)
  browser.newContext = async (options) => {
    const context = await open(options)
    await context.route('**/api/**', async (route) => {
      await setTimeout(Math.random() * latest)
      await route.fallback().catch(() => undefined)
    })
    return context
  }
  return browser
}

/** Chromium from the packages. Its own default arguments would switch web security off and hide faults. */
export const openBrowser = async (): Promise<Browser> => {
  const browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ['--no-sandbox', '--disable-gpu'],
    headless: true,
  })
  const latest = Number(process.env.SLOW ?? 0)
  return latest > 0 ? slowly(browser, latest) : browser
}

/** Collects what the page complained about: a journey with a console error or a CSP violation has failed. */
export const watchPage = (page: Page): { complaints(): string[] } => {
  const complaints: string[] = []
  page.on('console', (message) => {
    // A refusal that the screen explains is logged by the browser too; only faults of the page count.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return { complaints: () => complaints }
}

/** Another window: the app hears of its width a moment after the page has it, and has drawn itself anew two frames later. */
export const resize = async (page: Page, size: { width: number; height: number }): Promise<void> => {
  await page.setViewportSize(size)
  await page.evaluate(
    () => new Promise<void>((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn()))),
  )
}

/** A picture to look at, when somebody wants to: SHOTS=on. */
export const shoot = async (page: Page, name: string): Promise<void> => {
  if (process.env.SHOTS !== 'on') return
  mkdirSync(shots, { recursive: true })
  await page.screenshot({ path: join(shots, `${name}.png`) })
}

interface Axe {
  run(options: object): Promise<{ violations: { id: string; nodes: { target: unknown[] }[] }[] }>
}

/**
 * What axe finds on the page as it stands, in words: rule, and where. Injected beside the CSP, not through it. `only`
 * narrows it to some rules, for a second look at what has changed its colours alone.
 */
export const axeViolations = async (
  page: Page,
  { only, without = [] }: { readonly only?: readonly string[]; readonly without?: readonly string[] } = {},
): Promise<string[]> => {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe)
  const { violations } = await page.evaluate((options) => (globalThis as unknown as { axe: Axe }).axe.run(options), {
    ...(only ? { runOnly: [...only] } : {}),
    rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
  })
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ target }) => `${id}: ${JSON.stringify(target)}`),
  )
}

/** Of what the selector finds, each that would not be pressed at its centre because something lies over it. */
export const coveredOf = (page: Page, selector: string): Promise<string[]> =>
  page.evaluate((wanted) => {
    const found = [...document.querySelectorAll<HTMLElement>(wanted)]
    if (found.length === 0) return [`nothing is ${wanted}`]
    return found
      .filter((part) => {
        const { x, y, width, height } = part.getBoundingClientRect()
        return !part.contains(document.elementFromPoint(x + width / 2, y + height / 2))
      })
      .map((part) => part.innerText)
  }, selector)
