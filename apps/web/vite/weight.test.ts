import { expect, test } from 'vitest'
import { chunksOf } from './weight.ts'

const chunk = (fileName: string, imports: string[] = [], facadeModuleId: string | null = null) => ({
  fileName,
  imports,
  facadeModuleId,
  code: '',
})

const build = [
  chunk('index.js', ['react.js'], '/web/index.html'),
  chunk('sign-in.js', ['react.js', 'form.js'], '/web/src/features/auth/sign-in.page.tsx'),
  chunk('react.js'),
  chunk('form.js', ['react.js']),
  chunk('board.js', [], '/web/src/features/orders/board.page.tsx'),
]

test('a page weighs its own chunks and what they import, each once, and nothing of other pages', () => {
  const names = chunksOf(build, ['/index.html', '/auth/sign-in.page.tsx']).map(({ fileName }) => fileName)
  expect(names.toSorted()).toEqual(['form.js', 'index.js', 'react.js', 'sign-in.js'])
})

test('a page that the build no longer has is told, not weighed as nothing', () => {
  expect(() => chunksOf(build, ['/gone.page.tsx'])).toThrow('/gone.page.tsx')
})
