import { expect, it } from 'vitest'
import { actionsOf, comesBackBy } from './actions.ts'

it('offers a store nothing that would be refused', () => {
  const shop = 'dar-argan.myshopify.com'
  expect(actionsOf({ platform: 'shopify', status: 'connected', shop })).toEqual([
    'sync',
    'test',
    'settings',
    'disconnect',
  ])
  expect(actionsOf({ platform: 'shopify', status: 'webhook_only', shop: null })).toEqual([
    'rotate',
    'settings',
    'disconnect',
  ])
  expect(actionsOf({ platform: 'generic', status: 'connected', shop: null })).toEqual([
    'rotate',
    'settings',
    'disconnect',
  ])
  expect(actionsOf({ platform: 'manual', status: 'connected', shop: null })).toEqual(['settings', 'disconnect'])
  expect(actionsOf({ platform: 'shopify', status: 'reconnect', shop })[0]).toBe('reconnect')
  expect(actionsOf({ platform: 'woocommerce', status: 'connected', shop: 'maboutique.ma' })).toContain('rotate')
  for (const status of ['disconnected', 'uninstalled'] as const)
    expect(actionsOf({ platform: 'shopify', status, shop })).toEqual(['reconnect'])
})

it('asks for nothing where a click brings a store back', () => {
  const shop = 'atlas'
  expect(comesBackBy({ platform: 'generic', status: 'disconnected', shop: null })).toEqual([])
  expect(comesBackBy({ platform: 'youcan', status: 'reconnect', shop })).toEqual([])
  expect(comesBackBy({ platform: 'youcan', status: 'connecting', shop: null })).toEqual([])
  expect(comesBackBy({ platform: 'youcan', status: 'disconnected', shop: null })).toEqual(['webhook', 'consent'])
  expect(comesBackBy({ platform: 'shopify', status: 'disconnected', shop: null })).toEqual(['webhook'])
  expect(comesBackBy({ platform: 'woocommerce', status: 'connecting', shop })).toEqual(['consent', 'keys'])
})
