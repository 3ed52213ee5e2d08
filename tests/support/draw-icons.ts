import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openBrowser } from './browser.ts'

/**
 * Draws the icons of the installed app from the mark, `pnpm icons`. The mark alone where the system leaves the ground to
 * us; white on the accent where it cuts a shape of its own, with the mark inside the circle that is never cut.
 */
const root = join(import.meta.dirname, '../..')
const mark = readFileSync(join(root, 'apps/web/public/mark.svg'), 'utf8').replace(/ width="\d+" height="\d+"/, '')
const accent = /fill="(#[0-9A-F]{6})"/i.exec(mark)?.[1] ?? ''
const reversed = mark.replaceAll('#fff', 'accent').replaceAll(accent, '#fff').replaceAll('accent', accent)

const icons = [
  { name: 'icon-192', size: 192, share: 1, ground: 'transparent', drawing: mark },
  { name: 'icon-512', size: 512, share: 1, ground: 'transparent', drawing: mark },
  { name: 'maskable-512', size: 512, share: 0.72, ground: accent, drawing: reversed },
  { name: 'apple-touch-icon', size: 180, share: 0.84, ground: accent, drawing: reversed },
] as const

const folder = join(root, 'apps/web/public/icons')
mkdirSync(folder, { recursive: true })
const browser = await openBrowser()
const page = await browser.newPage()
for (const { name, size, share, ground, drawing } of icons) {
  const width = Math.round(size * share)
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(
    `<body style="margin:0;height:100vh;display:grid;place-items:center;background:${ground}">${drawing.replace('<svg', `<svg width="${width}" height="${width}"`)}`,
  )
  await page.screenshot({ path: join(folder, `${name}.png`), omitBackground: true })
}
await browser.close()
