import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** What the build says of a module in its manifest: its own file, and what comes with it. */
interface Built {
  readonly file: string
  readonly css?: readonly string[]
  readonly assets?: readonly string[]
  readonly imports?: readonly string[]
}
export type BuildManifest = Readonly<Record<string, Built>>

/** Everything that these modules need: their scripts and what those import, with styles and fonts, each once. */
export const filesOf = (manifest: BuildManifest, modules: readonly string[]): readonly string[] => {
  const seen = new Set<string>()
  const found = new Set<string>()
  const add = (name: string): void => {
    const built = manifest[name]
    if (!built) throw new Error(`The build has no ${name}.`)
    if (seen.has(name)) return
    seen.add(name)
    for (const file of [built.file, ...(built.css ?? []), ...(built.assets ?? [])]) found.add(file)
    for (const imported of built.imports ?? []) add(imported)
  }
  modules.forEach(add)
  return [...found].sort()
}

interface OfflineOptions {
  /** The modules that open without network, by their paths from the app's folder. */
  readonly modules: readonly string[]
  /** Files of `public/` that the page asks for. */
  readonly unhashed: readonly string[]
}

/** Writes `sw.js`: the worker with the files of this build, under a version that changes with any of them. */
export const offline = ({ modules, unhashed }: OfflineOptions): Plugin => ({
  name: 'offline',
  apply: 'build',
  writeBundle: async ({ dir }) => {
    if (!dir) return
    const manifest = JSON.parse(await readFile(join(dir, '.vite/manifest.json'), 'utf8')) as BuildManifest
    const worker = await readFile(join(import.meta.dirname, 'offline-worker.js'), 'utf8')
    const files = [...filesOf(manifest, modules), ...unhashed]
    const hash = createHash('sha256').update(worker).update(files.join('\n'))
    for (const name of ['index.html', ...unhashed]) hash.update(await readFile(join(dir, name)))
    const built = { version: hash.digest('hex').slice(0, 16), files: files.map((file) => `/${file}`) }
    await writeFile(join(dir, 'sw.js'), worker.replace('const built = null', `const built = ${JSON.stringify(built)}`))
  },
})
