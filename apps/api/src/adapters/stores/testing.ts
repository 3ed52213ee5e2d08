import { readFileSync } from 'node:fs'
import { defaultStoreSettings } from '@sendocki/domain/stores/store'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RawDelivery, ShopOrder, StoreMap, StoreNews } from './port.ts'

/* What the suites of all maps share: their platforms differ, the promises do not. */

export interface MapUnderTest {
  readonly map: StoreMap
  /** The folder of the map, for its samples. */
  readonly folder: string
  readonly topic: string
  /** The header that carries the signature. */
  readonly signature: string
}

export const samplesOf = (folder: string) => (name: string) => readFileSync(new URL(`./samples/${name}.json`, folder))

const bytesOf = (body: Buffer | string | object): Buffer =>
  Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))

/** Reads one stored delivery, by default as one that just arrived. */
export const readerOf = ({ map, topic: usual }: MapUnderTest) => {
  const parse = (body: Buffer | string | object, { topic = usual, sentAt = null as string | null } = {}) =>
    map.parse(
      { topic, key: 'k', sentAt, receivedAt: '2026-11-20T10:00:00.000Z', body: bytesOf(body) },
      defaultStoreSettings,
    )
  const news = (body: Buffer | string | object, about: { topic?: string; sentAt?: string | null } = {}): StoreNews => {
    const parsed = parse(body, about)
    if (!parsed.ok) throw new Error(parsed.why)
    return parsed.news[0] as StoreNews
  }
  const order = (body: Buffer | string | object, about: { topic?: string; sentAt?: string | null } = {}): ShopOrder => {
    const told = news(body, about)
    if (told.kind !== 'order') throw new Error(told.kind)
    return told.order
  }
  return { parse, news, order }
}

/** The vector of the contract, and everything near it that must not pass. Source: integrations.md 8. */
export const signatureSuite = (
  { map, signature }: MapUnderTest,
  { body: text, expected, other }: { readonly body: string; readonly expected: string; readonly other: string },
): void => {
  const body = Buffer.from(text)
  const keys = { secrets: ['demo-secret'], unsigned: false }
  const now = new Date('2026-11-20T10:00:00Z')
  const delivery = (given: string | undefined, bytes = body): RawDelivery => ({
    headers: { [signature]: given },
    query: {},
    body: bytes,
  })

  describe('signatures', () => {
    it('match the vector of the contract', () => {
      expect(map.verify(delivery(expected), keys, now)).toEqual({ ok: true, trust: 'signed' })
    })
    it('match with either secret during a rotation', () => {
      expect(map.verify(delivery(expected), { ...keys, secrets: ['new-secret', 'demo-secret'] }, now).ok).toBe(true)
    })
    it.each([
      ['absent', undefined],
      ['empty', ''],
      ['of another secret', other],
      ['cut short', expected.slice(0, -2)],
      ['with a tail', `${expected}=`],
    ])('%s are refused', (_name, given) => {
      expect(map.verify(delivery(given), keys, now)).toEqual({ ok: false })
    })
    it('are over the bytes, so that a changed body is refused', () => {
      expect(map.verify(delivery(expected, Buffer.from(text.replace(/[a-z]/, 'X'))), keys, now).ok).toBe(false)
      expect(map.verify(delivery(expected, Buffer.from(text, 'utf16le')), keys, now).ok).toBe(false)
    })
    it('are refused when there is no secret to check with', () => {
      expect(map.verify(delivery(expected), { secrets: [], unsigned: false }, now).ok).toBe(false)
    })
  })
}

/** Whatever arrives is an order, or has its reason; nothing throws and nothing half-read passes. */
export const badInputSuite = (under: MapUnderTest, sample: Buffer): void => {
  const { parse, news } = readerOf(under)

  describe('a payload', () => {
    it('cut anywhere is unreadable, never half an order', () => {
      const text = sample.toString().trimEnd()
      fc.assert(
        fc.property(fc.integer({ min: 0, max: Buffer.byteLength(text) - 1 }), (length) => {
          expect(parse(Buffer.from(text).subarray(0, length))).toMatchObject({ ok: false })
        }),
      )
    })
    it('in another encoding is unreadable', () => {
      const text = sample.toString()
      expect(parse(Buffer.from(text, 'utf16le'))).toMatchObject({ ok: false })
      expect(parse(Buffer.from(text.replace('"id"', '"é":"é","id"'), 'latin1'))).toMatchObject({ ok: false })
    })
    it('told twice says the same twice', () => {
      expect(news(sample)).toEqual(news(sample))
    })
    it('with any field of another type is read or refused with a reason', () => {
      const body = JSON.parse(sample.toString()) as Record<string, unknown>
      const paths = pathsIn(body)
      const other = fc.constantFrom<unknown>(null, '', 'NaN', '12,5,0', 1e300, -5, true, [], {}, [[]], '\u0000', {
        a: 1,
      })
      fc.assert(
        fc.property(fc.constantFrom(...paths), other, (path, value) => {
          const parsed = parse(replaced(body, path, value) as object)
          if (parsed.ok) expect(parsed.news[0]?.kind).toMatch(/^(order|order_deleted|ignored|unknown|uninstalled)$/)
          else expect(parsed.why).not.toBe('')
        }),
        { numRuns: 500 },
      )
    })
    it.each(['', '[]', 'null', '"text"', '{}', '{"id":', '<html>'])('that is %j is unreadable', (text) => {
      expect(parse(text)).toMatchObject({ ok: false })
    })
  })
}

type Path = readonly (string | number)[]

const pathsIn = (value: unknown, path: Path = []): Path[] => {
  if (typeof value !== 'object' || value === null) return [path]
  const inner = Object.entries(value).flatMap(([key, one]) =>
    pathsIn(one, [...path, Array.isArray(value) ? Number(key) : key]),
  )
  return path.length > 0 ? [path, ...inner] : inner
}

const replaced = (value: unknown, [key, ...rest]: Path, by: unknown): unknown => {
  if (key === undefined) return by
  if (Array.isArray(value)) return value.map((one, index) => (index === key ? replaced(one, rest, by) : one))
  const fields = value as Record<string, unknown>
  return { ...fields, [key]: replaced(fields[key], rest, by) }
}
