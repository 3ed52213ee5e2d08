import { brotliCompressSync } from 'node:zlib'
import type { Plugin } from 'vite'

interface Chunk {
  readonly fileName: string
  readonly facadeModuleId: string | null
  readonly imports: readonly string[]
  readonly code: string
}

/** A page: the modules that the browser asks for to show it, and the most its compressed script may weigh, in bytes. */
export interface PageLimit {
  readonly page: string
  readonly modules: readonly string[]
  readonly limitBytes: number
}

/** The script that a page needs: the chunks of its modules and what those import, each once. */
export const chunksOf = (chunks: readonly Chunk[], modules: readonly string[]): readonly Chunk[] => {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const found = new Set<Chunk>()
  const add = (chunk: Chunk | undefined): void => {
    if (!chunk || found.has(chunk)) return
    found.add(chunk)
    for (const name of chunk.imports) add(byName.get(name))
  }
  for (const module of modules) {
    const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(module))
    if (!chunk) throw new Error(`No chunk of the build begins with ${module}.`)
    add(chunk)
  }
  return [...found]
}

/** Stops the build when a page's first load weighs more than it may. */
export const weightLimits = (limits: readonly PageLimit[]): Plugin => ({
  name: 'weight-limits',
  apply: 'build',
  generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
    const weights = new Map(chunks.map(({ fileName, code }) => [fileName, brotliCompressSync(code).length]))
    for (const { page, modules, limitBytes } of limits) {
      const bytes = chunksOf(chunks, modules).reduce((sum, { fileName }) => sum + (weights.get(fileName) ?? 0), 0)
      const told = `${page}: ${Math.ceil(bytes / 1024)} KB of compressed script, at most ${limitBytes / 1024}`
      if (bytes > limitBytes) throw new Error(told)
      this.info(told)
    }
  },
})
