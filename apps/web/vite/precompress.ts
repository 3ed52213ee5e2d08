import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const brotli = promisify(brotliCompress)
const gzipped = promisify(gzip)
const compressible = /\.(js|css|html|svg|json|webmanifest)$/

const compress = async (path: string): Promise<void> => {
  const content = await readFile(path)
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length }
  await writeFile(`${path}.br`, await brotli(content, { params }))
  await writeFile(`${path}.gz`, await gzipped(content, { level: 9 }))
}

/** Writes a `.br` and a `.gz` beside each text file of the build, so that the server never compresses at a request. */
export const precompress = (): Plugin => ({
  name: 'precompress',
  apply: 'build',
  writeBundle: async ({ dir }) => {
    if (!dir) return
    const names = await readdir(dir, { recursive: true })
    const texts = names.filter((name) => compressible.test(name) && !name.startsWith('.vite'))
    await Promise.all(texts.map((name) => compress(join(dir, name))))
  },
})
