import { expect, it } from 'vitest'
import { bodyOf, meansOf, type Values, type Way } from './ways.ts'

const typed: Values = {
  name: ' Atlas ',
  means: 'consent',
  shop: ' maboutique.ma ',
  webhookSecret: ' whsec ',
  consumerKey: ' ck_1 ',
  consumerSecret: ' cs_1 ',
  unsigned: true,
}

it('sends of a form what its means needs, and nothing that was typed for another one', () => {
  const body = (way: Way, means: Values['means']) => bodyOf(way, { ...typed, means })
  expect(body('shopify', 'consent')).toEqual({ platform: 'shopify', name: 'Atlas', shop: 'maboutique.ma' })
  expect(body('youcan', 'consent')).toEqual({ platform: 'youcan', name: 'Atlas' })
  expect(body('woocommerce', 'keys')).toEqual({
    platform: 'woocommerce',
    name: 'Atlas',
    shop: 'maboutique.ma',
    credentials: { consumerKey: 'ck_1', consumerSecret: 'cs_1' },
  })
  expect(body('lightfunnels', 'webhook')).toEqual({
    platform: 'lightfunnels',
    name: 'Atlas',
    credentials: { webhookSecret: 'whsec' },
  })
  expect(body('sheet', 'hook')).toEqual({ platform: 'generic', name: 'Atlas' })
  expect(body('generic', 'hook')).toEqual({ platform: 'generic', name: 'Atlas', unsigned: true })
})

it('offers keys only where there are keys', () => {
  expect(
    Object.entries(meansOf)
      .filter(([, means]) => means.includes('keys'))
      .map(([way]) => way),
  ).toEqual(['woocommerce'])
})
