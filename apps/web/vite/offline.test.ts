import { expect, it } from 'vitest'
import { type BuildManifest, filesOf } from './offline.ts'

const manifest: BuildManifest = {
  'index.html': {
    file: 'assets/index-1.js',
    css: ['assets/index-1.css'],
    assets: ['assets/latin.woff2'],
    imports: ['_react.js'],
  },
  '_react.js': { file: 'assets/react-1.js' },
  'src/round.tsx': { file: 'assets/round-1.js', css: ['assets/round-1.css'], imports: ['_react.js', 'index.html'] },
  'src/board.tsx': { file: 'assets/board-1.js' },
}

it('names what a page needs with all that comes along, each once, and nothing of other pages', () => {
  expect(filesOf(manifest, ['index.html', 'src/round.tsx'])).toEqual([
    'assets/index-1.css',
    'assets/index-1.js',
    'assets/latin.woff2',
    'assets/react-1.js',
    'assets/round-1.css',
    'assets/round-1.js',
  ])
})

it('stops a build in which a page of the list is gone', () => {
  expect(() => filesOf(manifest, ['src/gone.tsx'])).toThrow('The build has no src/gone.tsx.')
})
