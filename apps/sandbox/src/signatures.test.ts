import { describe, expect, it } from 'vitest'
import { base64Signature, callbackSignature, hexSignature, timedSignature } from './signatures.ts'

/** The vectors of integrations.md 8, which the adapters are tested with too. */
const secret = 'demo-secret'

describe('signatures', () => {
  it('signs a Shopify webhook as the vector says', () => {
    expect(base64Signature(secret, '{"id":7001,"name":"#1001","total_price":"249.00"}')).toBe(
      'mcFf20X/kIn4B259RAGKCuO+jr7rVvNjZpgCQ+mZbFY=',
    )
  })

  it('signs a Shopify call-back over its sorted parameters, without the signature itself', () => {
    const parameters = {
      state: 'st1',
      timestamp: '1795000000',
      hmac: 'not part of it',
      shop: 'demo-shop.myshopify.com',
      host: 'YWRtaW4',
      code: 'c0de',
    }
    expect(callbackSignature(secret, parameters)).toBe(
      'ee8013727d7d2b672e95743452f22d2784142166970426a3580b223f1e8c2a65',
    )
  })

  it.each([
    [
      'WooCommerce',
      '{"id":812,"status":"processing","total":"249.00"}',
      '4jFRZ8UsjCwnKsVwzG+p1apeSd/ATZFnOA8WMIXjETE=',
    ],
    [
      'LightFunnels',
      '{"id":"ord_17","name":"#1017","phone":"0612345678"}',
      '56j9AEfQ5pbgOWNv18V9L715iJLEhfQCztN8OTWwHKs=',
    ],
  ])('signs a %s webhook as the vector says', (_platform, body, expected) => {
    expect(base64Signature(secret, body)).toBe(expected)
  })

  it('signs a YouCan webhook as the vector says', () => {
    const body =
      '{"event_name":"order.created","event_happened_at":"2026-11-20T10:00:00Z","data":{"ref":"YC-17","customer":{"city":"Fès"}}}'
    expect(hexSignature(secret, body)).toBe('697bf9923fe510109cab33109eabe323b8ff180ff1172dfc1b086d7e6a699593')
  })

  it('signs a Sendit webhook as the vector says', () => {
    const body =
      '{"event":"delivery.status.update","code":"DH000TEST01","oldStatus":"DELIVERING","newStatus":"DELIVERED","lastActionAt":"2026-11-20 14:05:00"}'
    expect(hexSignature(secret, body)).toBe('4238df3043dbae529233c0e49eca2243add6d7413715c14708f19b14ce6b47c8')
  })

  it('signs the generic hook over the time and the body, Arabic included', () => {
    const body = '{"external_id":"L-1","customer":{"name":"سلمى"}}'
    expect(timedSignature(secret, body, 1_795_000_000)).toBe(
      `t=1795000000,v1=${hexSignature(secret, `1795000000.${body}`)}`,
    )
  })
})
