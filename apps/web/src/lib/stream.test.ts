import { expect, test } from 'vitest'
import { type Change, changesIn, createSseReader, pauseBefore, readStream, type StreamWorld } from './stream.ts'

test('a message cut in the middle is read when its end arrives', () => {
  const read = createSseReader()
  expect(read('event: change\nda')).toEqual([])
  expect(read('ta: [["order","1"]]\n\n: alive\n\n')).toEqual([{ event: 'change', data: '[["order","1"]]' }])
})

test('a change without an id, and a resync, are told as such', () => {
  expect(changesIn({ event: 'change', data: '[["order",null],["parcel","7"]]' })).toEqual([
    { noun: 'order', id: null },
    { noun: 'parcel', id: '7' },
  ])
  expect(changesIn({ event: 'resync', data: '{}' })).toEqual([{ noun: '*', id: null }])
})

test('an event of a later version is ignored', () => {
  expect(changesIn({ event: 'farewell', data: '[]' })).toEqual([])
})

test('pauses grow to half a minute and no further', () => {
  expect([1, 2, 3, 10].map((attempt) => pauseBefore(attempt, 1))).toEqual([1000, 2000, 4000, 30_000])
})

const streamOf = (...texts: string[]): Response =>
  new Response(
    new ReadableStream({
      start: (controller) => {
        for (const text of texts) controller.enqueue(new TextEncoder().encode(text))
        controller.close()
      },
    }),
  )

/** Plays the given openings one after the other, then stops. */
const play = async (openings: (() => Response)[], missed: StreamWorld['missed']): Promise<(readonly Change[])[]> => {
  const heard: (readonly Change[])[] = []
  const stop = new AbortController()
  await readStream(
    {
      open: async () => {
        const next = openings.shift()
        if (!next) throw new Error('no more openings')
        return next()
      },
      missed,
      onChanges: (changes) => heard.push(changes),
      onState: () => undefined,
      wait: async () => {
        if (openings.length === 0) stop.abort()
      },
      chance: () => 0,
    },
    stop.signal,
  )
  return heard
}

test('what happened before the first opening, and during a cut, is caught up before what follows', async () => {
  const change = 'event: change\ndata: [["order","1"]]\n\n'
  const missed: Change[][] = [[{ noun: 'order', id: '7' }], [{ noun: 'order', id: '2' }]]
  const heard = await play([() => streamOf(change), () => streamOf(change)], async () => missed.shift() ?? [])
  expect(heard.flat().map(({ id }) => id)).toEqual(['7', '1', '2', '1'])
})

test('when what was missed cannot be known, everything may have changed', async () => {
  const heard = await play([() => streamOf(), () => streamOf()], async () => {
    throw new Error('feed away')
  })
  expect(heard).toEqual([[{ noun: '*', id: null }], [{ noun: '*', id: null }]])
})

test('a refused stream is tried again', async () => {
  const heard = await play(
    [() => new Response(null, { status: 503 }), () => streamOf('event: resync\ndata: {}\n\n')],
    async () => [],
  )
  expect(heard).toEqual([[{ noun: '*', id: null }]])
})
